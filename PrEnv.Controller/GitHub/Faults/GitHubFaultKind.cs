namespace PrEnv.Controller.GitHub.Faults;

/// <summary>What has gone wrong. Every decision is based on this; the message of a <see cref="GitHubFault"/> is only for people.</summary>
internal enum GitHubFaultKind
{
    /// <summary>A response that does not conform to GitHub's API.</summary>
    Malformed,

    /// <summary>
    /// GitHub cannot be reached: name resolution, connection, TLS or proxy failed; or this instance must not write at the moment.
    /// </summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>GitHub had an internal error (5xx), or the connection was interrupted.</summary>
    ServerError,

    /// <summary>A rate limit; <see cref="GitHubFault.Until"/> says until when.</summary>
    RateLimited,

    /// <summary>
    /// The credential itself is refused, for every request. The message says why; details of one request would be misleading.
    /// </summary>
    CredentialRefused,

    /// <summary>An App asked for a token with more permissions than its installation has granted.</summary>
    PermissionsNotGranted,

    /// <summary>The credential is valid, but lacks a permission (403).</summary>
    AccessDenied,

    /// <summary>The conversation of a pull request is locked (403).</summary>
    ConversationLocked,

    /// <summary>The repository is archived: nothing can be written to it (403).</summary>
    Archived,

    /// <summary>It does not exist, or the credential may not see it: GitHub does not distinguish these.</summary>
    NotFound,

    /// <summary>A redirect that must not be followed.</summary>
    Moved,

    /// <summary>GitHub does not accept the request as it is (400, 409, 422).</summary>
    Invalid,

    /// <summary>GitHub does not know the commit.</summary>
    UnknownCommit,

    /// <summary>The commit has as many statuses of that context as GitHub keeps.</summary>
    TooManyStatuses,
}
