using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>
/// Makes text from others fit for one of our fields: what is replaced or removed, how long it may be, and how a cut is shown. Half a
/// character becomes U+FFFD, and no character is cut in two. Immutable.
/// </summary>
/// <param name="map">The replacement for a character; null removes it. ASCII other than control characters must be kept as it
/// is.</param>
public sealed class TextCleaner(Func<Rune, Rune?> map)
{
    /// <summary>The longest result. Default: no limit.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Is the length counted in bytes of UTF-8, and not in UTF-16 units as .NET does?</summary>
    public bool CountsBytes { get; init; }

    /// <summary>Appended to a text that was cut; counts towards the length. Default: nothing.</summary>
    public string Ellipsis { get; init; } = "";

    /// <summary>The cleaned text.</summary>
    public string Clean(string text)
    {
        if (text.Length <= MaxLength && IsPlain(text))
            return text;
        var room = MaxLength - (CountsBytes ? Encoding.UTF8.GetByteCount(Ellipsis) : Ellipsis.Length);
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        var (length, cut) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (map(rune) is not { } kept)
                continue;
            length += CountsBytes ? kept.Utf8SequenceLength : kept.Utf16SequenceLength;
            if (length > MaxLength)
            {
                clean.Length = cut;
                return clean.Append(Ellipsis).ToString();
            }

            clean.Append(kept.ToString());
            if (length <= room)
                cut = clean.Length;
        }

        return clean.ToString();
    }

    // The common case needs no copy.
    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || !char.IsAscii(c))
                return false;
        }

        return true;
    }
}
