using System.CommandLine;
using System.CommandLine.Help;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv</c> and its commands.</summary>
internal static class PrEnvCommand
{
    private const string Description =
        """
        Keeps one Flux HelmRelease per open GitHub pull request.

        Every option can also be set with an environment variable (PRENV_GITHUB_API_URL for --github-api-url), or with a key in the
        section PrEnv of the appsettings.json next to the binary (GitHubApiUrl). Flags override variables, and variables override
        the file.
        """;

    public static RootCommand Create(Surroundings surroundings)
    {
        var flags = new OptionFlags();
        var options = new ClientOptions(flags);
        var root = new RootCommand(Description)
        {
            RunCommand.Create(flags, surroundings),
            GetCommand.Create(options, surroundings),
            WhyCommand.Create(options, surroundings),
            PlanCommand.Create(options, surroundings),
            ReconcileCommand.Create(options, surroundings),
            SuspendCommand.CreateSuspend(options, surroundings),
            SuspendCommand.CreateResume(options, surroundings),
            CompletionCommand.Create(),
            VersionCommand.Create(),
        };

        // Without a command, "run" is the default, so its options are known here too. They are the same: a flag may precede the command.
        RunCommand.Configure(root, flags, surroundings);
        if (surroundings.IsKubectlPlugin)
        {
            root.SetAction(int (_) => throw new StartupException(
                "Name a command, such as 'kubectl prenv get'. See 'kubectl prenv --help'."));
        }

        // What Windows would write, and shells would offer at every turn.
        foreach (var alias in (string[])["-?", "/h", "/?"])
            root.Options.OfType<HelpOption>().Single().Aliases.Remove(alias);
        foreach (var version in root.Options.OfType<VersionOption>())
            version.Action = new VersionCommand.PrintVersion();
        return root;
    }
}
