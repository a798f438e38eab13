using PrEnv.Controller.Commands;
using PrEnv.Controller.Startup;

namespace PrEnv.Tests.Commands;

/// <summary><c>prenv</c> in this process, with surroundings of its own.</summary>
internal static class Cli
{
    public static Task<CliResult> RunAsync(params string[] args) => RunAsync(null, args);

    /// <param name="change">The surroundings; null: no variables and no terminal.</param>
    /// <param name="args">The command line.</param>
    public static async Task<CliResult> RunAsync(Func<Surroundings, Surroundings>? change, params string[] args)
    {
        var surroundings = new Surroundings
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal),
            SettingsFile = Path.GetFullPath("none.json"),
            HomeDirectory = "/does/not/exist",
            IsInCluster = false,
            LogsToTerminal = false,
        };
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, change?.Invoke(surroundings) ?? surroundings, output, error);
        return new CliResult(code, output.ToString(), error.ToString());
    }
}

internal sealed record CliResult(int Code, string Output, string Error);
