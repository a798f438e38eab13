using System.CommandLine;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv suspend</c> and <c>prenv resume</c>.</summary>
internal static class SuspendCommand
{
    public static Command CreateSuspend(ClientOptions options, Surroundings surroundings) => Create(
        new Command("suspend", "Stops handling a resource: nothing is read, written or deleted until it is resumed."),
        suspend: true, options, surroundings);

    public static Command CreateResume(ClientOptions options, Surroundings surroundings) =>
        Create(new Command("resume", "Handles a suspended resource again."), suspend: false, options, surroundings);

    private static Command Create(Command command, bool suspend, ClientOptions options, Surroundings surroundings)
    {
        var name = ClientOptions.Name();
        options.AddTo(command).Add(name);
        command.SetAction((parsed, cancellationToken) => ClientSession.RunAsync(parsed, options, surroundings, mayWrite: true, session =>
            SetAsync(session, parsed.GetValue(name)!, suspend, cancellationToken)));
        return command;
    }

    private static async Task<int> SetAsync(ClientSession session, string name, bool suspend, CancellationToken cancellationToken)
    {
        var resource = await session.FindAsync(name, cancellationToken);
        var (key, was) = (resource.Metadata.Key, resource.Spec.Suspend == true);
        if (was != suspend)
            await session.Resources.SuspendAsync(key, suspend, cancellationToken);
        await session.Screen.Output.WriteLineAsync((suspend, was) switch
        {
            (true, false) =>
                $"Suspended {key}. Its environments stay as they are. Resume it with: prenv resume {key.Name} -n {key.Namespace}",
            (true, true) => $"{key} was suspended already.",
            (false, true) => $"Resumed {key}.",
            (false, false) => $"{key} was not suspended.",
        });
        return 0;
    }
}
