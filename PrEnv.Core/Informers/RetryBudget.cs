namespace PrEnv.Core.Informers;

/// <summary>Allows retries for a bounded time, counted from the first failure in a row. Not thread-safe.</summary>
internal sealed class RetryBudget(TimeSpan budget, TimeProvider time)
{
    private long? _firstFailure;

    public void Succeeded() => _firstFailure = null;

    /// <summary>Counts a failure, and returns whether to retry.</summary>
    public bool Failed()
    {
        if (budget <= TimeSpan.Zero)
            return false;
        _firstFailure ??= time.GetTimestamp();
        return time.GetElapsedTime(_firstFailure.Value) < budget;
    }
}
