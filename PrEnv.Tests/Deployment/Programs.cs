using System.Diagnostics;

namespace PrEnv.Tests.Deployment;

/// <summary>Helm, kubectl and Prometheus: those on PATH, else those that the scripts in <c>hack</c> have fetched.</summary>
internal static class Programs
{
    /// <summary>What a program did.</summary>
    internal sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>The program's path; null when this machine does not have it.</summary>
    public static string? Find(string name)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(cache, "prenv", "helm"))
            .Append(Path.Combine(cache, "prenv", "prometheus"))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The program's path. Where this machine does not have it, the test is ignored.</summary>
    public static string Need(string name)
    {
        var program = Find(name);
        if (program is null)
        {
            var script = name.StartsWith("prom", StringComparison.Ordinal) ? "prometheus-assets.sh" : "helm-assets.sh";
            Assert.Ignore($"Left out: there is no {name} on this machine; hack/{script} says why.");
        }

        return program!;
    }

    /// <summary>Runs a program to its end. Where this machine does not have it, the test is ignored.</summary>
    public static async Task<Result> RunAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(new ProcessStartInfo(Need(name), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new Result(process.ExitCode, output, await error);
    }

    /// <summary>The same for a program that has to succeed.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> GetAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var result = await RunAsync(name, arguments, cancellationToken);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} failed:\n{result.Output}{result.Error}");
    }
}
