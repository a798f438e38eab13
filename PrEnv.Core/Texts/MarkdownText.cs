namespace PrEnv.Core.Texts;

/// <summary>Text from others, made harmless in GitHub's Markdown. See https://github.github.com/gfm/.</summary>
internal static class MarkdownText
{
    private static readonly TextCleaner Visible = new(rune => VisibleText.IsInvisible(rune) ? null : rune);

    /// <summary>A code span: letters, digits and a few signs; everything else is removed.</summary>
    public static string Code(string text)
    {
        var kept = string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':'));
        return kept.Length == 0 ? "`-`" : $"`{kept}`";
    }

    /// <summary>
    /// A block of code, with a fence that is longer than any in it. Invisible characters, and those that change how other text is shown,
    /// are removed.
    /// </summary>
    public static string Block(string text)
    {
        var line = Visible.Clean(text);
        var fence = new string('`', Math.Max(3, LongestRun(line, '`') + 1));
        return $"{fence}text\n{line}\n{fence}";
    }

    /// <summary>A link that shows where it leads; null if it is not an http(s) URL.</summary>
    public static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.AbsoluteUri is var text && text.All(c => char.IsAscii(c) && !char.IsControl(c) && c is not ('<' or '>' or ' ' or '`'))
            ? $"<{text}>"
            : null;

    private static int LongestRun(string text, char of)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == of ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
