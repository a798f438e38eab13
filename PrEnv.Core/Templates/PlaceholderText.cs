using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Templates;

/// <summary>
/// A text with placeholders in it. Two angle brackets alone are text, such as in a shell's <c>&lt;&lt;EOF</c>; around a word they are a
/// placeholder.
/// </summary>
internal static partial class PlaceholderText
{
    /// <summary>Values go in without control characters and without halves of characters.</summary>
    public static TextCleaner Printable { get; } = new(rune => Rune.IsControl(rune) ? null : rune);

    /// <summary>The names of the placeholders, known or not, in their order.</summary>
    public static ImmutableArray<string> NamesIn(string text) =>
        text.Contains("<<", StringComparison.Ordinal) ? [.. Pattern().Matches(text).Select(m => m.Groups["name"].Value)] : [];

    /// <summary>The pieces of a text whose placeholders are known.</summary>
    public static IEnumerable<(string Text, bool IsPlaceholder)> Split(string text)
    {
        var at = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            if (match.Index > at)
                yield return (text[at..match.Index], false);
            yield return (match.Groups["name"].Value, true);
            at = match.Index + match.Length;
        }

        if (at < text.Length)
            yield return (text[at..], false);
    }

    [GeneratedRegex(@"<<(?<name>[^<>\s]+)>>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
