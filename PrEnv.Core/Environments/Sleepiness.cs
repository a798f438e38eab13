using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Environments;

/// <summary>Is an environment to be asleep, its health aside? Pure.</summary>
/// <param name="Wanted">Null: it is not known, and it stays as it is.</param>
/// <param name="Cause">Why it is to be asleep or awake.</param>
internal readonly record struct Sleepiness(bool? Wanted, SleepCause Cause)
{
    /// <summary>May it fall asleep now, if it is awake? Not just after the clock has jumped.</summary>
    public bool MayFallAsleep { get; init; }

    /// <summary>When it wakes by itself; null: it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When to decide again; null: for no reason of its own.</summary>
    public DateTimeOffset? CheckAgainAt { get; init; }

    /// <summary>Does a command that put it to sleep still hold?</summary>
    public bool IsOrdered { get; init; }

    /// <param name="snapshot">For the time.</param>
    /// <param name="policy">When an environment sleeps; null: never.</param>
    /// <param name="hours">How the present stands to the awake hours; null: environments are always awake.</param>
    /// <param name="pullRequest">As it is listed; null if it is not.</param>
    /// <param name="idleness">Since when nothing has happened on it.</param>
    /// <param name="orders">What commands have brought about.</param>
    public static Sleepiness Of(
        Snapshot snapshot, SleepPolicy? policy, HoursAt? hours, PullRequest? pullRequest, Idleness idleness, StandingOrders orders)
    {
        if (policy is null)
            return new Sleepiness(false, SleepCause.Off);
        if (pullRequest is null || !idleness.IsKnown || policy.Keeps(pullRequest) is not { } keeps)
            return new Sleepiness(null, SleepCause.Unknown) { IsOrdered = orders.AsleepSince is not null };
        if (keeps)
            return new Sleepiness(false, SleepCause.KeepLabel);
        var (now, activity) = (snapshot.Now, idleness.Activity!.At);
        if (orders.KeptUntil is { } kept && kept > now)
            return new Sleepiness(false, SleepCause.Kept) { CheckAgainAt = kept };
        // What is in the future was noted by a clock that was wrong.
        if (orders.AsleepSince is { } ordered && ordered >= activity && !(hours?.Begun > ordered) && ordered <= now + Moments.Ahead)
            return Sleeping(SleepCause.Command, hours) with { MayFallAsleep = true, IsOrdered = true };

        var (idle, outside) = (IdleAt(policy, hours, activity), OutsideAt(policy, hours, activity));
        var at = Moments.Earliest(idle, outside);
        if (at is null || at > now)
            return new Sleepiness(false, hours?.Begun > activity ? SleepCause.HoursBegan : SleepCause.Activity) { CheckAgainAt = at };
        var asleep = Sleeping(outside <= now ? SleepCause.Hours : SleepCause.Idle, hours);
        var settled = Moments.SettledAt(snapshot, policy.IdleTimeout);
        return settled <= now
            ? asleep with { MayFallAsleep = true }
            : asleep with { CheckAgainAt = Moments.Earliest(settled, asleep.CheckAgainAt) };
    }

    private static Sleepiness Sleeping(SleepCause cause, HoursAt? hours) =>
        new(true, cause) { Until = hours?.Begins, CheckAgainAt = hours?.Begins };

    // The beginning of the awake hours wakes everyone, and counts as activity.
    private static DateTimeOffset? IdleAt(SleepPolicy policy, HoursAt? hours, DateTimeOffset activity) => policy.IdleTimeout is { } timeout
        ? Moments.Later(hours?.Begun > activity ? hours.Value.Begun!.Value : activity, timeout)
        : null;

    private static DateTimeOffset? OutsideAt(SleepPolicy policy, HoursAt? hours, DateTimeOffset activity)
    {
        if (hours is not { } at || (at.IsWithin && at.Ends is null))
            return null;
        var grace = Moments.Later(activity, policy.Grace);
        return at.Ends > grace ? at.Ends : grace;
    }
}
