using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Rules;

/// <summary>The destination was changed: what lies elsewhere goes first, because two installations of one chart would fight.</summary>
internal sealed class MoveMisplaced : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input)
    {
        if (input.Misplaced.IsEmpty || (!input.ListingIsComplete && input.Current is not null)) return null;
        var old = input.Misplaced[0];
        var (from, to) = (old.Metadata.Namespace, input.Spec.DestinationNamespace);
        var goesNow = input.ListingIsComplete || old.Metadata.DeletionTimestamp is not null;
        return new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = nameof(MoveMisplaced),
            Sha = input.PullRequest?.HeadSha ?? ReleaseValues.Read(old.Spec).Commit,
            Phase = EnvironmentPhase.Deploying,
            Reason = "Moving",
            Message = goesNow
                ? $"Is being uninstalled from namespace {from}; it is installed in {to} after that.{Deletions.Trouble(old)}"
                : $"Still in namespace {from}; it moves to {to} once GitHub answers.",
            Release = new ResourceKey(old.Metadata.Namespace, old.Metadata.Name),
            Actions = !input.ListingIsComplete
                ? []
                : [.. input.Misplaced.Where(r => r.Metadata.DeletionTimestamp is null).Select(r => Deletions.Of(r, input.PrNumber))],
        };
    }
}

/// <summary>Somebody deleted the release of an open pull request: a new one is made when the old one is gone.</summary>
internal sealed class WaitForDeletion : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input) =>
        (input.Current ?? input.Occupant) is { Metadata.DeletionTimestamp: not null } going
            ? new EnvironmentDecision
            {
                PrNumber = input.PrNumber,
                Rule = nameof(WaitForDeletion),
                Sha = input.PullRequest?.HeadSha ?? ReleaseValues.Read(going.Spec).Commit,
                Phase = input.ListingIsComplete ? EnvironmentPhase.Deploying : EnvironmentPhase.Deleting,
                Reason = "WaitingForDeletion",
                Message = "The HelmRelease before it is still being uninstalled; if the pull request is open, a new one is made after that."
                    + Deletions.Trouble(going),
                Release = input.Current is null ? null : input.Name,
            }
            : null;
}

/// <summary>The name belongs to somebody else, who keeps it.</summary>
internal sealed class RefuseTakenName : IEnvironmentRule
{
    public const string Reason = EventReasons.NameConflict;

    public EnvironmentDecision? Decide(EnvironmentInput input)
    {
        if (input.PullRequest is null || input.Current is not null || input.Occupant is not { } occupant) return null;
        if (Ownership.IsAdoptable(occupant, input.Spec.Chart)) return null;

        var message = $"HelmRelease {input.Name} {Whose(occupant, input.Snapshot.Resource)}";
        return new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = nameof(RefuseTakenName),
            Sha = input.PullRequest.HeadSha,
            Phase = EnvironmentPhase.Failed,
            Reason = Reason,
            Message = message,
            Events = input.Was(EnvironmentPhase.Failed, Reason)
                ? []
                : [PlannedEvent.Warning(EventReasons.NameConflict, "Apply", $"No environment for PR {input.PrNumber}: {message}", input.PrNumber)],
        };
    }

    private static string Whose(HelmRelease occupant, PREphemeralEnvController resource)
    {
        const string Advice = " Give this resource a destinationNamespace of its own, or remove that HelmRelease.";
        return Ownership.OwnerOf(occupant) switch
        {
            null => "was not made by PrEnv." + Advice,
            // Restored from a backup, orphaned by a forced deletion, or relabelled by hand.
            { } owner when owner == new ResourceKey(resource.Metadata.Namespace, resource.Metadata.Name) =>
                "bears this resource's name, but not its labels as they should be: "
                + $"it may be of an earlier {owner} with another UID. Remove that HelmRelease.",
            { } owner => $"belongs to {owner}." + Advice,
        };
    }
}

