using System.Globalization;
using System.Text;

namespace PrEnv.Core.Texts;

/// <summary>Which characters of a text from others people can see.</summary>
public static class VisibleText
{
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
