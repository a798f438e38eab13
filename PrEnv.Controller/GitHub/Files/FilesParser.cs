using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;

namespace PrEnv.Controller.GitHub.Files;

/// <summary>A file that a pull request changes.</summary>
/// <param name="Path">Its path.</param>
/// <param name="PreviousPath">The path before it was renamed; null if it was not.</param>
/// <param name="Commit">The head commit that GitHub compared; null if it did not say.</param>
internal readonly record struct ChangedFile(string Path, string? PreviousPath, string? Commit);

/// <summary>Reads a page of the files that a pull request changes.</summary>
internal static class FilesParser
{
    private const string Reference = "?ref=";

    /// <summary>Throws <see cref="GitHubFaultException"/> when a file has no name.</summary>
    public static ChangedFile[] ReadPage(Stream body)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.FileJsonArray)
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        string? last = null;
        return [.. items.Select(item => new ChangedFile(NameOf(item), item.PreviousFilename, last = CommitOf(item, last)))];
    }

    private static string NameOf(FileJson? item) => item is { Filename: { Length: > 0 } name }
        ? name
        : throw new GitHubFaultException(GitHubFault.Malformed("a file has no name"));

    // The address of the file's content names the commit; that of a file which was removed may name one that still has it. All files of a
    // page have the same, as a rule: one string is enough.
    private static string? CommitOf(FileJson item, string? last)
    {
        if (item is not { ContentsUrl: { } url } || item.Status == "removed")
            return last;
        var at = url.LastIndexOf(Reference, StringComparison.Ordinal);
        var found = at < 0 ? "" : url[(at + Reference.Length)..].ToLowerInvariant();
        return !CommitSha.IsValid(found) ? last : found == last ? last : found;
    }
}
