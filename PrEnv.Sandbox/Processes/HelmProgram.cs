using System.Diagnostics;

namespace PrEnv.Sandbox.Processes;

/// <summary>This machine's Helm: the one on PATH, else the one that <c>hack/helm-assets.sh</c> has fetched.</summary>
internal sealed class HelmProgram
{
    private HelmProgram(string path, string version)
    {
        Path = path;
        Version = version;
    }

    public string Path { get; }

    /// <summary>Such as <c>v4.1.4</c>.</summary>
    public string Version { get; }

    /// <summary>PATH, and where <c>hack/helm-assets.sh</c> puts it.</summary>
    public static IEnumerable<string> Folders()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Append(System.IO.Path.Combine(cache, "prenv", "helm"));
    }

    /// <summary>Null where none of the folders has it.</summary>
    public static async Task<HelmProgram?> FindAsync(IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var path = folders.Select(folder => System.IO.Path.Combine(folder, "helm")).FirstOrDefault(File.Exists);
        if (path is null)
            return null;
        var version = await new HelmProgram(path, "").RunAsync(["version", "--template", "{{.Version}}"], "", cancellationToken);
        return version.ExitCode == 0
            ? new HelmProgram(path, version.Output.Trim())
            : throw new InvalidOperationException($"{path} version failed: {version.Error.Trim()}");
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">They begin with the verb.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task<HelmResult> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nobody's settings but those that were given.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("HELM_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Path} did not start.");
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; why is in its exit code and its error.
        }

        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return new HelmResult(process.ExitCode, await output, await error);
    }
}
