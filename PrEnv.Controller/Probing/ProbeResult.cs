namespace PrEnv.Controller.Probing;

/// <summary>How one probe ended, for the metric.</summary>
internal enum ProbeOutcome
{
    Success,
    UnexpectedStatus,
    Redirected,
    TimedOut,
    Unreachable,
    Denied,
}

/// <summary>What one probe found.</summary>
/// <param name="Outcome">The kind.</param>
/// <param name="Failure">
/// Null on success, else a clause of this program's own words such as "answered 503", the same for the same cause. Nothing that the other
/// side wrote is in it.
/// </param>
internal readonly record struct ProbeResult(ProbeOutcome Outcome, string? Failure)
{
    public static ProbeResult Success { get; } = new(ProbeOutcome.Success, null);

    public bool Succeeded => Failure is null;
}
