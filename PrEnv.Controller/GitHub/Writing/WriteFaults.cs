using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Writing;

/// <summary>What a fault means for what is to be written: for a retry, for other writes, and for people.</summary>
internal static class WriteFaults
{
    /// <summary>A write that failed.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="access">The repository.</param>
    /// <param name="kind">What was to be written.</param>
    /// <param name="target">What the address names.</param>
    public static WriteResult<T> Of<T>(GitHubFault fault, RepositoryAccess access, WriteKind kind, WriteTarget target)
    {
        if (fault is { Kind: GitHubFaultKind.RateLimited, Until: { } until })
            return new WriteResult<T>.Deferred(until);

        var why = fault.IsOutcomeUnknown ? WriteFailure.OutcomeUnknown : Meaning(fault.Kind, target);
        return new WriteResult<T>.Failed(MessageFor(why, fault, access, kind), why);
    }

    /// <summary>
    /// What was to be looked at before a write could not be read. Nothing was written, and a token that may not even read that may not
    /// write it.
    /// </summary>
    public static WriteResult<T> OfRead<T>(GitHubFault fault, RepositoryAccess access, WriteKind kind) =>
        fault.Kind is GitHubFaultKind.AccessDenied or GitHubFaultKind.CredentialRefused or GitHubFaultKind.RateLimited
            ? Of<T>(fault with { IsOutcomeUnknown = false }, access, kind, WriteTarget.List)
            : new WriteResult<T>.Failed(fault.Message, WriteFailure.Passing);

    private static WriteFailure Meaning(GitHubFaultKind kind, WriteTarget target) => kind switch
    {
        GitHubFaultKind.CredentialRefused => WriteFailure.CredentialRefused,
        GitHubFaultKind.AccessDenied => WriteFailure.Forbidden,
        GitHubFaultKind.NotFound => target == WriteTarget.Object ? WriteFailure.NotFound : WriteFailure.Forbidden,
        GitHubFaultKind.ConversationLocked or GitHubFaultKind.UnknownCommit or GitHubFaultKind.Invalid => WriteFailure.Refused,
        GitHubFaultKind.TooManyStatuses => WriteFailure.Full,
        GitHubFaultKind.Archived => WriteFailure.ReadOnly,
        GitHubFaultKind.Unreachable => WriteFailure.Unreachable,
        _ => WriteFailure.Passing,
    };

    private static string MessageFor(WriteFailure why, GitHubFault fault, RepositoryAccess access, WriteKind kind) => (why, fault.Kind)
        switch
    {
        (WriteFailure.OutcomeUnknown, _) => $"{fault.Message} It is not known whether {kind.Name} was written.",
        (WriteFailure.Forbidden, GitHubFaultKind.AccessDenied) when access.Credential.App is { } app =>
            $"GitHub refused {kind.Name} (403): the installation of App {app.AppId} has not granted {PermissionOf(kind)}. Add it in the "
            + "App's settings, and accept the change where the App is installed.",
        (WriteFailure.Forbidden, GitHubFaultKind.AccessDenied) =>
            $"GitHub refused {kind.Name} (403): {kind.Permission}{fault.PermissionHint}",
        (WriteFailure.Forbidden or WriteFailure.NotFound, _) =>
            $"GitHub refused {kind.Name} (404): the repository is gone, or {kind.Permission}",
        (WriteFailure.Refused, GitHubFaultKind.Invalid) => $"GitHub rejected {kind.Name} ({(int)fault.Status!}).",
        _ => fault.Message,
    };

    private static string PermissionOf(WriteKind kind) => string.Join(
        " and ", AppPermissionNames.Of(kind.AppPermission).Where(p => p.Value == "write").Select(p => $"{p.Key}: {p.Value}"));
}
