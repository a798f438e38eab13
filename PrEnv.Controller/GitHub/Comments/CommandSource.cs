using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Commands;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Comments;

/// <inheritdoc cref="ICommandSource"/>
internal sealed class CommandSource(
    GitHubChannelPool channels, GitHubWriter writer, GitHubClientOptions options, ILogger<CommandSource> logger) : ICommandSource
{
    private static readonly WriteKind What = new(
        "the reaction", "the token needs write permission for pull requests (classic tokens: the scope repo or public_repo).");

    public async Task<CommandReading> ReadAsync(
        RepositoryAccess access, int number, DateTimeOffset since, IReadOnlySet<long> known, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var comments = await CommentPages.ReadAsync(
                lease.Channel, RepositoryUrls.Comments(access, number, since), options.MaxPages, cancellationToken);
            var (commands, others) = (ImmutableArray.CreateBuilder<Command>(), ImmutableArray.CreateBuilder<long>());
            foreach (var comment in comments.Where(c => !known.Contains(c.Id)))
            {
                // Only its author can have written a command into it, or somebody with more rights.
                if (CommandText.Find(comment.Body) is { } found && comment.CreatedAt is { } written
                    && await Permissions.MayWriteAsync(lease.Channel, access, comment.User?.Login, cancellationToken))
                {
                    commands.Add(new Command(number, comment.Id, found.Verb, found.Sha, written));
                }
                else others.Add(comment.Id);
            }

            return new CommandReading(null, commands.ToImmutable(), others.ToImmutable(), comments.Max(c => c.UpdatedAt));
        }
        catch (GitHubFaultException e)
        {
            GitHubLog.NotRead(logger, "the comments", access.Owner, access.Name, e.Fault.Reason, e.Fault.Message);
            return new CommandReading(e.Fault.Message, [], [], null);
        }
    }

    public Task<WriteResult<bool>> ReactAsync(RepositoryAccess access, long commentId, string content, CancellationToken cancellationToken) =>
        writer.SendAsync(
            access, What, HttpMethod.Post, () => RepositoryUrls.Reactions(access, commentId),
            JsonSerializer.SerializeToUtf8Bytes(new ReactionBody(content), GitHubJson.Default.ReactionBody),
            _ => true, cancellationToken);
}
