using System.Diagnostics;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>
/// The script that a control plane's life hangs on. It runs in a session of its own, out of reach of Ctrl-C, and stops the control plane
/// when its standard input ends: when this process closes it, or when this process is no more, for whatever reason.
/// </summary>
internal sealed class ControlPlaneGuard : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ControlPlaneGuard(Process process, Action<string>? progress)
    {
        _process = process;
        _errors = HackScript.ReadLinesAsync(process.StandardError, progress);
    }

    /// <summary>Starts the guard; the control plane is not ready before <see cref="WaitUntilReadyAsync"/> returns.</summary>
    public static ControlPlaneGuard Start(LocalControlPlaneOptions options)
    {
        var script = HackScript.StartInfo("kube-run.sh", options.Switches);
        var start = new ProcessStartInfo("setsid", ["--wait", script.FileName, .. script.ArgumentList])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!options.WithControllers)
            start.Environment["KCM_CONTROLLERS"] = "none";

        start.Environment["APISERVER_ARGS"] = string.Join(' ', options.ApiServerArguments);
        return new ControlPlaneGuard(Process.Start(start)!, options.Progress);
    }

    /// <summary>Waits for the control plane and returns the path of its kubeconfig.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message holds the last lines of the daemons' logs.</exception>
    public async Task<string> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var kubeconfig = "";
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            switch (line.Split(' ', 2))
            {
                case ["kubeconfig", var path]:
                    kubeconfig = path;
                    break;
                case ["ready", _]:
                    return kubeconfig;
            }
        }

        throw new InvalidOperationException($"The local control plane did not start:\n{await _errors}");
    }

    /// <summary>Ends the guard as nothing gentle would, for tests: the control plane stays behind, until the next guard starts.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Stops the control plane and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(StopTimeout, TimeProvider.System);
        await _errors;
        _process.Dispose();
    }
}
