using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>What a head commit waits for before it may be installed.</summary>
/// <param name="Verdict">Its checks; not all of them have concluded well.</param>
/// <param name="Since">When the wait began, or when a check failed.</param>
/// <param name="Timeout">How long it may wait.</param>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
internal sealed record CheckWait(CheckVerdict Verdict, DateTimeOffset Since, TimeSpan Timeout, string Reason)
{
    /// <summary>Is it known how the checks stand?</summary>
    public bool IsKnown => Reason != Reasons.ChecksUnknown;

    /// <summary>When it will have waited for too long; null: it has, or it does not wait for a check's conclusion.</summary>
    public DateTimeOffset? Deadline => Reason == Reasons.WaitingForChecks ? Since + Timeout : null;

    /// <summary>The check that commit statuses tell of.</summary>
    public string First => Verdict.Names[0];

    /// <summary>Null when the commit may be installed as far as checks are concerned.</summary>
    /// <param name="head">The commit.</param>
    /// <param name="spec">The checks.</param>
    /// <param name="reading">What is known of them; null: nothing.</param>
    /// <param name="before">What the last status said; null if it said nothing.</param>
    /// <param name="begun">When the wait has begun, as far as the last status does not say.</param>
    /// <param name="now">The moment.</param>
    public static CheckWait? Of(
        string head, EnvironmentSpec spec, CheckReading? reading, WaitingCommit? before, DateTimeOffset begun, DateTimeOffset now)
    {
        var verdict = CheckVerdict.Of(spec.Checks, reading);
        if (verdict.State == CheckState.Passed)
            return null;
        var hasFailed = verdict.State == CheckState.Failed;
        // What is run again after a failure waits from then on.
        var known = before is { Since: { } since } && before.HeadSha == head && (before.Reason == Reasons.ChecksFailed) == hasFailed
            ? since
            : (DateTimeOffset?)null;
        var from = known ?? Timestamp.Truncate(before?.HeadSha == head ? now : begun);
        var reason = verdict.State switch
        {
            CheckState.Failed => Reasons.ChecksFailed,
            CheckState.Unknown => Reasons.ChecksUnknown,
            _ => now >= from + spec.ChecksTimeout ? Reasons.ChecksTimedOut : Reasons.WaitingForChecks,
        };
        return new CheckWait(verdict, from, spec.ChecksTimeout, reason);
    }
}
