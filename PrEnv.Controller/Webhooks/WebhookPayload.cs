using System.Text.Json;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// The little that is read of a delivery: which repository, which pull request, and what GitHub's API is expected to show of it. It only
/// says what to check; the state itself is read from GitHub's API. See https://docs.github.com/en/webhooks/webhook-events-and-payloads.
/// </summary>
/// <param name="Repository">Owner and name; null when the delivery is not about a repository, such as an organisation's ping.</param>
/// <param name="PullRequest">Its number; null when the delivery is not about one.</param>
/// <param name="Organization">Login of the organisation that the hook or the repository belongs to; null when there is none.</param>
internal readonly record struct WebhookPayload(string? Repository, int? PullRequest, string? Organization = null)
{
    /// <summary>What GitHub's API will show of the pull request, sooner or later; null when the delivery does not say.</summary>
    public ExpectedPullRequest? Expected { get; init; }

    /// <summary>The check that the delivery is about; null when it is not about one.</summary>
    public CheckNews? Check { get; init; }

    /// <summary>The merge group that the delivery is about; null when it is not about one.</summary>
    public MergeGroupNews? MergeGroup { get; init; }

    /// <summary>Deliveries that wake resources.</summary>
    private static readonly string[] Waking =
        ["pull_request", "pull_request_review", "issue_comment", "check_run", "check_suite", "status", "merge_group"];

    /// <summary>Is that event handled? <c>ping</c> is answered.</summary>
    public static bool IsKnown(string @event) => IsPing(@event) || Waking.Contains(@event, StringComparer.Ordinal);

    /// <summary>The delivery with which GitHub tests a new hook.</summary>
    public static bool IsPing(string @event) => @event == "ping";

    /// <summary>Null when the body is not a delivery.</summary>
    public static WebhookPayload? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var delivery = JsonSerializer.Deserialize(body, WebhookJson.Default.WebhookBody);
            return delivery is null
                ? null
                : new WebhookPayload(delivery.Repository?.FullName, NumberOf(delivery), delivery.Organization?.Login)
                {
                    Expected = Expect(delivery.PullRequest),
                    Check = CheckOf(delivery),
                    MergeGroup = MergeGroupOf(delivery),
                };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ExpectedPullRequest? Expect(WebhookPullRequest? said)
    {
        if (said?.State is not ("open" or "closed"))
            return null;
        var head = said.Head?.Sha?.ToLowerInvariant();
        return new ExpectedPullRequest(said.State == "open", Sha.IsCommit(head) ? head : null)
        {
            BaseBranch = said.Base?.Ref,
            Title = said.Title,
            IsDraft = said.Draft,
            Labels = said.Labels is { } labels && labels.All(label => label?.Name is not null)
                ? new LabelSet(labels.Select(label => label!.Name!))
                : null,
        };
    }

    private static CheckNews? CheckOf(WebhookBody delivery) => delivery switch
    {
        { CheckRun: { } run } => News(run.HeadSha, run.Name, run.Status == "completed"),
        { CheckSuite: { } suite } => News(suite.HeadSha, null, suite.Status == "completed"),
        { Context: { } context } => News(delivery.Sha, context, delivery.State != "pending"),
        _ => null,
    };

    private static MergeGroupNews? MergeGroupOf(WebhookBody delivery) =>
        PrEnv.Core.Model.MergeGroup.Read(delivery.MergeGroup?.HeadRef, delivery.MergeGroup?.HeadSha) is { } group
            ? new MergeGroupNews(group, IsGone: delivery.Action == "destroyed")
            : null;

    private static CheckNews? News(string? sha, string? name, bool isConcluded) =>
        sha?.ToLowerInvariant() is { } head && Sha.IsCommit(head) ? new CheckNews(head, name, isConcluded) : null;

    // An issue that is not a pull request has no pull_request.
    private static int? NumberOf(WebhookBody delivery) =>
        delivery.PullRequest?.Number ?? (delivery.Issue is { PullRequest: not null } issue ? issue.Number : null);
}
