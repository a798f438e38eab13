using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Planning;

/// <summary>Which changes in the state of a whole resource are news.</summary>
internal static class Overall
{
    /// <summary>
    /// Without GitHub's answer, the purpose of the environments is unknown; those of a lost repository or token are held, and their rows
    /// say so.
    /// </summary>
    public static EnvironmentDecision Hold(EnvironmentInput input, EnvironmentDecision decision)
    {
        if (input.Snapshot.Listing is not PullRequestListing.Unavailable away || decision.Phase == EnvironmentPhase.Deleting)
            return decision;
        var reason = away.Reason switch
        {
            UnavailableReason.NotFound => Reasons.NotFound,
            UnavailableReason.Unauthorized => Reasons.Unauthorized,
            UnavailableReason.Moved => Reasons.Moved,
            UnavailableReason.TokenLoadFailed => Reasons.TokenLoadFailed,
            _ => null,
        };
        return reason is null
            ? decision
            : decision with { Phase = EnvironmentPhase.Held, Reason = reason, Message = RowMessages.Held(away.Message), Events = [] };
    }

    public static IEnumerable<PlannedEvent> Events(Snapshot snapshot, EnvironmentSpec spec, OverallVerdict overall, int? open)
    {
        if (snapshot.Listing is PullRequestListing.Unavailable
            || overall.Reason is Reasons.HealthCheckSecretInvalid or Reasons.NamespaceFailed)
        {
            foreach (var change in OnChange(snapshot, overall, overall.Reason))
                yield return change;
        }

        if (snapshot.Listing is PullRequestListing.Complete complete)
        {
            if (complete.MovedTo is { } name && !Mentions(snapshot, name))
                yield return PlannedEvent.Warning(Reasons.RepositoryMoved, "List", OverallMessages.Moved(name));
            if (complete.Slowdown is { } slowdown && !Mentions(snapshot, OverallMessages.Clock(slowdown.ResetAt)))
                yield return PlannedEvent.Warning(Reasons.RateLimited, "List", OverallMessages.Slowed(slowdown));
        }

        if (open == 0 && snapshot.Resource.Status?.OpenPullRequests is not 0)
            yield return PlannedEvent.Normal(Reasons.NoActivePRs, "List", OverallMessages.NoActivePRs);
        foreach (var raised in RaisedInterval(snapshot, spec))
            yield return raised;
    }

    /// <summary>Reported once per generation.</summary>
    public static IEnumerable<PlannedEvent> RaisedInterval(Snapshot snapshot, EnvironmentSpec spec)
    {
        var resource = snapshot.Resource;
        if (!spec.IntervalWasRaised || resource.Status?.ObservedGeneration == resource.Metadata.Generation)
            yield break;
        var message = OverallMessages.IntervalRaised(resource.Spec.Interval ?? "", EnvironmentSpec.MinimumInterval);
        yield return PlannedEvent.Warning(Reasons.InvalidSpec, "Validate", message);
    }

    /// <summary>
    /// A warning, unless the resource was already in this state: for the same reason, in the same generation and, as far as this process
    /// knows, with the same cause.
    /// </summary>
    public static IEnumerable<PlannedEvent> OnChange(Snapshot snapshot, OverallVerdict overall, string reason)
    {
        var ready = snapshot.Resource.Status?.Condition(ConditionList.Ready);
        var isKnown = ready?.Reason == overall.Reason
            && ready.ObservedGeneration == snapshot.Resource.Metadata.Generation
            && (snapshot.LastCause is null || snapshot.LastCause == overall.Cause);
        if (!isKnown)
            yield return PlannedEvent.Warning(reason, "Reconcile", overall.Message);
    }

    // Looks for data, such as a name or a time, not for wording.
    private static bool Mentions(Snapshot snapshot, string datum) =>
        snapshot.Resource.Status?.Condition(ConditionList.Ready)?.Message.Contains(datum, StringComparison.Ordinal) == true;
}
