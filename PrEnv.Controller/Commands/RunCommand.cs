using System.CommandLine;
using PrEnv.Controller.Composition;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv run</c>: the controller.</summary>
internal static class RunCommand
{
    public static Command Create(OptionFlags flags, Surroundings surroundings)
    {
        var command = new Command("run", "Runs the controller. This is the default.");
        Configure(command, flags, surroundings);
        return command;
    }

    /// <summary>Gives a command the options and the action of <c>run</c>.</summary>
    public static void Configure(Command command, OptionFlags flags, Surroundings surroundings)
    {
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(flags.Read(parsed), surroundings, cancellationToken));
    }

    private static async Task<int> RunAsync(
        IReadOnlyDictionary<string, string> flags, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var host = HostFactory.Create(flags, surroundings);
        await using var disposal = (IAsyncDisposable)host;
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A signal arrived during startup: stop what has been started.
            await host.StopAsync(CancellationToken.None);
            return 0;
        }

        await host.WaitForShutdownAsync(cancellationToken);
        return HasFailed(host) ? 1 : 0;
    }

    // When a background service throws, the host stops and only logs it.
    private static bool HasFailed(IHost host) =>
        host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });
}
