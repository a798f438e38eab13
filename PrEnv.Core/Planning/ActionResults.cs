using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>Judges what the API server answered to an action.</summary>
public static class ActionResults
{
    private const int Unprocessable = 422;

    /// <summary>
    /// The result. A write that went through has failed if the release is still recognised where it should not be, or the other way round.
    /// </summary>
    /// <param name="action">What was asked for.</param>
    /// <param name="written">The release in the answer; null if there is none.</param>
    /// <param name="failure">Why the server refused; null on success.</param>
    public static ActionResult Of(PlannedAction action, HelmRelease? written, ApiStatus? failure)
    {
        if (failure is null && written is not null && Objection(action, written) is { } objection)
            failure = new ApiStatus(Unprocessable, Reasons.FieldOverridden, objection);
        return new ActionResult(action, written, failure);
    }

    /// <summary>
    /// Is an action not to be carried out, given the results of the steps before it? A release needs the namespace that it installs in.
    /// </summary>
    public static bool IsBlocked(PlannedAction action, IEnumerable<ActionResult> results) =>
        action.Step == ActionStep.Apply
        && results.Any(r => r is { Succeeded: false, Action: PlannedAction.CreateNamespace } && r.Action.PrNumber == action.PrNumber);

    /// <summary>The same for a namespace.</summary>
    /// <param name="action">What was asked for.</param>
    /// <param name="written">The namespace in the answer; null if there is none.</param>
    /// <param name="failure">Why the server refused; null on success.</param>
    public static ActionResult OfNamespace(PlannedAction action, ClusterNamespace? written, ApiStatus? failure)
    {
        if (failure is null && written is not null && Objection(action, written) is { } objection)
            failure = new ApiStatus(Unprocessable, Reasons.FieldOverridden, objection);
        return new ActionResult(action, null, failure) { Namespace = written };
    }

    private static string? Objection(PlannedAction action, HelmRelease written) => action switch
    {
        PlannedAction.Apply apply when Overrides.Of(apply.Desired, written).Fields is var fields && Overrides.BreakIdentity(fields) =>
            RowMessages.Unrecognised(apply.Release, fields),
        PlannedAction.Orphan orphan when written.Metadata.Label(OwnerLabels.Uid) is not null => RowMessages.NotOrphaned(orphan.Release),
        _ => null,
    };

    private static string? Objection(PlannedAction action, ClusterNamespace written) => action switch
    {
        PlannedAction.CreateNamespace { Desired: var desired } when !EnvironmentNamespaces.IsRecognised(desired, written) =>
            NamespaceMessages.Unrecognised(desired.Name),
        PlannedAction.OrphanNamespace orphan when written.Metadata.Label(OwnerLabels.Uid) is not null =>
            NamespaceMessages.NotOrphaned(orphan.Name),
        _ => null,
    };
}
