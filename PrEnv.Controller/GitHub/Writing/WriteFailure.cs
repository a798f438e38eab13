namespace PrEnv.Controller.GitHub.Writing;

/// <summary>Why a write has failed. Each has a scope: see <see cref="WriteFailures.Scope"/>.</summary>
internal enum WriteFailure
{
    /// <summary>GitHub had an internal error. This write may succeed later, and others now.</summary>
    Passing,

    /// <summary>No answer came: GitHub may have accepted it or not. Check that before retrying this write.</summary>
    OutcomeUnknown,

    /// <summary>GitHub cannot be reached, or this process is not the leader: no other write would succeed now either.</summary>
    Unreachable,

    /// <summary>What was to be changed has been deleted; or the credential may not change it, which GitHub does not reveal.</summary>
    NotFound,

    /// <summary>
    /// The same request for the same object will not be accepted: an unknown commit, a locked conversation. Another text may be accepted.
    /// </summary>
    Refused,

    /// <summary>The object takes nothing more of this kind, whatever it says: a commit that has 1,000 statuses.</summary>
    Full,

    /// <summary>
    /// The credential lacks the permission for what was to be written, or the repository is gone: nothing of this kind can be written with
    /// it.
    /// </summary>
    Forbidden,

    /// <summary>The repository is archived: nothing can be written there until that is changed.</summary>
    ReadOnly,

    /// <summary>
    /// The credential is wrong, expired, revoked or suspended, or its App's installation lacks something: nothing at all can be written
    /// with it.
    /// </summary>
    CredentialRefused,
}

/// <summary>The scope of a failure. It must not delay anything beyond that.</summary>
internal enum FailureScope
{
    /// <summary>The one comment, commit or deployment; so this pull request only.</summary>
    Object,

    /// <summary>Everything of this kind, such as comments, in this repository with this credential.</summary>
    Kind,

    /// <summary>Everything that is written with this credential.</summary>
    Everything,
}

/// <summary>What follows from a failure.</summary>
internal static class WriteFailures
{
    /// <summary>How far it reaches.</summary>
    public static FailureScope Scope(this WriteFailure failure) => failure switch
    {
        WriteFailure.Forbidden => FailureScope.Kind,
        WriteFailure.CredentialRefused or WriteFailure.Unreachable or WriteFailure.ReadOnly => FailureScope.Everything,
        _ => FailureScope.Object,
    };

    /// <summary>Is it pointless to send the same again? False for what can be fixed elsewhere: a permission, a credential.</summary>
    public static bool IsPermanent(this WriteFailure failure) =>
        failure is WriteFailure.Refused or WriteFailure.Full or WriteFailure.ReadOnly;
}
