namespace PrEnv.Sandbox.Loopback;

/// <summary>Lets a test wait for a state instead of for time. Thread-safe.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Something changed: those who wait look again.</summary>
    public void Pulse() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    /// <summary>Completes once the condition holds. It is looked at now and after every change, so it must be cheap.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look: a change in between completes it.
            var next = Volatile.Read(ref _next).Task;
            if (condition())
                return;
            await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
