using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>Body of <c>POST /_sandbox/repositories</c>.</summary>
internal sealed record CreateRepositoryRequest(string Owner, string Name, bool Private = false, long? Id = null);

/// <summary>Body of <c>POST …/rename</c>; what is left out stays.</summary>
internal sealed record RenameRequest(string? Owner = null, string? Name = null);

/// <summary>Body of <c>POST /_sandbox/tokens</c>.</summary>
internal sealed record TokenRequest(
    string Token, string Login = "octocat", TokenKind Kind = TokenKind.Classic, IReadOnlyList<GrantRequest>? Grants = null);

/// <summary>One right of a token.</summary>
internal sealed record GrantRequest(string Owner, string Name, AccessLevel Level = AccessLevel.Push);

/// <summary>Body of <c>POST …/pulls/N/push</c>.</summary>
internal sealed record PushRequest(string? Sha = null, IReadOnlyList<string>? Files = null);

/// <summary>Body of <c>PATCH …/pulls/N</c>; what is left out stays.</summary>
internal sealed record ChangePullRequest(
    string? Title = null, bool? Draft = null, IReadOnlyList<string>? Labels = null, bool? HeadRepositoryDeleted = null,
    bool? Locked = null, IReadOnlyList<string>? Files = null);

/// <summary>Body of <c>POST …/pulls/N/reviews</c>; without a commit it is of the present head.</summary>
internal sealed record ReviewRequest(string Reviewer, string Verdict = "APPROVED", string? Sha = null);

/// <summary>Body of <c>POST …/pulls/N/comments</c>.</summary>
internal sealed record CommentRequest(string Author, string Body);

/// <summary>Body of <c>PUT …/archived</c>.</summary>
internal sealed record ArchivedRequest(bool Archived = true);

/// <summary>Body of <c>POST …/statuses</c>.</summary>
internal sealed record StatusesRequest(string Sha, string Context, int Count = 1000);

/// <summary>Body of <c>POST …/checks</c>; without a conclusion it begins.</summary>
internal sealed record CheckRequest(string Sha, string Name, string? Conclusion = null, string App = "github-actions");

/// <summary>Body of <c>POST …/contexts</c>.</summary>
internal sealed record ContextRequest(string Sha, string Context, string State);

/// <summary>Body of <c>PUT …/lag</c>.</summary>
internal sealed record LagRequest(bool Behind = true);

/// <summary>Body of <c>PUT …/roles/LOGIN</c>.</summary>
internal sealed record RoleRequest(string Role);

/// <summary>Body of <c>PUT /_sandbox/rate-limit</c>; without a token it is everybody's.</summary>
internal sealed record RateLimitRequest(int Remaining, double ResetSeconds = 60, string? Token = null);

/// <summary>Body of <c>POST …/webhooks</c>.</summary>
internal sealed record WebhookRequest(Uri Url, string Secret);
