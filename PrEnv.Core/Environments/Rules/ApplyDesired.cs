using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Environments.Rules;

/// <summary>
/// There is no release yet, or one of the predecessor's or of an earlier resource with this name, or one that differs from the desired one.
/// </summary>
internal sealed class ApplyDesired : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        var existing = input.Current ?? (input.PullRequest is null ? null : input.Occupant);
        var sha = input.Approval is { } approval ? approval.InstallSha : existing is null ? null : Approval.RolledOut(existing);
        if (sha is null)
            return null;
        var noted = existing?.Metadata.Annotation(OwnerLabels.PrUrlAnnotation);
        var url = input.PullRequest?.HtmlUrl is { } page && page != noted ? WebUrl(page) ?? noted : noted;
        var isApproved = IsApproved(input, existing, sha);
        // Values that need texts of the pull request stay as they are until the texts are known.
        if (input.FactsToRender(sha) is not { } facts)
            return null;
        var wish = new ReleaseWish
        {
            Resource = input.Snapshot.Resource,
            Template = input.WishedTemplate,
            PullRequest = facts,
            PageUrl = url,
            IsApproved = isApproved,
            Activity = input.Idleness.Activity,
            AsleepSince = input.IsToSleep ? DesiredReleases.AsleepSince(existing!) ?? input.Snapshot.Now : null,
        };
        if (existing is not null && DesiredReleases.IsAsDesired(wish, existing))
            return null;
        wish = wish with { PreviewUrl = input.Url(facts) };
        var commits = existing is null ? null
            : ReleaseValues.Read(existing.Spec).PrSha == sha ? existing.Metadata.Annotation(OwnerLabels.CommitsAnnotation)
            : ReleaseCommits.After(existing);
        var desired = DesiredReleases.For(wish, input.Snapshot.Now, commits);
        if (existing is null)
            return new EnvironmentState.Absent(desired, sha);
        var rollout = DesiredReleases.SpecDrift(desired, existing);
        var fields = rollout.AddRange(DesiredReleases.MetadataDrift(desired, existing));
        if (fields.IsEmpty)
            return null;
        var known = input.Snapshot.OverriddenOf(existing);
        var (overridden, all) = (fields, Overrides.Drift(known, desired, fields));
        if (all.IsEmpty)
            return new EnvironmentState.Overridden(existing, overridden);
        (rollout, fields) = (Overrides.Drift(known, desired, rollout), all);
        // Labels and annotations start no rollout: the environment and its age stay the same.
        if (rollout.IsEmpty)
        {
            var since = DesiredReleases.UpdatedAt(existing) ?? existing.Metadata.CreationTimestamp;
            desired = DesiredReleases.ForMetadata(DesiredReleases.For(wish, since, commits), existing);
        }

        var isAdoption = Ownership.PrNumberIfOwned(existing, input.Snapshot.Resource) is null;
        return new EnvironmentState.Drifted(existing, desired, sha, rollout, fields, isAdoption);
    }

    // An approval stays valid while GitHub is unavailable.
    private static bool IsApproved(EnvironmentInput input, HelmRelease? existing, string sha) => input.Approval switch
    {
        { State: ApprovalState.Given or ApprovalState.Missing } => true,
        { State: ApprovalState.NotNeeded } => false,
        _ => existing is not null && Approval.ApprovedOf(existing) == sha,
    };

    private static string? WebUrl(string? text) =>
        text is { Length: > 0 and < 2000 } && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? text
            : null;
}
