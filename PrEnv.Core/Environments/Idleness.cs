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
    /// <summary>What its release is to record; null: nothing.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Has GitHub said enough to know that nothing has happened since?</summary>
    public bool IsKnown { get; init; }

    /// <summary>How it looked when it expired, until something happens; null: it has not expired.</summary>
    public string? Expired { get; init; }

    /// <summary>Has GitHub said enough to decide whether it expires? If not, nothing is removed.</summary>
    public bool IsCertain { get; init; }

    /// <summary>When its environment expires if nothing happens; null: never, as far as is known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When to decide again; null: for no reason of its own.</summary>
    public DateTimeOffset? CheckAgainAt { get; init; }

    /// <param name="snapshot">For the time.</param>
    /// <param name="spec">What depends on it.</param>
    /// <param name="pullRequest">As it is listed; null if it is not.</param>
    /// <param name="approval">Which commit of it may be installed; null if it is not listed.</param>
    /// <param name="existing">Its release; null if it has none.</param>
    /// <param name="orders">What commands have brought about, and how it looked when it expired.</param>
    /// <param name="mayExpire">May it expire now, if it has not?</param>
    public static Idleness Of(
        Snapshot snapshot, EnvironmentSpec spec, PullRequest? pullRequest, Approval? approval, HelmRelease? existing, StandingOrders orders,
        bool mayExpire)
    {
        if (spec is { Expiry: null, Sleep: null })
            return default;
        var noted = existing is null ? null : Activity.Read(existing);
        // Without GitHub's word, nothing is known to have happened, and nothing to have not.
        if (pullRequest is null || approval is not { State: not (ApprovalState.Unknown or ApprovalState.Undecided) })
            return new Idleness { Activity = noted, Expired = spec.Expiry is null ? null : orders.Expired };
        var look = Activity.LookOf(pullRequest, approval.IsApproved);
        var (now, timeout) = (snapshot.Now, spec.Expiry?.IdleTimeout ?? spec.Sleep?.IdleTimeout);
        // A time in the future was noted by a clock that was wrong.
        var isActive = orders.IsCommanded || noted?.Look != look
            || (noted.At > now + Moments.Ahead && Moments.IsSettled(snapshot, timeout));
        var idle = new Idleness { Activity = isActive ? Activity.Of(now, look) : noted!, IsKnown = true };
        return spec.Expiry is { } policy ? idle.Expiring(snapshot, policy, pullRequest, orders, mayExpire) : idle;
    }

    /// <summary>
    /// Was the listing read before the end of an environment's time, so that it does not tell whether something has happened meanwhile?
    /// Then another is to be read.
    /// </summary>
    public static bool IsListingTooOld(Snapshot snapshot, EnvironmentSpec spec, CommandEffects effects) =>
        spec.Expiry is { } policy && snapshot.Owned.Any(o => Activity.Read(o.Release) is { } activity
            && EndOf(activity, policy, StandingOrders.KeptUntilOf(effects, o.Number, snapshot.Now)) is var at
            && at <= snapshot.Now && IsReadBefore(snapshot, at));

    private static bool IsReadBefore(Snapshot snapshot, DateTimeOffset at) =>
        snapshot.Listing is PullRequestListing.Complete { ReadAt: { } readAt } && readAt < at;

    private static DateTimeOffset EndOf(Activity activity, ExpiryPolicy policy, DateTimeOffset? keptUntil)
    {
        var at = Moments.Later(activity.At, policy.IdleTimeout);
        return keptUntil > at ? keptUntil.Value : at;
    }

    private Idleness Expiring(Snapshot snapshot, ExpiryPolicy policy, PullRequest pullRequest, StandingOrders orders, bool mayExpire)
    {
        var (activity, now) = (Activity!, snapshot.Now);
        var idle = this with { IsCertain = policy.Keeps(pullRequest) is not null };
        if (policy.Keeps(pullRequest) == true)
            return idle;
        if (!orders.IsCommanded && orders.Expired == activity.Look)
            return idle with { Expired = activity.Look };
        if (!orders.HasEnvironment || !idle.IsCertain)
            return idle;
        var at = EndOf(activity, policy, orders.KeptUntil);
        if (at > now)
            return idle with { ExpiresAt = at, CheckAgainAt = at };
        // What has happened since the listing was read is not known.
        if (IsReadBefore(snapshot, at))
            return idle with { ExpiresAt = at };
        if (!mayExpire)
            return idle;
        return Moments.IsSettled(snapshot, policy.IdleTimeout)
            ? idle with { Expired = activity.Look }
            : idle with { ExpiresAt = at, CheckAgainAt = Moments.SettledAt(snapshot, policy.IdleTimeout) };
    }
}
