using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>A repository, with every field that GitHub's OpenAPI description requires.</summary>
internal static class RepositoryJson
{
    private static readonly (string Field, string Suffix)[] Urls =
    [
        ("archive_url", "/{archive_format}{/ref}"),
        ("assignees_url", "/assignees{/user}"),
        ("blobs_url", "/git/blobs{/sha}"),
        ("branches_url", "/branches{/branch}"),
        ("collaborators_url", "/collaborators{/collaborator}"),
        ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"),
        ("compare_url", "/compare/{base}...{head}"),
        ("contents_url", "/contents/{+path}"),
        ("contributors_url", "/contributors"),
        ("deployments_url", "/deployments"),
        ("downloads_url", "/downloads"),
        ("events_url", "/events"),
        ("forks_url", "/forks"),
        ("git_commits_url", "/git/commits{/sha}"),
        ("git_refs_url", "/git/refs{/sha}"),
        ("git_tags_url", "/git/tags{/sha}"),
        ("hooks_url", "/hooks"),
        ("issue_comment_url", "/issues/comments{/number}"),
        ("issue_events_url", "/issues/events{/number}"),
        ("issues_url", "/issues{/number}"),
        ("keys_url", "/keys{/key_id}"),
        ("labels_url", "/labels{/name}"),
        ("languages_url", "/languages"),
        ("merges_url", "/merges"),
        ("milestones_url", "/milestones{/number}"),
        ("notifications_url", "/notifications{?since,all,participating}"),
        ("pulls_url", "/pulls{/number}"),
        ("releases_url", "/releases{/id}"),
        ("stargazers_url", "/stargazers"),
        ("statuses_url", "/statuses/{sha}"),
        ("subscribers_url", "/subscribers"),
        ("subscription_url", "/subscription"),
        ("tags_url", "/tags"),
        ("teams_url", "/teams"),
        ("trees_url", "/git/trees{/sha}"),
    ];

    private static readonly string[] Zeros =
        ["forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "size", "network_count", "subscribers_count"];

    public static string UrlOf(GitHubRepository repository, string baseUrl) => $"{baseUrl}/repos/{repository.FullName}";

    public static void Write(Utf8JsonWriter json, GitHubRepository repository, AccessLevel level, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteNumber("id", repository.Id);
        json.WriteNodeId("Repository", repository.Id);
        json.WriteString("name", repository.Name);
        json.WriteString("full_name", repository.FullName);
        UserJson.Write(json, "owner", repository.Owner, baseUrl);
        json.WriteBoolean("private", repository.IsPrivate);
        json.WriteString("visibility", repository.IsPrivate ? "private" : "public");
        json.WriteBoolean("fork", repository.IsFork);
        json.WriteString("default_branch", repository.DefaultBranch);
        json.WriteNumber("open_issues", repository.OpenIssues);
        json.WriteNumber("open_issues_count", repository.OpenIssues);
        json.WriteTime("created_at", repository.CreatedAt);
        json.WriteTime("updated_at", repository.PushedAt);
        json.WriteTime("pushed_at", repository.PushedAt);
        WriteUrls(json, repository, baseUrl);
        WriteFeatures(json, repository);
        WritePermissions(json, level);
        json.WriteEndObject();
    }

    private static void WriteUrls(Utf8JsonWriter json, GitHubRepository repository, string baseUrl)
    {
        var url = UrlOf(repository, baseUrl);
        var page = $"{Web.Root}/{repository.FullName}";
        json.WriteString("url", url);
        foreach (var (field, suffix) in Urls)
            json.WriteString(field, url + suffix);
        json.WriteString("html_url", page);
        json.WriteString("svn_url", page);
        json.WriteString("clone_url", page + ".git");
        json.WriteString("git_url", $"git://github.com/{repository.FullName}.git");
        json.WriteString("ssh_url", $"git@github.com:{repository.FullName}.git");
        json.WriteNull("mirror_url");
        json.WriteNull("homepage");
    }

    private static void WriteFeatures(Utf8JsonWriter json, GitHubRepository repository)
    {
        json.WriteNull("description");
        json.WriteNull("language");
        json.WriteNull("license");
        foreach (var field in Zeros)
            json.WriteNumber(field, 0);
        json.WriteBoolean("has_issues", value: true);
        json.WriteBoolean("has_projects", value: true);
        json.WriteBoolean("has_downloads", value: true);
        json.WriteBoolean("has_wiki", value: true);
        json.WriteBoolean("has_pages", value: false);
        json.WriteBoolean("has_discussions", value: false);
        json.WriteBoolean("archived", repository.IsArchived);
        json.WriteBoolean("disabled", value: false);
    }

    private static void WritePermissions(Utf8JsonWriter json, AccessLevel level)
    {
        json.WriteStartObject("permissions");
        json.WriteBoolean("admin", value: false);
        json.WriteBoolean("maintain", value: false);
        json.WriteBoolean("push", level == AccessLevel.Push);
        json.WriteBoolean("triage", level == AccessLevel.Push);
        json.WriteBoolean("pull", value: true);
        json.WriteEndObject();
    }
}
