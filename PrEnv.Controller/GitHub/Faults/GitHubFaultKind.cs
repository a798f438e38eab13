namespace PrEnv.Controller.GitHub.Faults;

/// <summary>What has gone wrong. Every decision is made by this; the sentence of a <see cref="GitHubFault"/> is for people alone.</summary>
internal enum GitHubFaultKind
{
    /// <summary>An answer that GitHub's API does not promise.</summary>
    Malformed,

    /// <summary>There is no way to GitHub: no name, connection, TLS or proxy; or this instance must not write at present.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>GitHub had an error of its own (5xx), or the connection broke off.</summary>
    ServerError,

    /// <summary>A rate limit; <see cref="GitHubFault.Until"/> says until when.</summary>
    RateLimited,

    /// <summary>The credential itself is refused, for anything. The message says why; more about one request would mislead.</summary>
    CredentialRefused,

    /// <summary>An App asked for a token with more permissions than its installation has granted.</summary>
    PermissionsNotGranted,

    /// <summary>The credential is valid, but lacks a permission (403).</summary>
    AccessDenied,

    /// <summary>The conversation of a pull request is locked (403).</summary>
    ConversationLocked,

    /// <summary>It does not exist, or the credential may not see it: GitHub does not tell these apart.</summary>
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
