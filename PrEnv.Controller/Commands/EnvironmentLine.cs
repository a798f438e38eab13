using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PrEnv.Controller.Pages;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary>One environment in the output of <c>prenv get</c>.</summary>
internal sealed record EnvironmentLine
{
    // For links to GitHub, which are not shown.
    private static readonly Uri NoApi = new("https://api.github.com/");

    public required string Namespace { get; init; }

    public required string Resource { get; init; }

    public string? Repository { get; init; }

    public required int PrNumber { get; init; }

    [JsonPropertyName("headSHA")]
    public string? HeadSha { get; init; }

    public required string Phase { get; init; }

    public required string Reason { get; init; }

    public string? Message { get; init; }

    public string? HelmRelease { get; init; }

    public string? Url { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Does the status leave out pull requests, as it has no room for more?</summary>
    public static bool AreCut(PREphemeralEnvController resource) =>
        resource.Status is { Environments.Count: >= PREphemeralEnvControllerStatus.MaxEnvironments and var rows } status
        && (status.OpenPullRequests != rows || status.EnvironmentsTotal > rows);

    /// <summary>What Flux says of environments that the status leaves out, by number.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="releases">The HelmReleases that its name is on.</param>
    public static ImmutableArray<EnvironmentLine> OfRest(PREphemeralEnvController resource, IEnumerable<HelmRelease> releases)
    {
        var known = (resource.Status?.Environments ?? []).OfType<EnvironmentStatus>().Select(row => row.PrNumber).ToHashSet();
        return
        [
            .. releases
                .Select(release => (Number: Ownership.PrNumberIfOwned(release, resource), Release: release))
                .Where(owned => owned.Number is { } number && known.Add(number))
                .OrderBy(owned => owned.Number)
                .Select(owned => Of(Entries.Of(resource, owned.Number!.Value, null, null, owned.Release, NoApi))),
        ];
    }

    /// <summary>The rows of a resource's status, by number.</summary>
    public static ImmutableArray<EnvironmentLine> Of(PREphemeralEnvController resource)
    {
        var repository = resource.Spec.GitHubPRRepository is { User: { } user, Repo: { } repo } ? $"{user}/{repo}" : null;
        var rows = (resource.Status?.Environments ?? []).OfType<EnvironmentStatus>().OrderBy(row => row.PrNumber);
        return
        [
            .. rows.Select(row => new EnvironmentLine
            {
                Namespace = resource.Metadata.Namespace,
                Resource = resource.Metadata.Name,
                Repository = repository,
                PrNumber = row.PrNumber,
                HeadSha = row.HeadSha,
                Phase = row.Phase,
                Reason = row.Reason,
                Message = row.Message,
                HelmRelease = row.HelmRelease,
                Url = row.Url,
                Since = row.Since,
                ExpiresAt = row.ExpiresAt,
            }),
        ];
    }

    private static EnvironmentLine Of(EnvironmentEntry entry) => new()
    {
        Namespace = entry.Namespace,
        Resource = entry.Resource,
        Repository = entry.Repository,
        PrNumber = entry.Number,
        HeadSha = entry.Commit,
        Phase = entry.Phase,
        Reason = entry.Reason ?? "",
        Message = entry.Message,
        HelmRelease = entry.HelmRelease,
        Url = entry.Url,
        Since = entry.Since,
        ExpiresAt = entry.ExpiresAt,
    };
}
