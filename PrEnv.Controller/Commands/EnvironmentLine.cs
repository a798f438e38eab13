using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Commands;

/// <summary>One environment in the output of <c>prenv get</c>.</summary>
internal sealed record EnvironmentLine
{
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
}
