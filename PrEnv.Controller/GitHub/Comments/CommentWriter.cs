using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Writing;

namespace PrEnv.Controller.GitHub.Comments;

/// <inheritdoc cref="ICommentWriter"/>
internal sealed class CommentWriter(
    GitHubChannelPool channels, GitHubWriter writer, PageSizes sizes, GitHubClientOptions options,
    ILogger<CommentWriter> logger) : ICommentWriter
{
    private static readonly WriteKind What = new(
        "the comment", "the token needs write permission for pull requests (classic tokens: the scope repo or public_repo).",
        AppPermissions.Comments);

    public Task<WriteResult<long>> CreateAsync(RepositoryAccess access, int number, string body, CancellationToken cancellationToken) =>
        SendAsync(access, HttpMethod.Post, () => RepositoryUrls.NewComment(access, number), WriteTarget.List, body, cancellationToken);

    public Task<WriteResult<long>> EditAsync(RepositoryAccess access, long id, string body, CancellationToken cancellationToken) =>
        SendAsync(access, HttpMethod.Patch, () => RepositoryUrls.Comment(access, id), WriteTarget.Object, body, cancellationToken);

    public async Task<CommentSearch> FindAsync(RepositoryAccess access, int number, string marker, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var comments = await sizes.ReadAsync(
                access, size => RepositoryUrls.Comments(access, number, size),
                (first, size) => CommentPages.ReadAsync(lease.Channel, first, size, options.MaxPages, cancellationToken));
            foreach (var comment in comments.Where(c => c.Body?.StartsWith(marker, StringComparison.Ordinal) == true).OrderBy(c => c.Id))
            {
                if (comment.User?.Type == "Bot"
                    || await Permissions.MayWriteAsync(lease.Channel, access, comment.User?.Login, cancellationToken))
                {
                    return new CommentSearch(null, new FoundComment(comment.Id, comment.Body!));
                }
            }

            return new CommentSearch(null, null);
        }
        catch (GitHubFaultException e)
        {
            ReadLog.NotRead(logger, "the comments", access, e.Fault);
            return new CommentSearch(WriteFaults.OfRead<long>(e.Fault, access, What), null);
        }
    }

    private Task<WriteResult<long>> SendAsync(
        RepositoryAccess access, HttpMethod method, Func<Uri> address, WriteTarget target, string body,
        CancellationToken cancellationToken) =>
        writer.SendAsync(
            access, new WriteRequest(What, method, address, JsonBody.Of(new CommentBody(body), GitHubJson.Default.CommentBody), target),
            CommentPages.ReadId, cancellationToken);
}
