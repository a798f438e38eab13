using System.Net;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Writing;

/// <summary>Writes to GitHub within its limits and our own budget. Throws only <see cref="OperationCanceledException"/>.</summary>
internal sealed partial class GitHubWriter(GitHubChannelPool channels, TimeProvider timeProvider, ILogger<GitHubWriter> logger)
{
    /// <summary>Sends a request once.</summary>
    /// <param name="access">The repository.</param>
    /// <param name="request">What is written.</param>
    /// <param name="parse">Reads the answer.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<WriteResult<T>> SendAsync<T>(
        RepositoryAccess access, WriteRequest request, Func<Stream, T> parse, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var uri = request.Address();
            if (lease.Channel.Limit is { } limit)
                return From<T>(limit, request);
            if (!lease.Channel.TryTakeWrite(out var wait))
                return new WriteResult<T>.Deferred(timeProvider.GetUtcNow() + wait);

            var (value, status) = await lease.Channel.SendAsync(request.Method, uri, request.Body, parse, cancellationToken);
            Wrote(logger, request.Kind.Name, access.Owner, access.Name, request.Method, uri.AbsolutePath);
            return new WriteResult<T>.Done(value, IsNew: status == HttpStatusCode.Created);
        }
        catch (GitHubFaultException e)
        {
            return From<T>(e.Fault, request);
        }
    }

    private static WriteResult<T> From<T>(GitHubFault fault, WriteRequest request)
    {
        if (fault is { Kind: GitHubFaultKind.RateLimited, Until: { } until })
            return new WriteResult<T>.Deferred(until);

        var why = fault.IsOutcomeUnknown ? WriteFailure.OutcomeUnknown : Meaning(fault.Kind, request.Target);
        return new WriteResult<T>.Failed(MessageFor(why, fault, request), why);
    }

    private static WriteFailure Meaning(GitHubFaultKind kind, WriteTarget target) => kind switch
    {
        GitHubFaultKind.CredentialRefused => WriteFailure.CredentialRefused,
        GitHubFaultKind.AccessDenied => WriteFailure.Forbidden,
        GitHubFaultKind.NotFound => target == WriteTarget.Object ? WriteFailure.NotFound : WriteFailure.Forbidden,
        GitHubFaultKind.ConversationLocked or GitHubFaultKind.TooManyStatuses or GitHubFaultKind.UnknownCommit or GitHubFaultKind.Invalid =>
            WriteFailure.Refused,
        GitHubFaultKind.Unreachable => WriteFailure.Unreachable,
        _ => WriteFailure.Passing,
    };

    private static string MessageFor(WriteFailure why, GitHubFault fault, WriteRequest request) => (why, fault.Kind) switch
    {
        (WriteFailure.OutcomeUnknown, _) => $"{fault.Message} It is not known whether {request.Kind.Name} was written.",
        (WriteFailure.Forbidden, GitHubFaultKind.AccessDenied) =>
            $"GitHub refused {request.Kind.Name} (403): {request.Kind.Permission}{fault.PermissionHint}",
        (WriteFailure.Forbidden or WriteFailure.NotFound, _) =>
            $"GitHub refused {request.Kind.Name} (404): the repository is gone, or {request.Kind.Permission}",
        (WriteFailure.Refused, GitHubFaultKind.Invalid) => $"GitHub rejected {request.Kind.Name} ({(int)fault.Status!}).",
        _ => fault.Message,
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote {What} of {Owner}/{Repository}: {Method} {Path}")]
    private static partial void Wrote(ILogger logger, string what, string owner, string repository, HttpMethod method, string path);
}
