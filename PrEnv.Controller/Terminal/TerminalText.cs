using System.Globalization;
using System.Text;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Terminal;

/// <summary>
/// Text from others, made harmless for a terminal: on one line, without escape sequences and without characters that change how other
/// text is shown.
/// </summary>
internal static class TerminalText
{
    private const string Ellipsis = "…";

    private static readonly TextCleaner Visible = new(VisibleText.OnOneLine);

    // https://www.unicode.org/reports/tr11/, the ranges that terminals show two columns wide.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>The text without what a terminal would obey.</summary>
    public static string Clean(string text) => Visible.Clean(text).Trim();

    /// <summary>The same, at most that many columns wide.</summary>
    public static string Clean(string text, int columns)
    {
        var clean = Clean(text.Length > columns * 8 ? text[..(columns * 8)] : text);
        if (Width(clean) <= columns)
            return clean;
        var cut = new StringBuilder();
        var width = 0;
        foreach (var rune in clean.EnumerateRunes())
        {
            width += Width(rune);
            if (width > columns - 1)
                break;
            cut.Append(rune.ToString());
        }

        return columns < 1 ? "" : cut.ToString().TrimEnd() + Ellipsis;
    }

    /// <summary>How many columns a clean text takes.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    private static int Width(Rune rune)
    {
        if (rune.IsAscii)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        return Wide.Any(range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;
    }
}
