namespace PrEnv.Core.Informers;

/// <summary>Lets failures be retried for a bounded time, counted from the first in a row. Not thread-safe.</summary>
internal sealed class RetryBudget(TimeSpan budget, TimeProvider time)
{
    private long? _firstFailure;

    public void Succeeded() => _firstFailure = null;

    /// <summary>Counts a failure. May it be retried?</summary>
    public bool Failed()
    {
        if (budget <= TimeSpan.Zero)
            return false;
        _firstFailure ??= time.GetTimestamp();
        return time.GetElapsedTime(_firstFailure.Value) < budget;
    }
}
