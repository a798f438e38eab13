using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reporting;

/// <summary>What came of reporting.</summary>
/// <param name="Failures">What could not be written.</param>
/// <param name="DeferredUntil">When the rest may be written; null when nothing waits.</param>
/// <param name="Recorded">False when a HelmRelease does not bear yet what was reported of it.</param>
internal sealed record ReportOutcome(IReadOnlyCollection<ReportFailure> Failures, DateTimeOffset? DeferredUntil, bool Recorded = true)
{
    /// <summary>Nothing was to be done.</summary>
    public static ReportOutcome Nothing { get; } = new([], null);

    /// <summary>This and another.</summary>
    public ReportOutcome And(ReportOutcome other) => new(
        [.. Failures, .. other.Failures],
        DeferredUntil is { } first && !(other.DeferredUntil < first) ? first : other.DeferredUntil,
        Recorded && other.Recorded);
}
