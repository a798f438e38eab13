using System.Globalization;
using System.Text;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Kubernetes.Events;

/// <summary>Makes a text fit to be an event's note.</summary>
internal static class EventNote
{
    /// <summary>The API server's limit, which it counts in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private static readonly TextCleaner Cleaner = new(Replace) { MaxLength = MaxBytes, CountsBytes = true, Ellipsis = "…" };

    /// <summary>
    /// One line without control characters, at most <see cref="MaxBytes"/>, never cut inside a character. A note may quote a pull
    /// request's title: invisible characters that reverse or hide text on a terminal are removed too.
    /// </summary>
    public static string From(string text) => Cleaner.Clean(text);

    private static Rune? Replace(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => Rune.IsWhiteSpace(rune) ? new Rune(' ') : null,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => new Rune(' '),
        UnicodeCategory.Format => null,
        _ => rune,
    };
}
