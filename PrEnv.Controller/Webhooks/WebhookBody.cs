using System.Text.Json.Serialization;

namespace PrEnv.Controller.Webhooks;

/// <summary>The body of a delivery.</summary>
internal sealed record WebhookBody(
    WebhookRepository? Repository, WebhookPullRequest? PullRequest, WebhookIssue? Issue, WebhookOrganization? Organization)
{
    /// <summary>What has happened.</summary>
    public string? Action { get; init; }

    /// <summary>Of a <c>merge_group</c>.</summary>
    public WebhookMergeGroup? MergeGroup { get; init; }

    /// <summary>Of a <c>check_run</c>.</summary>
    public WebhookCheck? CheckRun { get; init; }

    /// <summary>Of a <c>check_suite</c>.</summary>
    public WebhookCheck? CheckSuite { get; init; }

    /// <summary>Of a <c>status</c>: its commit.</summary>
    public string? Sha { get; init; }

    /// <summary>Of a <c>status</c>.</summary>
    public string? Context { get; init; }

    /// <summary>Of a <c>status</c>.</summary>
    public string? State { get; init; }
}

/// <summary><c>merge_group</c>.</summary>
internal sealed record WebhookMergeGroup(string? HeadRef, string? HeadSha);

/// <summary><c>check_run</c> or <c>check_suite</c>; the latter has no name.</summary>
internal sealed record WebhookCheck(string? HeadSha, string? Name, string? Status);

/// <summary><c>repository</c>.</summary>
internal sealed record WebhookRepository(string? FullName);

/// <summary><c>organization</c>.</summary>
internal sealed record WebhookOrganization(string? Login);

/// <summary><c>pull_request</c>.</summary>
internal sealed record WebhookPullRequest(
    int Number, string? State, string? Title, bool? Draft, IReadOnlyList<WebhookLabel?>? Labels, WebhookHead? Head, WebhookBase? Base);

/// <summary><c>pull_request.head</c>.</summary>
internal sealed record WebhookHead(string? Sha);

/// <summary><c>pull_request.base</c>.</summary>
internal sealed record WebhookBase(string? Ref);

/// <summary>One of <c>pull_request.labels</c>.</summary>
internal sealed record WebhookLabel(string? Name);

/// <summary><c>issue</c>.</summary>
internal sealed record WebhookIssue(int Number, WebhookIssueLink? PullRequest);

/// <summary><c>issue.pull_request</c>.</summary>
internal sealed record WebhookIssueLink;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
