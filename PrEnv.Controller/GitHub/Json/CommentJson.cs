namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of a comment. A deleted account has no user.</summary>
internal sealed record CommentJson
{
    public long Id { get; init; }

    public string? Body { get; init; }

    /// <summary>Ends in the number of the issue or pull request.</summary>
    public string? IssueUrl { get; init; }

    public AuthorJson? User { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>The author; <c>Type</c> is <c>Bot</c> for an app, and never for a person.</summary>
internal sealed record AuthorJson(string? Login, string? Type);

/// <summary>A comment as it is written.</summary>
internal sealed record CommentBody(string Body);

/// <summary>A reaction as it is written.</summary>
internal sealed record ReactionBody(string Content);
