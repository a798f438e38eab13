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
                return WriteFaults.Of<T>(limit, access, request.Kind, request.Target);
            if (!lease.Channel.TryTakeWrite(out var wait))
                return new WriteResult<T>.Deferred(timeProvider.GetUtcNow() + wait);

            var (value, status) = await lease.Channel.SendAsync(request.Method, uri, request.Body, parse, cancellationToken);
            Wrote(logger, request.Kind.Name, access.Owner, access.Name, request.Method, uri.AbsolutePath);
            return new WriteResult<T>.Done(value, IsNew: status == HttpStatusCode.Created);
        }
        catch (GitHubFaultException e)
        {
            return WriteFaults.Of<T>(e.Fault, access, request.Kind, request.Target);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Wrote {What} of {Owner}/{Repository}: {Method} {Path}")]
    private static partial void Wrote(ILogger logger, string what, string owner, string repository, HttpMethod method, string path);
}
