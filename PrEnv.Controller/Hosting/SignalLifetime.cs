using System.Runtime.InteropServices;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Hosting;

/// <summary>
/// The first SIGINT or SIGTERM stops the host gracefully, the second ends the process immediately. The framework's own lifetime ignores the
/// second.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application, ILogger<SignalLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    // Runs on its own thread. A signal that is not cancelled has its default effect: it ends the process.
    private void Handle(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
            return;
        context.Cancel = true;
        Log.Stopping(logger, context.Signal.ToString());
        application.StopApplication();
    }
}
