using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Comments;

/// <inheritdoc cref="ICommandSource"/>
internal sealed class CommandSource(
    GitHubChannelPool channels, GitHubWriter writer, PageSizes sizes, GitHubClientOptions options,
    ILogger<CommandSource> logger) : ICommandSource
{
    // Comments of the same second, and one that GitHub shows later than a newer one, are read too.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private static readonly WriteKind What = new(
        "the reaction", "the token needs write permission for pull requests (classic tokens: the scope repo or public_repo).",
        AppPermissions.Comments);

    public async Task<CommandReading> ReadAsync(RepositoryAccess access, CommandQuery query, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var (comments, pageSize) = await sizes.ReadAsync(
                access, size => RepositoryUrls.CommentsSince(access, query.Since, size),
                async (first, size) =>
                    (await CommentPages.ReadAsync(lease.Channel, first, size, options.MaxPages, cancellationToken), size));
            return await SortAsync(lease.Channel, access, comments, pageSize, query, cancellationToken);
        }
        catch (GitHubFaultException e)
        {
            ReadLog.NotRead(logger, "the comments", access, e.Fault);
            return CommandReading.Failed(e.Fault.Message, query.Since);
        }
    }

    public Task<WriteResult<bool>> ReactAsync(
        RepositoryAccess access, long commentId, string content, CancellationToken cancellationToken) =>
        writer.SendAsync(
            access,
            new WriteRequest(
                What, HttpMethod.Post, () => RepositoryUrls.Reactions(access, commentId),
                JsonBody.Of(new ReactionBody(content), GitHubJson.Default.ReactionBody), WriteTarget.Object),
            _ => true, cancellationToken);

    private async Task<CommandReading> SortAsync(
        GitHubChannel channel, RepositoryAccess access, ImmutableArray<CommentJson> comments, int pageSize, CommandQuery query,
        CancellationToken cancellationToken)
    {
        var (commands, strangers) = (ImmutableArray.CreateBuilder<Command>(), ImmutableArray.CreateBuilder<Command>());
        var unclear = ImmutableDictionary<int, string>.Empty;
        // A comment that moves between two pages moves to the end: a second page is read again, from the end of the first.
        var next = comments.Take(pageSize).Max(c => c.UpdatedAt) ?? query.Since;
        foreach (var comment in comments.OrderBy(c => c.Id).Where(c => !query.Known.ContainsKey(c.Id)))
        {
            if (Find(comment) is not { } command || command.CreatedAt < query.Oldest)
                continue;
            if (!query.PullRequests.Contains(command.PrNumber))
            {
                Hold(comment);
            }
            else
            {
                try
                {
                    // Only its author, or someone with more permissions, can have written a command in it.
                    var mayWrite = await Permissions.MayWriteAsync(channel, access, comment.User?.Login, cancellationToken);
                    (mayWrite ? commands : strangers).Add(command);
                }
                catch (GitHubFaultException e)
                {
                    ReadLog.NotRead(logger, "the comments", access, e.Fault);
                    unclear = unclear.SetItem(command.PrNumber, e.Fault.Message);
                    Hold(comment);
                }
            }
        }

        return new CommandReading(null, commands.ToImmutable(), strangers.ToImmutable(), unclear, Later(query.Since, Earlier(next)));

        // It is read again: its pull request may not be in the listing yet.
        void Hold(CommentJson comment) => next = comment.UpdatedAt is { } at && at < next ? at : next;
    }

    private static Command? Find(CommentJson comment) =>
        CommandText.Find(comment.Body) is { } found && comment.CreatedAt is { } written && NumberOf(comment) is { } number
            ? new Command(number, comment.Id, found.Verb, found.Sha, written) { Time = found.Time }
            : null;

    private static int? NumberOf(CommentJson comment) =>
        comment.IssueUrl is { } url
        && int.TryParse(url.AsSpan(url.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    // GitHub's times are taken as they come, and the first of all has none before it.
    private static DateTimeOffset Earlier(DateTimeOffset time) =>
        time - DateTimeOffset.MinValue > Overlap ? time - Overlap : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
