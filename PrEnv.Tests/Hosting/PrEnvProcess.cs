using System.Diagnostics;
using System.Globalization;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting;

/// <summary>The binary, run as its users run it, with an environment of its own.</summary>
internal sealed class PrEnvProcess : IDisposable
{
    private readonly Process _process;

    private PrEnvProcess(Process process) => _process = process;

    /// <summary>Everything on standard error that was read so far.</summary>
    public List<string> Errors { get; } = [];

    public static PrEnvProcess Start(IEnumerable<string> args, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // A run in the background of a script ignores SIGINT, and so would all that it starts.
        if (OperatingSystem.IsLinux())
        {
            start.FileName = "env";
            start.ArgumentList.Add("--default-signal");
            start.ArgumentList.Add("dotnet");
        }
        else
        {
            start.FileName = "dotnet";
        }

        start.ArgumentList.Add(Path.Combine(TestContext.CurrentContext.TestDirectory, "prenv.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var inherited in start.Environment.Keys.Where(IsOurs).ToArray())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new PrEnvProcess(Process.Start(start)!);
    }

    /// <summary>Reads log lines up to one that contains the text, and returns it.</summary>
    public async Task<string> WaitForLogAsync(string text)
    {
        while (await _process.StandardError.ReadLineAsync().Soon() is { } line)
        {
            Errors.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"It ended without '{text}':\n{string.Join('\n', Errors)}");
    }

    /// <summary>The rest of the log, once it has ended.</summary>
    public async Task<int> WaitForExitAsync()
    {
        while (await _process.StandardError.ReadLineAsync().Soon() is { } line)
            Errors.Add(line);
        await _process.WaitForExitAsync().Soon();
        return _process.ExitCode;
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().Soon();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    // What would change how it starts. A proxy would stand between it and the servers of the test.
    private static bool IsOurs(string name) =>
        name.StartsWith("PRENV_", StringComparison.Ordinal)
        || name.StartsWith("KUBE", StringComparison.Ordinal)
        || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase);
}
