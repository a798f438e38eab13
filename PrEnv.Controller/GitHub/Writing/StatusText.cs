using System.Text;

namespace PrEnv.Controller.GitHub.Writing;

/// <summary>Makes text fit what GitHub accepts; it refuses the whole status otherwise.</summary>
internal static class StatusText
{
    private const int MaxDescription = 140;

    /// <summary>One line of at most 140 UTF-16 units, without control characters or halves of surrogate pairs.</summary>
    public static string Description(string text)
    {
        var description = new StringBuilder(MaxDescription);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives the replacement character for half a pair.
            var next = Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune;
            if (Rune.IsControl(next)) continue;
            if (description.Length + next.Utf16SequenceLength > MaxDescription) break;
            description.Append(next);
        }

        return description.ToString();
    }

    /// <summary>The URL when it is http(s); null otherwise: a status without a link is better than none.</summary>
    public static string? TargetUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri
            : null;
}
