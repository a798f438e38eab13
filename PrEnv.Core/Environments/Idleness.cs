using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>Since when nothing has happened on a pull request, and whether its environment has expired for that. Pure.</summary>
internal readonly record struct Idleness
{
    // A clock that has just jumped may jump back.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    // Two replicas' clocks may differ by as much.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>What its release is to record; null: nothing.</summary>
    public Activity? Activity { get; init; }

    /// <summary>How it looked when it expired, until something happens; null: it has not expired.</summary>
    public string? Expired { get; init; }

    /// <summary>Has GitHub said enough to decide? If not, nothing is removed.</summary>
    public bool IsCertain { get; init; }

    /// <summary>When its environment expires if nothing happens; null: never, as far as is known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When to decide again; null: for no reason of its own.</summary>
    public DateTimeOffset? CheckAgainAt { get; init; }

    /// <param name="snapshot">For the time.</param>
    /// <param name="policy">When an environment expires; null: never.</param>
    /// <param name="pullRequest">As it is listed; null if it is not.</param>
    /// <param name="approval">Which commit of it may be installed; null if it is not listed.</param>
    /// <param name="existing">Its release; null if it has none.</param>
    /// <param name="expired">How it looked when it expired; null if it has not.</param>
    /// <param name="mayExpire">May it expire now, if it has not?</param>
    /// <param name="isCommanded">Has a command just been carried out for it?</param>
    public static Idleness Of(
        Snapshot snapshot, ExpiryPolicy? policy, PullRequest? pullRequest, Approval? approval, HelmRelease? existing, string? expired,
        bool mayExpire, bool isCommanded)
    {
        if (policy is null)
            return default;
        var noted = existing is null ? null : Activity.Read(existing);
        // Without GitHub's word, nothing is known to have happened, and nothing to have not.
        if (pullRequest is null || approval is not { State: not (ApprovalState.Unknown or ApprovalState.Undecided) })
            return new Idleness { Activity = noted, Expired = expired };
        var look = Activity.LookOf(pullRequest, approval.State == ApprovalState.Given);
        var (now, steadyAt) = (snapshot.Now, Later(snapshot.ClockSteadySince, Min(policy.IdleTimeout, Settling)));
        // A time in the future was noted by a clock that was wrong.
        var isActive = isCommanded || noted?.Look != look || (noted.At > now + Ahead && steadyAt <= now);
        var activity = isActive ? Activity.Of(now, look) : noted!;
        var idle = new Idleness { Activity = activity, IsCertain = policy.Keeps(pullRequest) is not null };
        if (policy.Keeps(pullRequest) == true)
            return idle;
        if (!isCommanded && expired == look)
            return idle with { Expired = expired };
        if (existing is null || !idle.IsCertain)
            return idle;
        var at = Later(activity.At, policy.IdleTimeout);
        if (at > now)
            return idle with { ExpiresAt = at, CheckAgainAt = at };
        if (!mayExpire)
            return idle;
        // A short timeout does not wait for longer than itself.
        return steadyAt > now ? idle with { ExpiresAt = at, CheckAgainAt = steadyAt } : idle with { Expired = look };
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan span) =>
        DateTimeOffset.MaxValue - time < span ? DateTimeOffset.MaxValue : time + span;
}
