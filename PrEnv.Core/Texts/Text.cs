using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>Makes text of others fit for one line of ours.</summary>
internal static class Text
{
    /// <summary>
    /// At most so many characters, without control characters, never half a character. What has to be cut ends in an ellipsis; the result
    /// is its own excerpt, so that nothing changes when it is read back.
    /// </summary>
    public static string Excerpt(string text, int maxLength = 300)
    {
        var line = Clean(text, " ").Trim();
        return line.Length <= maxLength ? line : Cut(line, maxLength - 1) + "…";
    }

    /// <summary>The text with something else in place of each control character, and without half characters.</summary>
    public static string Clean(string text, string control) => IsPlain(text) ? text : Replace(text, control);

    /// <summary>An excerpt that ends as a sentence does, so that another may follow.</summary>
    public static string Sentence(string text) =>
        Excerpt(text) is var line && (line.Length == 0 || line[^1] is '.' or '!' or '?' or '…') ? line : line + ".";

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) return false;
        }

        return true;
    }

    private static string Replace(string text, string control)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(Rune.IsControl(rune) ? control : rune.ToString());
        return clean.ToString();
    }

    private static string Cut(string line, int length) =>
        line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)].TrimEnd();
}
