using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>Reviews, permissions, comments and reactions.</summary>
internal static class ConversationJson
{
    private static readonly string[] Reactions = ["+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"];

    public static bool IsReaction(string? content) => Reactions.Contains(content);

    public static void Write(Utf8JsonWriter json, GitHubReview review, int number, GitHubRepository repository, string baseUrl)
    {
        var html = string.Create(
            CultureInfo.InvariantCulture, $"{Web.Root}/{repository.FullName}/pull/{number}#pullrequestreview-{review.Id}");
        var pull = string.Create(CultureInfo.InvariantCulture, $"{RepositoryJson.UrlOf(repository, baseUrl)}/pulls/{number}");
        json.WriteStartObject();
        json.WriteNumber("id", review.Id);
        json.WriteNodeId("PullRequestReview", review.Id);
        UserJson.Write(json, "user", review.Reviewer, baseUrl);
        json.WriteString("body", "");
        json.WriteString("state", review.State);
        json.WriteString("html_url", html);
        json.WriteString("pull_request_url", pull);
        json.WriteString("author_association", "NONE");
        json.WriteStartObject("_links");
        WriteLink(json, "html", html);
        WriteLink(json, "pull_request", pull);
        json.WriteEndObject();
        json.WriteTime("submitted_at", review.SubmittedAt);
        json.WriteString("commit_id", review.CommitId);
        json.WriteEndObject();
    }

    /// <summary>The older field knows four words: <c>maintain</c> shows as <c>write</c>, <c>triage</c> as <c>read</c>.</summary>
    public static void WritePermission(Utf8JsonWriter json, string login, string role, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteString("permission", role switch { "maintain" => "write", "triage" => "read", _ => role });
        json.WriteString("role_name", role);
        UserJson.Write(json, "user", login, baseUrl, role);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, GitHubComment comment, GitHubRepository repository, string baseUrl)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"{RepositoryJson.UrlOf(repository, baseUrl)}/issues/comments/{comment.Id}");
        json.WriteStartObject();
        json.WriteNumber("id", comment.Id);
        json.WriteNodeId("IssueComment", comment.Id);
        json.WriteString("url", url);
        json.WriteString(
            "html_url",
            string.Create(
                CultureInfo.InvariantCulture, $"{Web.Root}/{repository.FullName}/pull/{comment.Number}#issuecomment-{comment.Id}"));
        json.WriteString(
            "issue_url",
            string.Create(CultureInfo.InvariantCulture, $"{RepositoryJson.UrlOf(repository, baseUrl)}/issues/{comment.Number}"));
        json.WriteString("body", comment.Body);
        UserJson.Write(json, "user", comment.Author, baseUrl);
        json.WriteTime("created_at", comment.CreatedAt);
        json.WriteTime("updated_at", comment.UpdatedAt);
        json.WriteString("author_association", "NONE");
        json.WriteStartObject("reactions");
        json.WriteString("url", url + "/reactions");
        json.WriteNumber("total_count", comment.Reactions.Length);
        foreach (var content in Reactions)
            json.WriteNumber(content, comment.Reactions.Count(r => r.Content == content));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, GitHubReaction reaction, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteNumber("id", reaction.Id);
        json.WriteNodeId("Reaction", reaction.Id);
        UserJson.Write(json, "user", reaction.Login, baseUrl);
        json.WriteString("content", reaction.Content);
        json.WriteTime("created_at", reaction.CreatedAt);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string name, string url)
    {
        json.WriteStartObject(name);
        json.WriteString("href", url);
        json.WriteEndObject();
    }
}
