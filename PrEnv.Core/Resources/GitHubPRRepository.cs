using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary><c>spec.githubPRRepository</c>.</summary>
public sealed record GitHubPRRepository
{
    /// <summary>Owner: a user or an organisation.</summary>
    public string? User { get; init; }

    /// <summary>Repository.</summary>
    public string? Repo { get; init; }

    /// <summary>Personal access token; at most one of this and <see cref="AppSecretRef"/>; neither: anonymous.</summary>
    public SecretKeyReference? TokenSecretRef { get; init; }

    /// <summary>GitHub App.</summary>
    public SecretReference? AppSecretRef { get; init; }

    /// <summary>GitHub Enterprise Server's API.</summary>
    [JsonPropertyName("apiURL")]
    public string? ApiUrl { get; init; }

    /// <summary>The shared secret of the repository's webhook; null: deliveries are not accepted.</summary>
    public SecretKeyReference? WebhookSecretRef { get; init; }
}
