using System.Text;

namespace PrEnv.Core.Planning;

/// <summary>Makes text of others fit for one line of ours.</summary>
internal static class Text
{
    private const int MaxLength = 300;

    /// <summary>At most 300 characters, without control characters, never half a character.</summary>
    public static string Excerpt(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxLength) return clean.Append('…').ToString();
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
