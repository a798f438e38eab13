using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.PullRequests;

/// <summary>Joins pages. Pull requests are opened and closed while they are read, so that one may appear on two of them.</summary>
internal sealed class ListingCollector(int maxPages)
{
    private readonly Dictionary<int, ListedPullRequest> _byNumber = [];
    private readonly HashSet<Uri> _visited = [];

    /// <summary>Pages begun.</summary>
    public int Pages => _visited.Count;

    /// <summary>Called before each page. Throws <see cref="GitHubFaultException"/> when the pages do not end.</summary>
    public void Begin(Uri page)
    {
        if (!_visited.Add(page))
            throw new GitHubFaultException(GitHubFault.Malformed("a page links to an earlier page as the next one"));
        if (_visited.Count > maxPages)
            throw new GitHubFaultException(GitHubFault.Malformed($"there are more than {maxPages} pages"));
    }

    /// <summary>
    /// Of two versions of a pull request, the one changed last counts; if both were changed at the same time, the one read last.
    /// </summary>
    public void Add(IEnumerable<ListedPullRequest> page)
    {
        foreach (var listed in page)
        {
            var number = listed.PullRequest.Number;
            if (!_byNumber.TryGetValue(number, out var known) || string.CompareOrdinal(listed.UpdatedAt, known.UpdatedAt) >= 0)
                _byNumber[number] = listed;
        }
    }

    public PullRequestListing.Complete Complete() =>
        new(_byNumber.Values.Select(listed => listed.PullRequest).OrderBy(pullRequest => pullRequest.Number).ToImmutableArray());
}
