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
    Obstructed,
}

/// <summary>What one probe found.</summary>
/// <param name="Outcome">The kind.</param>
/// <param name="Failure">
/// Null on success, else a clause in this program's own words such as "answered 503", the same for the same cause. It contains nothing
/// from the remote side.
/// </param>
internal readonly record struct ProbeResult(ProbeOutcome Outcome, string? Failure)
{
    public static ProbeResult Success { get; } = new(ProbeOutcome.Success, null);

    public bool Succeeded => Outcome == ProbeOutcome.Success;

    /// <summary>The environment was not asked, for this reason: a sentence.</summary>
    public static ProbeResult Obstructed(string problem) => new(ProbeOutcome.Obstructed, problem);
}
