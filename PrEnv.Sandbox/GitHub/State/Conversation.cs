namespace PrEnv.Sandbox.GitHub.State;

/// <summary>What people say about pull requests, written into the state.</summary>
internal sealed class Conversation(GitHubState state)
{
    /// <summary>A review of the present head commit, or of another.</summary>
    public GitHubReview Review(string owner, string name, int number, string reviewer, string verdict, string? sha) =>
        state.Change(owner, name, record =>
        {
            var head = sha ?? record.PullRequests[number].HeadSha;
            var review = new GitHubReview(state.NextId(), reviewer, verdict, head, state.Now);
            record.ReviewsOf(number).Add(review);
            return review;
        });

    /// <summary>Takes a review back.</summary>
    public GitHubReview Dismiss(string owner, string name, int number, long id) => state.Change(owner, name, record =>
    {
        var reviews = record.ReviewsOf(number);
        var at = reviews.FindIndex(r => r.Id == id);
        if (at < 0)
            throw new InvalidOperationException($"No review {id}.");
        return reviews[at] = reviews[at] with { State = "DISMISSED" };
    });

    /// <summary>What a user may do: <c>admin</c>, <c>maintain</c>, <c>write</c>, <c>triage</c>, <c>read</c> or <c>none</c>.</summary>
    public void SetRole(string owner, string name, string login, string role) => state.Change(owner, name, record =>
    {
        record.Roles[login] = role;
        return true;
    });

    public GitHubComment Comment(string owner, string name, int number, string author, string body) =>
        state.Change(owner, name, record => Add(record, number, author, body));

    public void Delete(string owner, string name, long id) =>
        state.Change(owner, name, record => record.Comments.RemoveAll(c => c.Id == id));

    /// <summary>Called inside a change.</summary>
    public GitHubComment Add(RepositoryRecord record, int number, string author, string body)
    {
        var now = state.Now;
        var comment = new GitHubComment
        {
            Id = state.NextId(),
            Number = number,
            Author = author,
            Body = body,
            CreatedAt = now,
            UpdatedAt = now,
        };
        record.Comments.Add(comment);
        return comment;
    }

    /// <summary>Called inside a change; the second is false when that user had reacted so before.</summary>
    public (GitHubReaction Reaction, bool IsNew) React(RepositoryRecord record, int at, string login, string content)
    {
        var comment = record.Comments[at];
        if (comment.Reactions.FirstOrDefault(r => r.Login == login && r.Content == content) is { } before)
            return (before, false);
        var reaction = new GitHubReaction(state.NextId(), login, content, state.Now);
        record.Comments[at] = comment with { Reactions = comment.Reactions.Add(reaction) };
        return (reaction, true);
    }
}
