using System.Net;
using System.Text.RegularExpressions;

namespace PrEnv.Controller.GitHub.Faults;

/// <summary>
/// What an unsuccessful status code means. The rate limit handler has already handled rate limits.
/// </summary>
internal static partial class AnswerFaults
{
    private const string PermissionsHeader = "X-Accepted-GitHub-Permissions";

    /// <summary>The fault for an answer; the body only helps to choose between fixed sentences.</summary>
    public static async Task<GitHubFault> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var needed = response.Headers.TryGetValues(PermissionsHeader, out var values) ? string.Join("; ", values) : "";
        var kind = KindOf(response.StatusCode, ErrorAnswer.Parse(await response.ReadTextAsync(cancellationToken)));
        return new GitHubFault(kind, MessageFor(kind, (int)response.StatusCode), response.StatusCode)
        {
            NeededPermissions = PermissionList().IsMatch(needed) ? needed : null,
        };
    }

    private static GitHubFaultKind KindOf(HttpStatusCode status, ErrorAnswer answer) => (int)status switch
    {
        401 => GitHubFaultKind.CredentialRefused,
        403 => GitHubWording.KindOfForbidden(answer),
        404 or 410 or 451 => GitHubFaultKind.NotFound,
        301 or 302 or 307 or 308 => GitHubFaultKind.Moved,
        422 => GitHubWording.KindOfUnprocessable(answer),
        400 or 409 => GitHubFaultKind.Invalid,
        >= 500 => GitHubFaultKind.ServerError,
        _ => GitHubFaultKind.Malformed,
    };

    private static string MessageFor(GitHubFaultKind kind, int status) => kind switch
    {
        GitHubFaultKind.CredentialRefused =>
            "GitHub refused the credential (401): the token is invalid, expired or revoked. Put a valid one in the Secret.",
        GitHubFaultKind.AccessDenied =>
            "GitHub refused access (403): the token lacks a permission, or the organisation has not approved it.",
        GitHubFaultKind.ConversationLocked => "GitHub refused the request (403): the conversation of the pull request is locked.",
        GitHubFaultKind.Archived => "GitHub refused the request (403): the repository is archived, so that nothing can be reported there.",
        GitHubFaultKind.NotFound =>
            "The repository does not exist (404), or the token has no access to it. Check spec.githubPRRepository and the token's access.",
        GitHubFaultKind.Moved =>
            "GitHub returned a redirect that is not followed because it leads outside its API. If the repository was renamed or moved, "
            + "change spec.githubPRRepository to its new owner and name.",
        GitHubFaultKind.TooManyStatuses =>
            "GitHub refused the request (422): this commit and context already have 1000 statuses, which is GitHub's limit.",
        GitHubFaultKind.PermissionsNotGranted => "GitHub refused the request (422): the App was not granted these permissions.",
        GitHubFaultKind.UnknownCommit => "GitHub refused the request (422): the commit does not exist.",
        GitHubFaultKind.Invalid => $"GitHub refused the request as invalid ({status}).",
        GitHubFaultKind.ServerError => $"GitHub returned an error ({status}); retrying.",
        _ => $"GitHub returned an unexpected response ({status}).",
    };

    /// <summary>Names and levels, such as <c>statuses=write; pull_requests=read,contents=read</c>; anything else is not quoted.</summary>
    [GeneratedRegex("^[a-z_]+=[a-z]+([,;] ?[a-z_]+=[a-z]+){0,15}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PermissionList();
}
