namespace PrEnv.Controller.GitHub.Access;

internal static class CommitSha
{
    /// <summary>A full SHA-1 or SHA-256 in hexadecimal.</summary>
    public static bool IsValid(string? sha) => sha is { Length: 40 or 64 } && sha.All(char.IsAsciiHexDigit);
}
