namespace PrEnv.Controller.GitHub.Http;

/// <summary>Entity tags, https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.</summary>
internal static class EntityTags
{
    private const string Weak = "W/";

    /// <summary>The weak comparison that <c>If-None-Match</c> uses: GitHub's 304 may leave out the <c>W/</c> that its 200 had.</summary>
    public static bool Match(string one, string other) => Opaque(one).SequenceEqual(Opaque(other));

    private static ReadOnlySpan<char> Opaque(string tag) =>
        tag.StartsWith(Weak, StringComparison.Ordinal) ? tag.AsSpan(Weak.Length) : tag;
}
