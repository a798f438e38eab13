using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments.Rules;

/// <summary>Not in a complete listing, and GitHub does not call it closed: no proof, no deletion.</summary>
internal sealed class HoldWithoutProof : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input)
    {
        if (!input.ListingIsComplete || input.PullRequest is not null || input.Confirmation == PullRequestState.Closed) return null;
        if (input.Owned.FirstOrDefault(r => r.Metadata.DeletionTimestamp is null) is not { } release) return null;

        var open = input.Confirmation == PullRequestState.Open;
        var reason = open ? "StillOpen" : "NotConfirmed";
        var message = open
            ? $"GitHub's listing leaves PR {input.PrNumber} out, but GitHub calls it open when asked for it alone. "
                + "Its environment stays; this mends itself when the listing does."
            : $"GitHub's listing leaves PR {input.PrNumber} out, and GitHub could not confirm that it is closed. "
                + $"Its environment stays; if it is not wanted, run: kubectl -n {release.Metadata.Namespace} delete helmrelease {release.Metadata.Name}";
        return new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = nameof(HoldWithoutProof),
            Sha = ReleaseValues.Read(release.Spec).Commit,
            Phase = EnvironmentPhase.Held,
            Reason = reason,
            Message = message,
            Release = new ResourceKey(release.Metadata.Namespace, release.Metadata.Name),
            Events = input.Was(EnvironmentPhase.Held, reason)
                ? []
                : [PlannedEvent.Warning(EventReasons.DeletionHeld, "Delete", message, input.PrNumber)],
        };
    }
}

/// <summary>Closed, says GitHub of that very pull request: its environment goes.</summary>
internal sealed class DeleteClosed : IEnvironmentRule
{
    private const string Reason = "PullRequestClosed";

    public EnvironmentDecision? Decide(EnvironmentInput input)
    {
        if (!input.ListingIsComplete || input.PullRequest is not null || !input.Owned.Any()) return null;
        // GitHub is asked before a deletion, not again while it goes on.
        return input.Confirmation == PullRequestState.Closed || input.Before is { Phase: EnvironmentPhase.Deleting, Reason: Reason }
            ? Deletions.Decide(input, nameof(DeleteClosed), Reason, $"PR {input.PrNumber} is closed.")
            : Deletions.Decide(
                input, nameof(DeleteClosed), "ReleaseDeleted",
                $"Its HelmRelease was deleted, and PR {input.PrNumber} is not among the open ones.");
    }
}

/// <summary>Open, but the spec does not want it any more: the complete listing is the proof.</summary>
internal sealed class DeleteUnselected : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input) =>
        input.Rejection is { } rejection && input.Owned.Any()
            ? Deletions.Decide(input, nameof(DeleteUnselected), rejection.Reason, rejection.Message)
            : null;
}

/// <summary>Open, and not wanted.</summary>
internal sealed class SkipUnselected : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input) => input.Rejection is not { } rejection
        ? null
        : new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = nameof(SkipUnselected),
            Sha = input.PullRequest?.HeadSha,
            Phase = EnvironmentPhase.Skipped,
            Reason = rejection.Reason,
            Message = rejection.Message,
            Events = input.Was(EnvironmentPhase.Skipped, rejection.Reason)
                ? []
                : [PlannedEvent.Normal(EventReasons.PRSkipped, "Select", $"PR {input.PrNumber} gets no environment. {rejection.Message}", input.PrNumber)],
        };
}

/// <summary>Deletion of all that a pull request has, one step at a time.</summary>
internal static class Deletions
{
    public static EnvironmentDecision Decide(EnvironmentInput input, string rule, string reason, string why)
    {
        var first = input.Owned.First();
        return new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = rule,
            Sha = ReleaseValues.Read(first.Spec).Commit,
            Phase = EnvironmentPhase.Deleting,
            Reason = reason,
            Message = $"{why} Flux is uninstalling its environment.{Trouble(first)}",
            Release = new ResourceKey(first.Metadata.Namespace, first.Metadata.Name),
            Actions = [.. input.Owned.Where(r => r.Metadata.DeletionTimestamp is null).Select(r => Of(r, input.PrNumber))],
        };
    }

    /// <summary>Why a deletion does not come to its end: a sentence after a blank, or nothing.</summary>
    public static string Trouble(HelmRelease going) =>
        going.Metadata.DeletionTimestamp is not null && ReleaseState.Of(going) is { Kind: ReleaseStateKind.Failed } state
            ? " " + Sentences.FluxSays(state)
            : "";

    public static PlannedAction Of(HelmRelease release, int prNumber) => new PlannedAction.Delete(
        prNumber,
        new ResourceKey(release.Metadata.Namespace, release.Metadata.Name),
        release.Metadata.Uid,
        Unsuspend: release.Spec.Suspend == true,
        PlannedEvent.Normal(EventReasons.FluxHelmReleaseDeleted, "Delete", $"Flux HelmRelease deleted for PR {prNumber}", prNumber));
}
