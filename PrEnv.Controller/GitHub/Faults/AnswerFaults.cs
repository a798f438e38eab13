using System.Net;
using System.Text.RegularExpressions;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Faults;

/// <summary>
/// What a status code that is no success means. Rate limits were sorted out before, by the rate limit handler.
/// </summary>
internal static partial class AnswerFaults
{
    /// <summary>An App asked for a token with more rights than it has.</summary>
    public const string PermissionsNotGranted = "GitHub refused the request (422): the App was not granted these permissions.";

    private const string PermissionsHeader = "X-Accepted-GitHub-Permissions";

    /// <summary>The fault for an answer; the body only helps to choose among fixed sentences.</summary>
    public static async Task<GitHubFault> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var needed = response.Headers.TryGetValues(PermissionsHeader, out var values) ? string.Join("; ", values) : "";
        return From(response.StatusCode, await response.ReadTextAsync(cancellationToken)) with
        {
            NeededPermissions = PermissionList().IsMatch(needed) ? needed : null,
        };
    }

    private static GitHubFault From(HttpStatusCode status, string body) => (int)status switch
    {
        401 => new(
            UnavailableReason.Unauthorized,
            "GitHub refused the credential (401): the token is wrong, expired or revoked. Put a valid one into the Secret.",
            status),
        403 => new(
            UnavailableReason.Unauthorized,
            "GitHub refused access (403): the token lacks a permission, or its owner's organisation does not admit it.",
            status),
        404 or 410 or 451 => new(
            UnavailableReason.NotFound,
            "GitHub knows no such repository (404), or the token may not see it. Check spec.githubPRRepository and the token's access.",
            status),
        301 or 302 or 307 or 308 => new(
            UnavailableReason.Moved,
            "GitHub answered with a redirect that is not followed, because it leads out of its API. If the repository was renamed or moved: "
            + "Change spec.githubPRRepository to its new owner and name.",
            status),
        422 => new(UnavailableReason.Malformed, Refusal(body), status),
        >= 500 => new(UnavailableReason.ServerError, $"GitHub failed ({(int)status}). It will be asked again.", status),
        _ => new(UnavailableReason.Malformed, $"GitHub gave an answer that is not expected here ({(int)status}).", status),
    };

    /// <summary>GitHub's wording of these two is not documented; both were seen in the wild.</summary>
    private static string Refusal(string body)
    {
        if (body.Contains("maximum number of statuses", StringComparison.OrdinalIgnoreCase))
            return "GitHub refused the request (422): this commit and context have the 1000 statuses that GitHub keeps.";

        if (body.Contains("permissions requested are not granted", StringComparison.OrdinalIgnoreCase)) return PermissionsNotGranted;

        return body.Contains("No commit found", StringComparison.OrdinalIgnoreCase)
            ? "GitHub refused the request (422): it does not know this commit."
            : "GitHub refused the request as invalid (422).";
    }

    /// <summary>Names and levels, such as <c>statuses=write; pull_requests=read,contents=read</c>; anything else is not quoted.</summary>
    [GeneratedRegex("^[a-z_]+=[a-z]+([,;] ?[a-z_]+=[a-z]+){0,15}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PermissionList();
}
