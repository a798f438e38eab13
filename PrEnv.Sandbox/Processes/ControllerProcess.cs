using System.Diagnostics;
using System.Globalization;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Sandbox.Processes;

/// <summary>The real controller, as a process of its own.</summary>
internal sealed class ControllerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TextWriter _log;
    private readonly Task _copying;

    private ControllerProcess(Process process, string logPath)
    {
        _process = process;
        LogPath = logPath;
        _log = TextWriter.Synchronized(new StreamWriter(logPath) { AutoFlush = true });
        _copying = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
    }

    /// <summary>Where all that it prints goes.</summary>
    public string LogPath { get; }

    public int Id => _process.Id;

    /// <summary>Names the folder of a published controller, which is then started instead of the one that was built.</summary>
    public const string PublishedVariable = "PRENV_TEST_CONTROLLER";

    /// <summary>
    /// The controller's binary, of the same build as this program: <c>PrEnv.Controller/bin/Release/net10.0</c> for example; or the one that
    /// <see cref="PublishedVariable"/> names.
    /// </summary>
    public static string BinaryPath
    {
        get
        {
            if (Environment.GetEnvironmentVariable(PublishedVariable) is { Length: > 0 } published)
                return Path.Combine(published, "prenv.dll");
            var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return RepositoryRoot.Combine("PrEnv.Controller", "bin", framework.Parent!.Name, framework.Name, "prenv.dll");
        }
    }

    /// <summary>Starts it; the arguments begin with the verb.</summary>
    /// <exception cref="InvalidOperationException">It was not built.</exception>
    public static ControllerProcess Start(string logPath, params IEnumerable<string> arguments) =>
        Start(logPath, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts it with these environment variables too.</summary>
    /// <param name="logPath">Where all that it prints goes.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="arguments">They begin with the verb.</param>
    /// <param name="launcher">A program that becomes it, and its first arguments: <c>unshare</c> for example.</param>
    /// <exception cref="InvalidOperationException">It was not built.</exception>
    public static ControllerProcess Start(
        string logPath, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments, params IEnumerable<string> launcher)
    {
        if (!File.Exists(BinaryPath))
            throw new InvalidOperationException($"{BinaryPath} is missing; build the solution first.");
        string[] command = [.. launcher, "dotnet", BinaryPath, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Nobody's settings but those that were given.
        foreach (
            var name in start.Environment.Keys.Where(n => n.StartsWith("PRENV_", StringComparison.Ordinal) || n == "KUBECONFIG").ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ControllerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start."), logPath);
    }

    /// <summary>Waits for its end and gives the exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _copying;
        return _process.ExitCode;
    }

    /// <summary>Ends it without a word, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends it a signal: <c>STOP</c> and <c>CONT</c> for example.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Asks it to stop, as a kubelet does, and waits for its end, which is hurried after a minute.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            using var deadline = new CancellationTokenSource(StopTimeout);
            try
            {
                return await WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        return await WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _log.DisposeAsync();
        _process.Dispose();
    }

    private async Task CopyAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            await _log.WriteLineAsync(line);
    }
}
