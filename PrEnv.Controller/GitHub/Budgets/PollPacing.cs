using PrEnv.Core.Objects;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// Divides what is left of a rate limit equally among those that poll with one credential, so that the first does not use up what the
/// last needs. Safe for concurrent use.
/// </summary>
internal sealed class PollPacing
{
    /// <summary>Polling slows down once less than this part of the limit is left.</summary>
    private const double NearlyUsedUp = 0.1;

    /// <summary>The share of what is left that polling may use; the rest is for commit statuses and single pull requests.</summary>
    private const double ForPolling = 0.5;

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKey, DateTimeOffset> _pollers = [];

    /// <summary>How long the poller should wait until its next request; null when its interval is long enough.</summary>
    /// <param name="poller">The caller; it has a share until it has not asked for twice its wait.</param>
    /// <param name="interval">How often it wants to poll.</param>
    /// <param name="quota">What GitHub last reported; null when that is not known.</param>
    /// <param name="now">The time.</param>
    public TimeSpan? Slow(ResourceKey poller, TimeSpan interval, RateQuota? quota, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var gone in _pollers.Where(known => known.Value < now).Select(known => known.Key).ToList())
                _pollers.Remove(gone);
            _pollers[poller] = now + (interval * 2);
            var wait = quota is null ? null : Share(_pollers.Count, quota, now);
            if (wait is null || wait <= interval)
                return null;

            _pollers[poller] = now + (wait.Value * 2);
            return wait;
        }
    }

    private static TimeSpan? Share(int pollers, RateQuota quota, DateTimeOffset now)
    {
        if (quota.Remaining >= quota.Limit * NearlyUsedUp)
            return null;

        var left = quota.ResetAt - now;
        var looks = quota.Remaining * ForPolling / pollers;
        return looks > 1 ? left / looks : left;
    }
}
