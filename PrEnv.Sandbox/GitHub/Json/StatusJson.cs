using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>Commit statuses.</summary>
internal static class StatusJson
{
    public static string UrlOf(GitHubRepository repository, string sha, string baseUrl) =>
        $"{RepositoryJson.UrlOf(repository, baseUrl)}/statuses/{sha}";

    /// <summary>The combined status shows its parts without their creators.</summary>
    public static void Write(Utf8JsonWriter json, PostedStatus status, GitHubRepository repository, string baseUrl, bool withCreator)
    {
        json.WriteStartObject();
        json.WriteString("url", UrlOf(repository, status.Sha, baseUrl));
        json.WriteString("avatar_url", UserJson.AvatarOf(status.Creator));
        json.WriteNumber("id", status.Id);
        json.WriteNodeId("StatusContext", status.Id);
        json.WriteString("state", status.State);
        json.WriteString("description", status.Description);
        json.WriteString("target_url", status.TargetUrl);
        json.WriteString("context", status.Context);
        json.WriteTime("created_at", status.CreatedAt);
        json.WriteTime("updated_at", status.CreatedAt);
        if (withCreator)
            UserJson.Write(json, "creator", status.Creator, baseUrl);
        json.WriteEndObject();
    }
}
