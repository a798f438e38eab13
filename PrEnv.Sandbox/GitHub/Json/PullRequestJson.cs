using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>Pull requests of one repository, as one answer shows them. Make one per answer.</summary>
internal sealed class PullRequestJson(GitHubRepository repository, AccessLevel level, ApiCall call)
{
    // GitHub embeds the repository twice into every pull request, 5 kB each: rendered once.
    private readonly byte[] _base = Render(repository, level, call.BaseUrl);
    private readonly string _baseUrl = call.BaseUrl;
    private readonly bool _before2026 = call.Version != ApiCall.Version2026;

    /// <summary>The whole object is what <c>GET /pulls/N</c> gives; a listing leaves the counts and the merge state out.</summary>
    public void Write(Utf8JsonWriter json, GitHubPullRequest pr, bool whole)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"{RepositoryJson.UrlOf(repository, _baseUrl)}/pulls/{pr.Number}");
        json.WriteStartObject();
        json.WriteString("url", url);
        json.WriteNumber("id", pr.Id);
        json.WriteNodeId("PullRequest", pr.Id);
        json.WriteNumber("number", pr.Number);
        json.WriteString("state", pr.IsOpen ? "open" : "closed");
        json.WriteBoolean("locked", pr.IsLocked);
        json.WriteNull("active_lock_reason");
        json.WriteString("title", pr.Title);
        json.WriteNull("body");
        json.WriteBoolean("draft", pr.IsDraft);
        WriteUrls(json, pr, url);
        WritePeople(json, pr);
        WriteTimes(json, pr);
        WriteLabels(json, pr);
        WriteBranches(json, pr);
        json.WriteNull("auto_merge");
        json.WriteNull("milestone");
        if (whole)
            WriteCounts(json, pr);
        json.WriteEndObject();
    }

    private static byte[] Render(GitHubRepository repository, AccessLevel level, string baseUrl)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        RepositoryJson.Write(json, repository, level, baseUrl);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteUrls(Utf8JsonWriter json, GitHubPullRequest pr, string url)
    {
        var root = RepositoryJson.UrlOf(repository, _baseUrl);
        var issue = string.Create(CultureInfo.InvariantCulture, $"{root}/issues/{pr.Number}");
        var page = string.Create(CultureInfo.InvariantCulture, $"{Web.Root}/{repository.FullName}/pull/{pr.Number}");
        (string Field, string Link, string Url)[] urls =
        [
            ("html_url", "html", page),
            ("diff_url", "", page + ".diff"),
            ("patch_url", "", page + ".patch"),
            ("issue_url", "issue", issue),
            ("comments_url", "comments", issue + "/comments"),
            ("commits_url", "commits", url + "/commits"),
            ("review_comments_url", "review_comments", url + "/comments"),
            ("review_comment_url", "review_comment", $"{root}/pulls/comments{{/number}}"),
            ("statuses_url", "statuses", $"{root}/statuses/{pr.HeadSha}"),
        ];
        foreach (var (field, _, value) in urls)
            json.WriteString(field, value);
        json.WriteStartObject("_links");
        WriteLink(json, "self", url);
        foreach (var (_, link, value) in urls.Where(entry => entry.Link.Length > 0))
            WriteLink(json, link, value);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, string name, string url)
    {
        json.WriteStartObject(name);
        json.WriteString("href", url);
        json.WriteEndObject();
    }

    private void WritePeople(Utf8JsonWriter json, GitHubPullRequest pr)
    {
        UserJson.Write(json, "user", pr.Author, _baseUrl);
        json.WriteString("author_association", pr.Author == repository.Owner ? "OWNER" : "CONTRIBUTOR");
        if (_before2026)
            json.WriteNull("assignee");
        foreach (var nobody in (string[])["assignees", "requested_reviewers", "requested_teams"])
        {
            json.WriteStartArray(nobody);
            json.WriteEndArray();
        }
    }

    private void WriteTimes(Utf8JsonWriter json, GitHubPullRequest pr)
    {
        json.WriteTime("created_at", pr.CreatedAt);
        json.WriteTime("updated_at", pr.UpdatedAt);
        json.WriteTime("closed_at", pr.ClosedAt);
        json.WriteTime("merged_at", pr.MergedAt);
        if (_before2026)
            json.WriteString("merge_commit_sha", pr.MergedAt is null ? null : pr.HeadSha);
    }

    private void WriteLabels(Utf8JsonWriter json, GitHubPullRequest pr)
    {
        json.WriteStartArray("labels");
        foreach (var (index, label) in pr.Labels.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("id", pr.Id * 1000 + index);
            json.WriteNodeId("Label", pr.Id * 1000 + index);
            json.WriteString("url", $"{RepositoryJson.UrlOf(repository, _baseUrl)}/labels/{Uri.EscapeDataString(label)}");
            json.WriteString("name", label);
            json.WriteString("description", "");
            json.WriteString("color", "ededed");
            json.WriteBoolean("default", value: false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteBranches(Utf8JsonWriter json, GitHubPullRequest pr)
    {
        WriteBranch(json, "head", pr.HeadOwner, pr.HeadBranch, pr.HeadSha, HeadRepository(pr));
        WriteBranch(json, "base", repository.Owner, pr.BaseBranch, pr.BaseSha, _base);
    }

    private byte[] HeadRepository(GitHubPullRequest pr)
    {
        if (pr.HeadRepositoryDeleted)
            return "null"u8.ToArray();
        return pr.Fork is { } fork ? Render(fork, AccessLevel.Read, _baseUrl) : _base;
    }

    private void WriteBranch(Utf8JsonWriter json, string name, string owner, string branch, string sha, byte[] repositoryJson)
    {
        json.WriteStartObject(name);
        json.WriteString("label", $"{owner}:{branch}");
        json.WriteString("ref", branch);
        json.WriteString("sha", sha);
        UserJson.Write(json, "user", owner, _baseUrl);
        json.WritePropertyName("repo");
        json.WriteRawValue(repositoryJson, skipInputValidation: true);
        json.WriteEndObject();
    }

    private void WriteCounts(Utf8JsonWriter json, GitHubPullRequest pr)
    {
        json.WriteBoolean("merged", pr.MergedAt is not null);
        json.WriteBoolean("mergeable", value: true);
        json.WriteBoolean("rebaseable", value: true);
        json.WriteString("mergeable_state", "clean");
        UserJson.Write(json, "merged_by", pr.MergedAt is null ? null : repository.Owner, _baseUrl);
        json.WriteBoolean("maintainer_can_modify", value: false);
        json.WriteNumber("comments", 0);
        json.WriteNumber("review_comments", 0);
        json.WriteNumber("commits", 1);
        json.WriteNumber("additions", 1);
        json.WriteNumber("deletions", 0);
        json.WriteNumber("changed_files", 1);
    }
}
