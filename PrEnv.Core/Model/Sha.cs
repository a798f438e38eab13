using System.Diagnostics.CodeAnalysis;

namespace PrEnv.Core.Model;

/// <summary>Commit names.</summary>
public static class Sha
{
    /// <summary>The first 7 characters, as git prints them; all of a shorter text.</summary>
    public static string Short(string sha) => sha.Length > 7 ? sha[..7] : sha;

    /// <summary>Is it the full name of a commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits?</summary>
    public static bool IsCommit([NotNullWhen(true)] string? text) =>
        text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower);
}
