using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>Makes text from others fit on one line.</summary>
internal static class Text
{
    // A control character separates words, more often than not.
    private static readonly TextCleaner Line = new(rune => Rune.IsControl(rune) ? new Rune(' ') : rune);

    /// <summary>
    /// At most that many characters, without control characters and without half characters. Text that has to be cut ends in an ellipsis;
    /// the result is its own excerpt, so that reading it back changes nothing.
    /// </summary>
    public static string Excerpt(string text, int maxLength = 300)
    {
        var line = Line.Clean(text).Trim();
        return line.Length <= maxLength ? line : Cut(line, maxLength - 1) + "…";
    }

    /// <summary>An excerpt that ends like a sentence, so that another can follow.</summary>
    public static string Sentence(string text) =>
        Excerpt(text) is var line && (line.Length == 0 || line[^1] is '.' or '!' or '?' or '…') ? line : line + ".";

    private static string Cut(string line, int length) =>
        line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)].TrimEnd();
}
