using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Paging;

/// <summary>Reads a list to its end, page by page, each by a conditional request. For lists that grow at their end.</summary>
internal static class PageWalk
{
    /// <inheritdoc cref="ReadAsync{T}(GitHubChannel, Uri, int, int, Func{Stream, T[]}, int, CancellationToken)"/>
    public static Task<ImmutableArray<T>> ReadAsync<T>(
        GitHubChannel channel, Uri first, int size, int maxPages, Func<Stream, T[]> parse, CancellationToken cancellationToken) =>
        ReadAsync(channel, first, size, maxPages, parse, int.MaxValue, cancellationToken);

    /// <summary>
    /// All items, in GitHub's order, but no more than <paramref name="most"/>. Throws <see cref="GitHubFaultException"/> when a page is
    /// missing, or the list does not end.
    /// </summary>
    public static async Task<ImmutableArray<T>> ReadAsync<T>(
        GitHubChannel channel, Uri first, int size, int maxPages, Func<Stream, T[]> parse, int most,
        CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        var visited = new HashSet<Uri>();
        for (var next = first; next is not null && items.Count < most;)
        {
            if (!visited.Add(next))
                throw new GitHubFaultException(GitHubFault.Malformed("a page links to an earlier page as the next one"));
            if (visited.Count > PageSizes.Pages(maxPages, size))
                throw new GitHubFaultException(GitHubFault.Malformed($"there are more than {maxPages} pages"));
            var page = await channel.GetAsync(next, parse, cancellationToken);
            items.AddRange(page.Value.AsSpan(0, Math.Min(page.Value.Length, most - items.Count)));
            // A full last page does not change when another follows it: "not modified" says nothing about that one.
            next = page.Next ?? (page.Value.Length >= size ? Numbered(first, visited.Count + 1) : null);
        }

        return items.ToImmutable();
    }

    private static Uri Numbered(Uri first, int page) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{first.AbsoluteUri}&page={page}"));
}
