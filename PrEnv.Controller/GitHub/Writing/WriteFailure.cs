namespace PrEnv.Controller.GitHub.Writing;

/// <summary>Why a write has failed. Each is about something: see <see cref="WriteFailures.Scope"/>.</summary>
internal enum WriteFailure
{
    /// <summary>GitHub had an error of its own. This write may succeed later, and others now.</summary>
    Passing,

    /// <summary>No answer came: GitHub may have it or not. To be looked up before this write is tried again.</summary>
    OutcomeUnknown,

    /// <summary>There is no way to GitHub, or this process does not lead: no other write has better prospects now.</summary>
    Unreachable,

    /// <summary>What was to be changed has been deleted; or the credential may not change it, and is not told so.</summary>
    NotFound,

    /// <summary>
    /// The same request about the same object will not be accepted: a commit that GitHub does not know or that has 1,000 statuses, a locked
    /// conversation. Another text may be worth a try.
    /// </summary>
    Refused,

    /// <summary>
    /// The credential lacks the permission for what was to be written, or the repository is gone: nothing of this kind can be written with
    /// it.
    /// </summary>
    Forbidden,

    /// <summary>
    /// The credential is wrong, expired, revoked or suspended, or its App's installation lacks something: nothing at all can be written
    /// with it.
    /// </summary>
    CredentialRefused,
}

/// <summary>What a failure is about. It must hold up nothing beyond that.</summary>
internal enum FailureScope
{
    /// <summary>The one comment, commit or deployment; so this pull request only.</summary>
    Object,

    /// <summary>All that is of this kind, such as comments, in this repository with this credential.</summary>
    Kind,

    /// <summary>All that is written with this credential.</summary>
    Everything,
}

/// <summary>What follows from a failure.</summary>
internal static class WriteFailures
{
    /// <summary>How far it reaches.</summary>
    public static FailureScope Scope(this WriteFailure failure) => failure switch
    {
        WriteFailure.Forbidden => FailureScope.Kind,
        WriteFailure.CredentialRefused or WriteFailure.Unreachable => FailureScope.Everything,
        _ => FailureScope.Object,
    };

    /// <summary>
    /// Is there no use in sending the same again? False for what people may set right elsewhere: a permission, a credential.
    /// </summary>
    public static bool IsPermanent(this WriteFailure failure) => failure == WriteFailure.Refused;
}
