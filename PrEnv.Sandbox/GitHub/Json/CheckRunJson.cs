using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>Check runs.</summary>
internal static class CheckRunJson
{
    public static void Write(Utf8JsonWriter json, GitHubCheckRun run, GitHubRepository repository, string baseUrl)
    {
        var id = run.Id.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteNumber("id", run.Id);
        json.WriteString("head_sha", run.Sha);
        json.WriteNodeId("CheckRun", run.Id);
        json.WriteString("external_id", "");
        json.WriteString("url", $"{RepositoryJson.UrlOf(repository, baseUrl)}/check-runs/{id}");
        json.WriteString("html_url", $"https://github.com/{repository.FullName}/runs/{id}");
        json.WriteString("details_url", $"https://github.com/{repository.FullName}/runs/{id}");
        json.WriteString("status", run.Status);
        json.WriteString("conclusion", run.Conclusion);
        json.WriteTime("started_at", run.StartedAt);
        if (run.CompletedAt is { } completed)
            json.WriteTime("completed_at", completed);
        else
            json.WriteNull("completed_at");
        json.WriteStartObject("output");
        json.WriteNull("title");
        json.WriteNull("summary");
        json.WriteNull("text");
        json.WriteNumber("annotations_count", 0);
        json.WriteString("annotations_url", $"{RepositoryJson.UrlOf(repository, baseUrl)}/check-runs/{id}/annotations");
        json.WriteEndObject();
        json.WriteString("name", run.Name);
        json.WriteStartObject("check_suite");
        json.WriteNumber("id", 1);
        json.WriteEndObject();
        json.WriteNull("app");
        // Of a fork's commit GitHub names no pull request, so that a client must not depend on it.
        json.WriteStartArray("pull_requests");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
