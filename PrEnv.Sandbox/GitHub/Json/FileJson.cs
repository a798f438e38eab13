using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>The files that a pull request changes.</summary>
internal static class FileJson
{
    public static void Write(Utf8JsonWriter json, GitHubFile file, GitHubPullRequest pr, GitHubRepository repository, string baseUrl)
    {
        // What was removed is shown where it still exists.
        var commit = file.Status == "removed" ? pr.BaseSha : pr.HeadSha;
        var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        json.WriteStartObject();
        json.WriteString("sha", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(commit + file.Path)))[..40]);
        json.WriteString("filename", file.Path);
        json.WriteString("status", file.Status);
        json.WriteNumber("additions", 1);
        json.WriteNumber("deletions", 0);
        json.WriteNumber("changes", 1);
        json.WriteString("blob_url", $"{Web.Root}/{repository.FullName}/blob/{commit}/{path}");
        json.WriteString("raw_url", $"{Web.Root}/{repository.FullName}/raw/{commit}/{path}");
        json.WriteString("contents_url", $"{RepositoryJson.UrlOf(repository, baseUrl)}/contents/{path}?ref={commit}");
        json.WriteString("patch", "@@ -0,0 +1 @@\n+a");
        if (file.PreviousPath is { } previous)
            json.WriteString("previous_filename", previous);
        json.WriteEndObject();
    }
}
