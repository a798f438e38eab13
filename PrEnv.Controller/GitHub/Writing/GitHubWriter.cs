using System.Net;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Writing;

/// <summary>Writes to GitHub within its limits and our own budget. Throws only <see cref="OperationCanceledException"/>.</summary>
internal sealed class GitHubWriter(GitHubChannelPool channels, TimeProvider timeProvider, ILogger<GitHubWriter> logger)
{
    /// <summary>Sends JSON once.</summary>
    /// <param name="access">The repository.</param>
    /// <param name="what">What is written and what that needs.</param>
    /// <param name="method">POST or PATCH.</param>
    /// <param name="address">Where to; may throw for names that no repository can have.</param>
    /// <param name="json">The body.</param>
    /// <param name="parse">Reads the answer.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<WriteResult<T>> SendAsync<T>(
        RepositoryAccess access, WriteKind what, HttpMethod method, Func<Uri> address, byte[] json, Func<Stream, T> parse, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var uri = address();
            if (lease.Channel.Limit is { } limit) return From<T>(limit, what);
            if (!lease.Channel.TryTakeWrite(out var wait)) return new WriteResult<T>.Deferred(timeProvider.GetUtcNow() + wait);

            var (value, status) = await lease.Channel.SendAsync(method, uri, json, parse, cancellationToken);
            GitHubLog.Wrote(logger, what.Name, access.Owner, access.Name, method, uri.AbsolutePath);
            return new WriteResult<T>.Done(value, IsNew: status == HttpStatusCode.Created);
        }
        catch (GitHubFaultException e)
        {
            return From<T>(e.Fault, what);
        }
    }

    private static WriteResult<T> From<T>(GitHubFault fault, WriteKind what) => fault switch
    {
        { Reason: UnavailableReason.RateLimited, Until: { } until } => new WriteResult<T>.Deferred(until),
        { Status: HttpStatusCode.Forbidden } => new WriteResult<T>.Failed($"GitHub refused {what.Name} (403): {what.Permission}", WriteFailure.Forbidden),
        { Status: HttpStatusCode.NotFound or HttpStatusCode.Gone } =>
            new WriteResult<T>.Failed($"GitHub refused {what.Name} (404): the repository is gone, or {what.Permission}", WriteFailure.NotFound),
        { Status: HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest or HttpStatusCode.Conflict } =>
            new WriteResult<T>.Failed($"GitHub does not accept {what.Name} ({(int)fault.Status!}).", WriteFailure.Refused),
        { IsOutcomeUnknown: true } => new WriteResult<T>.Failed($"{fault.Message} Whether it has {what.Name} is not known.", WriteFailure.Passing),
        _ => new WriteResult<T>.Failed(fault.Message, WriteFailure.Passing),
    };
}

/// <summary>What is written.</summary>
/// <param name="Name">With its article, for sentences: "the comment".</param>
/// <param name="Permission">The permission that the token needs: the end of a sentence.</param>
internal sealed record WriteKind(string Name, string Permission);
