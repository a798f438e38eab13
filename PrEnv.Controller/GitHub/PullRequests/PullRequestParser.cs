using System.Globalization;
using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.GitHub.PullRequests;

/// <summary>A pull request and when it was last changed.</summary>
internal readonly record struct ListedPullRequest(PullRequest PullRequest, string UpdatedAt);

/// <summary>
/// Reads pull requests and validates everything: one that is not what was requested invalidates the whole answer, because environments are
/// deleted based on it. Throws <see cref="GitHubFaultException"/> and <see cref="JsonException"/>.
/// </summary>
internal static class PullRequestParser
{
    /// <summary>A page of open pull requests.</summary>
    public static IReadOnlyList<ListedPullRequest> ReadPage(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.PullRequestJsonArray)
            ?? throw Refuse("the list is missing");
        var page = items.Select(ToListed).ToList();
        return page.DistinctBy(listed => listed.PullRequest.Number).Count() == page.Count
            ? page
            : throw Refuse("a page has the same pull request twice");
    }

    /// <summary>The state of exactly that pull request.</summary>
    public static PullRequestState ReadState(Stream body, int number) => StateOf(Deserialize(body, number));

    /// <summary>Exactly that pull request.</summary>
    public static PullRequestReading Read(Stream body, int number)
    {
        var item = Deserialize(body, number);
        var state = StateOf(item);
        return new PullRequestReading(state, state == PullRequestState.Open ? ToListed(item).PullRequest : null);
    }

    private static PullRequestJson Deserialize(Stream body, int number) =>
        JsonSerializer.Deserialize(body, GitHubJson.Default.PullRequestJson) is { } item && item.Number == number
            ? item
            : throw Refuse("it is about another pull request");

    private static PullRequestState StateOf(PullRequestJson item) => item.State switch
    {
        "open" => PullRequestState.Open,
        "closed" => PullRequestState.Closed,
        _ => throw Refuse("a pull request is neither open nor closed"),
    };

    private static ListedPullRequest ToListed(PullRequestJson? item)
    {
        if (item is not { Number: > 0 })
            throw Refuse("a pull request has no number");
        if (item.State != "open")
            throw Refuse("a list of open pull requests has one that is not open");
        if (item.Head?.Sha is not { } sha || !CommitSha.IsValid(sha))
            throw Refuse("a pull request has no head commit");
        if (item.Base?.Repo?.Id is not { } baseRepository)
            throw Refuse("a pull request has no base repository");

        var pullRequest = new PullRequest
        {
            Number = item.Number,
            HeadSha = sha.ToLowerInvariant(),
            IsFork = item.Head.Repo?.Id != baseRepository,
            HeadBranch = item.Head.Ref ?? "",
            BaseBranch = StringPool.Shared.Get(item.Base.Ref ?? ""),
            Title = item.Title ?? "",
            Author = StringPool.Shared.Get(item.User?.Login ?? ""),
            Labels = item.Labels is { } labels ? LabelsOf(labels) : null,
            IsDraft = item.Draft,
            OpenedAt = TimeOf(item.CreatedAt),
            HtmlUrl = item.HtmlUrl ?? "",
        };
        return new ListedPullRequest(pullRequest, item.UpdatedAt ?? "");
    }

    // Nothing depends on it: one that cannot be read is not known.
    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    // A label without a name may be any: nothing is known of the labels then.
    private static LabelSet? LabelsOf(IReadOnlyList<LabelJson?> labels) =>
        labels.All(label => label?.Name is not null) ? new LabelSet(labels.Select(label => label!.Name!)) : null;

    private static GitHubFaultException Refuse(string detail) => new(GitHubFault.Malformed(detail));
}
