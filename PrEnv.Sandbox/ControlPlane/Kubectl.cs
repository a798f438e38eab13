using System.Diagnostics;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>The <c>kubectl</c> of this machine.</summary>
internal static class Kubectl
{
    /// <summary>Runs it and gives what it printed.</summary>
    public static async Task<string> RunAsync(string kubeconfig, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Find(), ["--kubeconfig", kubeconfig, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("kubectl did not start.");
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : output + await error;
    }

    // The one of the API server's own version, if there is one.
    private static string Find()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        string?[] folders = [Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS"), Path.Combine(cache, "prenv", "kube")];
        return folders.OfType<string>().Select(f => Path.Combine(f, "kubectl")).FirstOrDefault(File.Exists) ?? "kubectl";
    }
}
