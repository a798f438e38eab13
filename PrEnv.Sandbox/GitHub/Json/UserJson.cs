using System.Text;
using System.Text.Json;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>A user, an organisation or a bot.</summary>
internal static class UserJson
{
    private static readonly (string Field, string Suffix)[] Urls =
    [
        ("followers_url", "/followers"),
        ("following_url", "/following{/other_user}"),
        ("gists_url", "/gists{/gist_id}"),
        ("starred_url", "/starred{/owner}{/repo}"),
        ("subscriptions_url", "/subscriptions"),
        ("organizations_url", "/orgs"),
        ("repos_url", "/repos"),
        ("events_url", "/events{/privacy}"),
        ("received_events_url", "/received_events"),
    ];

    /// <summary>Null writes null: the account is gone.</summary>
    public static void Write(Utf8JsonWriter json, string name, string? login, string baseUrl, string? role = null)
    {
        if (login is null)
        {
            json.WriteNull(name);
            return;
        }

        var id = IdOf(login);
        var url = $"{baseUrl}/users/{Uri.EscapeDataString(login)}";
        json.WriteStartObject(name);
        json.WriteString("login", login);
        json.WriteNumber("id", id);
        json.WriteNodeId("User", id);
        json.WriteString("avatar_url", AvatarOf(login));
        json.WriteString("gravatar_id", "");
        json.WriteString("url", url);
        json.WriteString("html_url", $"{Web.Root}/{Uri.EscapeDataString(login)}");
        foreach (var (field, suffix) in Urls)
            json.WriteString(field, url + suffix);
        json.WriteString("type", login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User");
        json.WriteBoolean("site_admin", value: false);
        // A collaborator is a user with a role.
        if (role is not null)
            json.WriteString("role_name", role);
        json.WriteEndObject();
    }

    public static string AvatarOf(string login) => $"https://avatars.githubusercontent.com/u/{IdOf(login)}?v=4";

    /// <summary>The same login has the same id in every run: FNV-1a.</summary>
    private static long IdOf(string login)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(login))
            hash = unchecked((hash ^ octet) * 16777619u);
        return hash & 0x7fffffff;
    }
}

/// <summary>GitHub's pages for people; another host than the API's.</summary>
internal static class Web
{
    public const string Root = "https://github.com";
}
