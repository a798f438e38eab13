using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Hooks;

/// <summary>The bodies of deliveries: the same objects as in the API's answers.</summary>
internal static class WebhookBodies
{
    public static byte[] PullRequest(GitHubRepository repository, GitHubPullRequest pr, string action, string baseUrl) => Write(json =>
    {
        json.WriteString("action", action);
        json.WriteNumber("number", pr.Number);
        json.WritePropertyName("pull_request");
        new PullRequestJson(repository, AccessLevel.Push, new ApiCall { BaseUrl = baseUrl }).Write(json, pr, whole: true);
        json.WritePropertyName("repository");
        RepositoryJson.Write(json, repository, AccessLevel.Push, baseUrl);
        UserJson.Write(json, "sender", pr.Author, baseUrl);
    });

    public static byte[] CheckRun(GitHubRepository repository, GitHubCheckRun run, string action, string baseUrl) => Write(json =>
    {
        json.WriteString("action", action);
        json.WritePropertyName("check_run");
        CheckRunJson.Write(json, run, repository, baseUrl);
        json.WritePropertyName("repository");
        RepositoryJson.Write(json, repository, AccessLevel.Push, baseUrl);
    });

    public static byte[] Status(GitHubRepository repository, PostedStatus status, string baseUrl) => Write(json =>
    {
        json.WriteNumber("id", status.Id);
        json.WriteString("sha", status.Sha);
        json.WriteString("name", repository.FullName);
        json.WriteString("context", status.Context);
        json.WriteString("state", status.State);
        json.WriteString("description", status.Description);
        json.WriteString("target_url", status.TargetUrl);
        json.WritePropertyName("repository");
        RepositoryJson.Write(json, repository, AccessLevel.Push, baseUrl);
    });

    public static byte[] MergeGroup(
        GitHubRepository repository, GitHubPullRequest pr, (string Action, string? Reason) what, string sha, string baseUrl) =>
        Write(json => WriteMergeGroup(json, repository, pr, what, sha, baseUrl));

    public static byte[] Ping(GitHubRepository repository, string baseUrl) => Write(json =>
    {
        json.WriteString("zen", "Keep it logically awesome.");
        json.WriteNumber("hook_id", repository.Id);
        json.WritePropertyName("repository");
        RepositoryJson.Write(json, repository, AccessLevel.Push, baseUrl);
    });

    private static void WriteMergeGroup(
        Utf8JsonWriter json, GitHubRepository repository, GitHubPullRequest pr, (string Action, string? Reason) what, string sha,
        string baseUrl)
    {
        json.WriteString("action", what.Action);
        if (what.Reason is { } reason)
            json.WriteString("reason", reason);
        json.WriteStartObject("merge_group");
        json.WriteString("head_sha", sha);
        json.WriteString(
            "head_ref",
            string.Create(CultureInfo.InvariantCulture, $"refs/heads/gh-readonly-queue/{pr.BaseBranch}/pr-{pr.Number}-{pr.BaseSha}"));
        json.WriteString("base_sha", pr.BaseSha);
        json.WriteString("base_ref", $"refs/heads/{pr.BaseBranch}");
        json.WriteEndObject();
        json.WritePropertyName("repository");
        RepositoryJson.Write(json, repository, AccessLevel.Push, baseUrl);
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
