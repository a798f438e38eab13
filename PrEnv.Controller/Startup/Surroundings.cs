using System.Collections;
using System.Collections.Frozen;
using k8s;

namespace PrEnv.Controller.Startup;

/// <summary>The environment of the process. A record, so that a test can provide its own. Immutable.</summary>
internal sealed record Surroundings
{
    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary><c>appsettings.json</c>; it need not exist.</summary>
    public required string SettingsFile { get; init; }

    /// <summary>Empty when there is none.</summary>
    public required string HomeDirectory { get; init; }

    /// <summary>Does it run in a pod that has a service account?</summary>
    public required bool IsInCluster { get; init; }

    /// <summary>Is the log written to a terminal?</summary>
    public required bool LogsToTerminal { get; init; }

    /// <summary>The terminal that standard output goes to, as it is now; null when it goes elsewhere.</summary>
    public Func<TerminalSize?> Terminal { get; init; } = static () => null;

    /// <summary>
    /// Was it called as a plugin of kubectl? Then a command must be named: nobody wants a controller to start on their desk.
    /// </summary>
    public bool IsKubectlPlugin { get; init; }

    /// <summary>Those of this process. The settings are next to the binary, not in the directory from which it was started.</summary>
    public static Surroundings OfProcess() => new()
    {
        Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToFrozenDictionary(
            entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal),
        SettingsFile = Path.Combine(AppContext.BaseDirectory, "appsettings.json"),
        HomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        IsInCluster = KubernetesClientConfiguration.IsInCluster(),
        LogsToTerminal = !Console.IsErrorRedirected,
        Terminal = TerminalSize.OfConsole,
        IsKubectlPlugin = Path.GetFileNameWithoutExtension(CalledAs()) == "kubectl-prenv",
    };

    // The name of a link, which the path of the process no longer has.
    private static string? CalledAs()
    {
        const string CommandLine = "/proc/self/cmdline";
        try
        {
            return File.Exists(CommandLine) ? File.ReadAllText(CommandLine).Split('\0')[0] : Environment.ProcessPath;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return Environment.ProcessPath;
        }
    }
}
