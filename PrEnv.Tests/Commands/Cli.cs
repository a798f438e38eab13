using PrEnv.Controller.Commands;
using PrEnv.Controller.Startup;

namespace PrEnv.Tests.Commands;

/// <summary><c>prenv</c> in this process, with surroundings of its own.</summary>
internal static class Cli
{
    /// <summary>No variables and no terminal.</summary>
    public static Surroundings Surroundings => new()
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal),
        SettingsFile = Path.GetFullPath("none.json"),
        HomeDirectory = "/does/not/exist",
        IsInCluster = false,
        LogsToTerminal = false,
    };

    public static Task<CliResult> RunAsync(params string[] args) => RunAsync(null, args);

    /// <param name="change">Changes <see cref="Surroundings"/>.</param>
    /// <param name="args">The command line.</param>
    public static async Task<CliResult> RunAsync(Func<Surroundings, Surroundings>? change, params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, change?.Invoke(Surroundings) ?? Surroundings, output, error);
        return new CliResult(code, output.ToString(), error.ToString());
    }
}

internal sealed record CliResult(int Code, string Output, string Error);
