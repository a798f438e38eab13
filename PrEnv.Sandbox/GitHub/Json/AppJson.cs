using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>Installations and their tokens, with every field that GitHub's OpenAPI description requires.</summary>
internal static class AppJson
{
    public static void Write(Utf8JsonWriter json, AppInstallation installation, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteNumber("id", installation.Id);
        UserJson.Write(json, "account", installation.Owner, baseUrl);
        json.WriteString("repository_selection", installation.Repositories is null ? "all" : "selected");
        json.WriteString("access_tokens_url", $"{baseUrl}/app/installations/{installation.Id}/access_tokens");
        json.WriteString("repositories_url", $"{baseUrl}/installation/repositories");
        json.WriteString("html_url", $"{Web.Root}/organizations/{installation.Owner}/settings/installations/{installation.Id}");
        json.WriteNumber("app_id", installation.App.Id);
        json.WriteString("client_id", installation.App.ClientId);
        json.WriteString("app_slug", installation.App.Slug);
        json.WriteNumber("target_id", installation.Id);
        json.WriteString("target_type", installation.IsOrganization ? "Organization" : "User");
        Write(json, installation.Permissions);
        json.WriteStartArray("events");
        json.WriteEndArray();
        json.WriteTime("created_at", installation.CreatedAt);
        json.WriteTime("updated_at", installation.CreatedAt);
        json.WriteNull("single_file_name");
        json.WriteNull("suspended_by");
        json.WriteTime("suspended_at", installation.IsSuspended ? installation.CreatedAt : null);
        json.WriteEndObject();
    }

    /// <summary>A token, and the repositories that it was narrowed to; null when it was not.</summary>
    public static void Write(Utf8JsonWriter json, AccessToken token, IReadOnlyList<GitHubRepository>? repositories, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteString("token", token.Value);
        json.WriteTime("expires_at", token.Installation!.ExpiresAt);
        Write(json, token.Installation.Permissions);
        json.WriteString("repository_selection", repositories is null ? "all" : "selected");
        if (repositories is not null)
        {
            json.WriteStartArray("repositories");
            foreach (var repository in repositories)
                RepositoryJson.Write(json, repository, AccessLevel.Read, baseUrl);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableSortedDictionary<string, string> permissions)
    {
        json.WriteStartObject("permissions");
        foreach (var (name, level) in permissions)
            json.WriteString(name, level);
        json.WriteEndObject();
    }
}
