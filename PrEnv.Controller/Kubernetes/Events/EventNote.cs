using System.Globalization;
using System.Text;

namespace PrEnv.Controller.Kubernetes.Events;

/// <summary>Makes a text fit to be an event's note.</summary>
internal static class EventNote
{
    /// <summary>The API server's limit, which it counts in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private const char Ellipsis = '…';
    private static readonly int EllipsisBytes = new Rune(Ellipsis).Utf8SequenceLength;

    /// <summary>
    /// One line without control characters, at most <see cref="MaxBytes"/>, never cut inside a character. A note may quote a pull
    /// request's title: invisible characters that turn or hide text on a terminal go, too.
    /// </summary>
    public static string From(string text)
    {
        var clean = new StringBuilder(text.Length);
        var bytes = 0;
        var cut = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Replace(rune) is not { } kept)
            {
                continue;
            }

            bytes += kept.Utf8SequenceLength;
            if (bytes > MaxBytes)
            {
                clean.Length = cut;
                return clean.Append(Ellipsis).ToString();
            }

            clean.Append(kept.ToString());
            if (bytes <= MaxBytes - EllipsisBytes)
            {
                cut = clean.Length;
            }
        }

        return clean.ToString();
    }

    private static Rune? Replace(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => Rune.IsWhiteSpace(rune) ? new Rune(' ') : null,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(' '),
        UnicodeCategory.Format => null,
        _ => rune,
    };
}
