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

    /// <summary>The result; an apply that went through, but without what the release is recognised by, has failed.</summary>
    /// <param name="action">What was asked for.</param>
    /// <param name="written">The release in the answer; null if there is none.</param>
    /// <param name="failure">Why the server refused; null on success.</param>
    public static ActionResult Of(PlannedAction action, HelmRelease? written, ApiStatus? failure)
    {
        if (failure is null && written is not null && action is PlannedAction.Apply apply
            && Overrides.Of(apply.Desired, written).Fields is var fields && Overrides.BreakIdentity(fields))
        {
            failure = new ApiStatus(Unprocessable, Reasons.FieldOverridden, RowMessages.Unrecognised(apply.Release, fields));
        }

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
        if (failure is null && written is not null && action is PlannedAction.CreateNamespace { Desired: var desired }
            && !EnvironmentNamespaces.IsRecognised(desired, written))
        {
            failure = new ApiStatus(Unprocessable, Reasons.FieldOverridden, NamespaceMessages.Unrecognised(desired.Name));
        }

        return new ActionResult(action, null, failure) { Namespace = written };
    }
}
