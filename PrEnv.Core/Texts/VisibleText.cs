using System.Globalization;
using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>
/// Which characters of a text from others people can see. What terminals and pages show, in Markdown too, is cleaned by it.
/// </summary>
public static class VisibleText
{
    /// <summary>
    /// What stands for a character where a text has one line: a space for the end of a line and a tab, nothing for what is invisible.
    /// </summary>
    public static Rune? OnOneLine(Rune rune) => rune.Value is '\n' or '\r' or '\t'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? new Rune(' ')
        : IsInvisible(rune) ? null
        : rune;

    /// <summary>
    /// Does the character show nothing itself, or change how others are shown? Control characters, marks of direction, joiners and
    /// separators of lines are among these, and so is what Unicode assigns to nothing.
    /// </summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
