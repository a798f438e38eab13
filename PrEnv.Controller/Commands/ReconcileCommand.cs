using System.CommandLine;
using System.Globalization;
using PrEnv.Controller.Startup;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv reconcile</c>: asks for a reconcile now, as Flux's own command does.</summary>
internal static class ReconcileCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create(ClientOptions options, Surroundings surroundings)
    {
        var name = ClientOptions.Name();
        var wait = new Option<bool>("--wait") { Description = "Wait until the controller has handled it." };
        var timeout = new Option<string>("--timeout")
        {
            Description = "How long to wait at most.",
            HelpName = "duration",
            DefaultValueFactory = _ => "5m",
        };
        var command = options.AddTo(new Command("reconcile", "Asks the controller to check a resource and its pull requests now."));
        command.Add(name);
        command.Add(wait);
        command.Add(timeout);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!GoDuration.TryParse(parsed.GetValue(timeout), out var limit))
                throw new StartupException("--timeout: write a duration, such as 90s or 5m.");
            return ClientSession.RunAsync(parsed, options, surroundings, mayWrite: true, session =>
                RunAsync(session, parsed.GetValue(name)!, parsed.GetValue(wait) ? limit : null, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(ClientSession session, string name, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var resource = await session.FindAsync(name, cancellationToken);
        var key = resource.Metadata.Key;
        if (resource.Spec.Suspend == true)
            throw new StartupException($"{key} is suspended. Resume it first: prenv resume {name} -n {key.Namespace}.");
        var token = session.Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        await session.Resources.RequestAsync(key, token, cancellationToken);
        if (limit is not { } most)
        {
            await session.Screen.Output.WriteLineAsync($"Requested a reconcile of {key}.");
            return 0;
        }

        return await WaitAsync(session, key, token, most, cancellationToken);
    }

    private static async Task<int> WaitAsync(
        ClientSession session, ResourceKey key, string token, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (screen, time) = (session.Screen, session.Get<TimeProvider>());
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < limit)
        {
            var resource = await session.Resources.FindAsync(key, cancellationToken)
                ?? throw new StartupException($"{key} was deleted meanwhile.");
            if (IsHandled(resource, token))
            {
                await ProgressAsync(screen, "");
                return await TellAsync(screen, key, resource.Status?.Condition("Ready"));
            }

            await ProgressAsync(screen, $"Waiting for the controller to handle {key}: {Age.Of(time.GetElapsedTime(start))}");
            await Task.Delay(Pause, time, cancellationToken);
        }

        await ProgressAsync(screen, "");
        throw new StartupException(
            $"The controller has not handled {key} within {GoDuration.Format(limit)}. Is it running? Its log and 'kubectl describe' tell "
            + "more.");
    }

    // A later request takes the place of an earlier one in the annotation, and handling it handles both.
    private static bool IsHandled(PREphemeralEnvController resource, string token)
    {
        var handled = resource.Status?.LastHandledReconcileAt;
        if (handled is null || handled == token)
            return handled is not null;
        var requested = resource.Metadata.Annotation(PREphemeralEnvController.ReconcileRequestAnnotation);
        return (requested != token && handled == requested) || (TimeOf(handled) is { } time && time >= TimeOf(token));
    }

    private static DateTimeOffset? TimeOf(string token) =>
        DateTimeOffset.TryParse(token, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static async Task<int> TellAsync(Screen screen, ResourceKey key, Condition? ready)
    {
        var isReady = ready is { IsTrue: true };
        var state = ready is null ? "Ready=Unknown" : $"Ready={ready.Status} {ready.Reason}: {ready.Message}";
        await screen.Output.WriteLineAsync($"Reconciled {key}. {TerminalText.Clean(state)}");
        return isReady ? 0 : 1;
    }

    // Only where somebody looks: one line, overwritten.
    private static async Task ProgressAsync(Screen screen, string text)
    {
        if (screen.IsErrorTerminal)
            await screen.Error.WriteAsync($"\r{text}\u001b[K");
    }
}
