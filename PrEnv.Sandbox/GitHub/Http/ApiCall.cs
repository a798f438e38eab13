using Microsoft.AspNetCore.Http.Features;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>What the gate found out about a request.</summary>
internal sealed class ApiCall
{
    public const string Version2022 = "2022-11-28";
    public const string Version2026 = "2026-03-10";

    /// <summary>Null without one.</summary>
    public AccessToken? Token { get; set; }

    /// <summary>The token whose bucket pays; null for everybody's. A wrong token pays from there too.</summary>
    public string? Payer => Token?.Payer ?? (App is { } app ? $"app {app.Id}" : null);

    /// <summary>The App that proved by a JWT who it is; null for everybody else.</summary>
    public GitHubApp? App { get; set; }

    /// <summary>Does the request count against the primary limit?</summary>
    public bool Charged { get; set; }

    /// <summary>Without a trailing slash: what URLs in answers start with.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Of the REST API.</summary>
    public string Version { get; set; } = Version2022;

    /// <summary>The call, or null for a request that is not one of GitHub's API.</summary>
    public static ApiCall? Find(HttpContext context) => context.Features.Get<ApiCall>();

    public static ApiCall Of(HttpContext context) => context.Features.GetRequiredFeature<ApiCall>();
}
