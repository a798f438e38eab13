using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;

namespace PrEnv.Controller.GitHub.Comments;

/// <summary>Reads comments and validates everything. Throws <see cref="GitHubFaultException"/>.</summary>
internal static class CommentPages
{
    /// <summary>All comments, oldest first.</summary>
    public static Task<ImmutableArray<CommentJson>> ReadAsync(
        GitHubChannel channel, Uri first, int size, int maxPages, CancellationToken cancellationToken) =>
        PageWalk.ReadAsync(channel, first, size, maxPages, ReadPage, cancellationToken);

    /// <summary>The number of a comment.</summary>
    public static long ReadId(Stream body) =>
        JsonSerializer.Deserialize(body, GitHubJson.Default.CommentJson) is { Id: > 0 } comment
            ? comment.Id
            : throw new GitHubFaultException(GitHubFault.Malformed("a comment has no number") with { IsOutcomeUnknown = true });

    private static CommentJson[] ReadPage(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.CommentJsonArray)
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        return items.All(i => i is { Id: > 0 }) ? items : throw new GitHubFaultException(GitHubFault.Malformed("a comment has no number"));
    }
}
