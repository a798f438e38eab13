using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>Makes entries of what the cluster and the memory have.</summary>
internal static class Entries
{
    /// <summary>Of a resource.</summary>
    public static ResourceEntry Of(PREphemeralEnvController resource)
    {
        var (status, ready) = (resource.Status, resource.Status?.Condition("Ready"));
        return new ResourceEntry
        {
            Namespace = resource.Metadata.Namespace,
            Name = resource.Metadata.Name,
            Repository = RepositoryOf(resource),
            Ready = ready?.Status ?? "Unknown",
            Reason = PageText.Name(ready?.Reason),
            Message = PageText.Message(ready?.Message),
            Suspended = resource.Spec.Suspend == true,
            OpenPullRequests = status?.OpenPullRequests,
            EnvironmentsReady = status?.EnvironmentsReady ?? 0,
            EnvironmentsTotal = status?.EnvironmentsTotal ?? 0,
        };
    }

    /// <summary>Of a pull request.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="number">The pull request.</param>
    /// <param name="row">Its row; null if there is none: the status has no room for all.</param>
    /// <param name="pullRequest">As GitHub listed it; null if this process does not know.</param>
    /// <param name="release">Its HelmRelease; null if it has none.</param>
    /// <param name="defaultApiUrl">GitHub's API for a resource that names none.</param>
    public static EnvironmentEntry Of(
        PREphemeralEnvController resource, int number, EnvironmentStatus? row, PullRequest? pullRequest, HelmRelease? release,
        Uri defaultApiUrl)
    {
        var metadata = release?.Metadata;
        var flux = row is null && release is not null ? ReleaseState.Of(release) : default(ReleaseState?);
        return new EnvironmentEntry
        {
            Namespace = resource.Metadata.Namespace,
            Resource = resource.Metadata.Name,
            Repository = RepositoryOf(resource),
            Number = number,
            PullRequestUrl = PageText.Link(pullRequest?.HtmlUrl)
                ?? PageText.Link(metadata?.Annotation(OwnerLabels.PrUrlAnnotation))
                ?? PullRequestUrl(resource, number, defaultApiUrl),
            Title = PageText.Name(pullRequest?.Title),
            Branch = PageText.Name(pullRequest?.HeadBranch) ?? PageText.Name(metadata?.Annotation(OwnerLabels.BranchAnnotation)),
            Author = PageText.Name(pullRequest?.Author) ?? PageText.Name(metadata?.Annotation(OwnerLabels.AuthorAnnotation)),
            Commit = PageText.Name(row is null ? metadata?.Annotation(OwnerLabels.HeadShaAnnotation) : row.HeadSha),
            Phase = PageText.Word(row is null ? PhaseOf(release!, flux!.Value) : row.Phase) ?? "Unknown",
            Reason = PageText.Name(row is null ? flux!.Value.Reason : row.Reason),
            Message = PageText.Message(row is null ? flux!.Value.Message : row.Message),
            Since = row?.Since,
            ExpiresAt = row?.ExpiresAt,
            Url = PageText.Link(row?.Url),
            HelmRelease = PageText.Name(metadata?.Key.ToString() ?? row?.HelmRelease),
        };
    }

    // Without a row, there is only what Flux says.
    private static string PhaseOf(HelmRelease release, ReleaseState flux) =>
        release.Metadata.DeletionTimestamp is not null ? EnvironmentPhase.Deleting
        : flux.Kind switch
        {
            ReleaseStateKind.Ready when DesiredReleases.AsleepSince(release) is not null => EnvironmentPhase.Asleep,
            ReleaseStateKind.Ready => EnvironmentPhase.Ready,
            ReleaseStateKind.Failed => EnvironmentPhase.Failed,
            _ => EnvironmentPhase.Deploying,
        };

    private static string? RepositoryOf(PREphemeralEnvController resource) =>
        resource.Spec.GitHubPRRepository is { User: { Length: > 0 } owner, Repo: { Length: > 0 } name }
            ? PageText.Name($"{owner}/{name}")
            : null;

    // Where an Enterprise Server has its pages is not for us to guess.
    private static string? PullRequestUrl(PREphemeralEnvController resource, int number, Uri defaultApiUrl) =>
        resource.Spec.GitHubPRRepository is { User: { Length: > 0 } owner, Repo: { Length: > 0 } name } repository
        && Uri.TryCreate(repository.ApiUrl ?? defaultApiUrl.AbsoluteUri, UriKind.Absolute, out var api) && api.Host == "api.github.com"
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"https://github.com/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}/pull/{number}")
            : null;
}
