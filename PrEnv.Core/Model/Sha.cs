namespace PrEnv.Core.Model;

/// <summary>Commit names.</summary>
public static class Sha
{
    /// <summary>The first 7 characters, as git prints them; all of a shorter text.</summary>
    public static string Short(string sha) => sha.Length > 7 ? sha[..7] : sha;
}
