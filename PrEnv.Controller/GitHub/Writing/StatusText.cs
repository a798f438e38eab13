using System.Text;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.GitHub.Writing;

/// <summary>Makes text fit what GitHub accepts; it refuses the whole status otherwise.</summary>
internal static class StatusText
{
    private static readonly TextCleaner Cleaner = new(Replace) { MaxLength = 140 };

    /// <summary>
    /// One line of at most 140 characters, without control characters, and without those beyond the Basic Multilingual Plane, such as
    /// emoji.
    /// </summary>
    public static string Description(string text) => Cleaner.Clean(text).Trim();

    /// <summary>The URL when it is http(s); null otherwise: a status without a link is better than none.</summary>
    public static string? TargetUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && !uri.AbsoluteUri.Any(char.IsSurrogate)
            ? uri.AbsoluteUri
            : null;

    private static Rune? Replace(Rune rune) =>
        Rune.IsWhiteSpace(rune) ? new Rune(' ') : Rune.IsControl(rune) || !rune.IsBmp ? null : rune;
}
