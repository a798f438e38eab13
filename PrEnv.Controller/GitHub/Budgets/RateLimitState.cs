using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>What is left of a primary rate limit.</summary>
/// <param name="Limit">Requests an hour.</param>
/// <param name="Remaining">Of those, not used yet.</param>
/// <param name="ResetAt">When the hour ends, by our clock.</param>
internal sealed record RateQuota(long Limit, long Remaining, DateTimeOffset ResetAt);

/// <summary>What is known of one credential's rate limits. Safe for concurrent use.</summary>
internal sealed class RateLimitState(TimeProvider timeProvider)
{
    private const string Primary = "GitHub's hourly rate limit for this credential is exhausted.";
    private const string Secondary = "GitHub is limiting how fast this credential may send requests.";

    /// <summary>If GitHub specifies no time, it asks for at least a minute, and for more each time.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    private const int MostDoublings = 4;

    private readonly Lock _lock = new();
    private GitHubFault? _limit;
    private RateQuota? _quota;
    private int _unnamed;

    /// <summary>The current limit; null when requests may be sent.</summary>
    public GitHubFault? Current
    {
        get
        {
            lock (_lock)
                return _limit?.Until > timeProvider.GetUtcNow() ? _limit : null;
        }
    }

    /// <summary>What is left of this hour; null when GitHub has not said, or that hour is over.</summary>
    public RateQuota? Quota
    {
        get
        {
            lock (_lock)
                return _quota?.ResetAt > timeProvider.GetUtcNow() ? _quota : null;
        }
    }

    /// <summary>A request was accepted. If it was the last of the hour, the next ones must wait, and that limit is returned.</summary>
    public GitHubFault? Accepted(RateLimitHeaders headers)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            _unnamed = 0;
            Note(headers, now);
            if (!headers.IsUsedUp || headers.Wait(now) is not { } wait)
                return null;

            return _limit = new GitHubFault(GitHubFaultKind.RateLimited, Primary, Until: now + wait);
        }
    }

    /// <summary>A request was refused by a limit.</summary>
    public GitHubFault Refused(RateLimitHeaders headers)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            Note(headers, now);
            var wait = headers.Wait(now) ?? FirstWait * (1 << Math.Min(_unnamed++, MostDoublings));
            return _limit = new GitHubFault(
                GitHubFaultKind.RateLimited, headers.IsUsedUp ? Primary : Secondary, Until: now + wait);
        }
    }

    private void Note(RateLimitHeaders headers, DateTimeOffset now)
    {
        if (headers is { Limit: > 0 and var limit, Remaining: { } remaining } && headers.UntilReset(now) is { } left)
            _quota = new RateQuota(limit, remaining, now + left);
    }
}