/// <summary>No release yet, one of the predecessor's, or one that is not as it should be.</summary>
internal sealed class ApplyDesired : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input)
    {
        var existing = input.Current ?? (input.PullRequest is null ? null : input.Occupant);
        var sha = input.Approval is { } approval ? approval.InstallSha : existing is null ? null : Approval.RolledOut(existing);
        if (sha is null) return null;

        var now = input.Snapshot.Now;
        var noted = existing?.Metadata.Annotation(OwnerLabels.PrUrlAnnotation);
        var url = input.PullRequest?.HtmlUrl is { } page && page != noted ? WebUrl(page) ?? noted : noted;
        var isApproved = IsApproved(input, existing, sha);
        if (existing is not null && DesiredReleases.IsAsDesired(input.Snapshot.Resource, input.Spec, input.PrNumber, sha, url, existing, isApproved)) return null;
        var desired = DesiredReleases.For(input.Snapshot.Resource, input.Spec, input.PrNumber, sha, url, now, isApproved);
        if (existing is null) return Decision(input, desired, null, "", Created(input.PrNumber), sha);

        var specDrift = DesiredReleases.SpecDrift(desired, existing);
        var drift = specDrift.AddRange(DesiredReleases.MetadataDrift(desired, existing));
        if (drift.IsEmpty) return null;
        var why = string.Join(", ", drift);
        var adopted = input.Current is null ? Adopted(input.PrNumber) : null;
        if (!specDrift.IsEmpty)
            return Decision(input, desired, existing, why, adopted ?? Updated(input.PrNumber, existing, sha, specDrift), sha);

        // Labels and annotations start no rollout: the environment is what it was.
        var since = DesiredReleases.UpdatedAt(existing) ?? now;
        desired = DesiredReleases.For(input.Snapshot.Resource, input.Spec, input.PrNumber, sha, url, since, isApproved);
        return EvaluateRelease.Decide(input, existing) with
        {
            Rule = nameof(ApplyDesired),
            Actions = [new PlannedAction.Apply(input.PrNumber, desired, existing.Metadata.Uid, why, adopted)],
        };
    }

    // What was approved once stays so while GitHub is away.
    private static bool IsApproved(EnvironmentInput input, HelmRelease? existing, string sha) => input.Approval switch
    {
        { State: ApprovalState.Given or ApprovalState.Missing } => true,
        { State: ApprovalState.NotNeeded } => false,
        _ => existing is not null && Approval.ApprovedOf(existing) == sha,
    };

    private static EnvironmentDecision Decision(
        EnvironmentInput input, DesiredRelease desired, HelmRelease? existing, string why, PlannedEvent? told, string sha) => new()
        {
            PrNumber = input.PrNumber,
            Rule = nameof(ApplyDesired),
            Sha = sha,
            Phase = input.Spec.Readiness is Readiness.Applied ? EnvironmentPhase.Ready : EnvironmentPhase.Deploying,
            Reason = input.Spec.Readiness is Readiness.Applied ? Sentences.AppliedReason : Sentences.DeployingReason,
            Message = (input.Spec.Readiness is Readiness.Applied ? Sentences.Applied : Sentences.WaitingForFlux)
                + (input.IsPinned ? " " + Sentences.Waits(input.PullRequest!.HeadSha, input.Approval!) : ""),
            Release = desired.Key,
            Url = input.Facts(sha) is { } facts ? input.Url(facts) : null,
            Actions = [new PlannedAction.Apply(input.PrNumber, desired, existing?.Metadata.Uid, why, told)],
            Report = input.PullRequest is { } listed ? Reports.AfterApply(input, listed, existing) : null,
        };

    private static PlannedEvent Created(int number) => PlannedEvent.Normal(
        EventReasons.FluxHelmReleaseCreated, "Apply", $"New flux HelmRelease created for PR {number}", number);

    private static PlannedEvent Adopted(int number) => PlannedEvent.Normal(
        EventReasons.FluxHelmReleaseAdopted, "Apply", $"Flux HelmRelease adopted for PR {number}", number);

    private static PlannedEvent Updated(int number, HelmRelease existing, string sha, IReadOnlyList<string> drift)
    {
        var old = ReleaseValues.Read(existing.Spec).PrSha;
        var what = old is not null && old != sha
            ? $"{Text.Excerpt(Sha.Short(old))} -> {Sha.Short(sha)}"
            : $"{string.Join(", ", drift)} at {Sha.Short(sha)}";
        return PlannedEvent.Normal(
            EventReasons.FluxHelmReleaseUpdated, "Apply", $"Flux HelmRelease updated for PR {number}: {what}", number);
    }

    private static string? WebUrl(string? text) =>
        text is { Length: > 0 and < 2000 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? text
            : null;
}
