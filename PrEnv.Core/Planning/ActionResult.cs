using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>What came of an action.</summary>
/// <param name="Action">The action.</param>
/// <param name="Object">The release as the server has it now; null after a deletion or a failure.</param>
/// <param name="Failure">What the server said; null on success.</param>
public sealed record ActionResult(PlannedAction Action, HelmRelease? Object, ApiStatus? Failure)
{
    /// <summary>Was it done?</summary>
    public bool Succeeded => Failure is null;
}

/// <summary>A commit status that could not be posted.</summary>
/// <param name="PrNumber">The pull request.</param>
/// <param name="Message">Why.</param>
/// <param name="Permanent">True when it is not tried again.</param>
public sealed record ReportFailure(int PrNumber, string Message, bool Permanent);

/// <summary>What a plan has led to, to be written to the cluster.</summary>
/// <param name="Status">The status.</param>
/// <param name="Events">What is news.</param>
public sealed record Publication(PREphemeralEnvControllerStatus Status, System.Collections.Immutable.ImmutableArray<PlannedEvent> Events);
