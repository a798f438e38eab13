namespace PrEnv.Sandbox.Flux;

/// <summary>Runs one piece of work, never twice at once; a wake-up meanwhile makes it run once more. Thread-safe.</summary>
internal sealed class KeyedWorker(Func<Task> work)
{
    private readonly Lock _lock = new();
    private bool _running;
    private bool _again;
    private bool _stopped;
    private ITimer? _alarm;
    private Task _run = Task.CompletedTask;

    public void Wake()
    {
        lock (_lock)
        {
            _again = !_stopped;
            if (_running || _stopped)
                return;
            _running = true;
            _run = Task.Run(RunAsync);
        }
    }

    /// <summary>Replaces an earlier alarm; null only takes it away.</summary>
    public void WakeAfter(TimeSpan? delay, TimeProvider time)
    {
        lock (_lock)
        {
            _alarm?.Dispose();
            _alarm = delay is { } given ? time.CreateTimer(_ => Wake(), state: null, given, Timeout.InfiniteTimeSpan) : null;
        }
    }

    /// <summary>Completes with the present run; no other begins.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _stopped = true;
            _again = false;
            _alarm?.Dispose();
            return _run;
        }
    }

    private async Task RunAsync()
    {
        while (TakeTurn())
            await work();
    }

    private bool TakeTurn()
    {
        lock (_lock)
        {
            _running = _again;
            _again = false;
            return _running;
        }
    }
}
