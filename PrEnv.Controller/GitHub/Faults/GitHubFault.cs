using System.Net;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Faults;

/// <summary>Why a request to GitHub failed, in words that are safe to publish.</summary>
/// <param name="Kind">What has gone wrong.</param>
/// <param name="Message">
/// A sentence for the operator, free of tokens, headers and bodies, the same for the same cause. No decision depends on it.
/// </param>
/// <param name="Status">GitHub's status code; null when there was no answer.</param>
/// <param name="Until">When a rate limit ends.</param>
internal sealed record GitHubFault(
    GitHubFaultKind Kind, string Message, HttpStatusCode? Status = null, DateTimeOffset? Until = null)
{
    /// <summary>What it means for a listing.</summary>
    public UnavailableReason Reason => Kind switch
    {
        GitHubFaultKind.CredentialRefused or GitHubFaultKind.AccessDenied or GitHubFaultKind.ConversationLocked
            or GitHubFaultKind.Archived => UnavailableReason.Unauthorized,
        GitHubFaultKind.NotFound => UnavailableReason.NotFound,
        GitHubFaultKind.RateLimited => UnavailableReason.RateLimited,
        GitHubFaultKind.Moved => UnavailableReason.Moved,
        GitHubFaultKind.ServerError or GitHubFaultKind.Unreachable => UnavailableReason.ServerError,
        GitHubFaultKind.Timeout => UnavailableReason.Timeout,
        _ => UnavailableReason.Malformed,
    };

    /// <summary>The request was sent but not answered: GitHub may or may not have acted on it.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>The permissions that GitHub requires, by its own names; null when it does not say.</summary>
    public string? NeededPermissions { get; init; }

    /// <summary>A sentence, with a leading space, that names the permissions that GitHub requires; empty when it does not say.</summary>
    public string PermissionHint => NeededPermissions is { } needed ? $" GitHub requires {needed}." : "";

    /// <summary>A response that does not conform to GitHub's API.</summary>
    public static GitHubFault Malformed(string detail) =>
        new(GitHubFaultKind.Malformed, $"GitHub returned an unexpected response: {detail}.");
}

/// <summary>Carries a <see cref="GitHubFault"/> up through Octokit. It has no inner exception, because those may quote headers.</summary>
internal sealed class GitHubFaultException(GitHubFault fault) : Exception(fault.Message)
{
    public GitHubFault Fault { get; } = fault;
}
