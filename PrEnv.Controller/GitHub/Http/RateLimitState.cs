using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>What is known of one credential's rate limits. Safe for concurrent use.</summary>
internal sealed class RateLimitState(TimeProvider timeProvider)
{
    private const string Primary = "GitHub's hourly rate limit of this credential is used up.";
    private const string Secondary = "GitHub limits how fast this credential may send requests.";

    /// <summary>GitHub asks for at least a minute when it names no time, and for more each time.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    private const int MostDoublings = 4;

    private readonly Lock _lock = new();
    private GitHubFault? _limit;
    private int _unnamed;

    /// <summary>The limit in force; null when requests may be sent.</summary>
    public GitHubFault? Current
    {
        get
        {
            lock (_lock) return _limit?.Until > timeProvider.GetUtcNow() ? _limit : null;
        }
    }

    /// <summary>A request was accepted. It may have been the hour's last: then its successors wait, and that limit is returned.</summary>
    public GitHubFault? Accepted(RateLimitHeaders headers)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            _unnamed = 0;
            if (!headers.IsUsedUp || headers.Wait(now) is not { } wait) return null;

            return _limit = new GitHubFault(UnavailableReason.RateLimited, Primary, Until: now + wait);
        }
    }

    /// <summary>A request was refused by a limit.</summary>
    public GitHubFault Refused(RateLimitHeaders headers)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var wait = headers.Wait(now) ?? FirstWait * (1 << Math.Min(_unnamed++, MostDoublings));
            return _limit = new GitHubFault(
                UnavailableReason.RateLimited, headers.IsUsedUp ? Primary : Secondary, Until: now + wait);
        }
    }
}
