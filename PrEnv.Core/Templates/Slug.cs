using System.Text;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Templates;

/// <summary>Turns a branch name into text that is valid in a DNS label.</summary>
public static class Slug
{
    /// <summary>The most characters that a slug has.</summary>
    public const int MaxLength = 40;

    private const int HashLength = 8;

    /// <summary>
    /// Lower-case <c>[a-z0-9-]</c>, neither empty nor with a leading or trailing dash. A name that had to be changed gets a hash of the
    /// whole name as its suffix, so that two names never share a slug.
    /// </summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
                slug.Append(c);
            else if (char.IsAsciiLetterUpper(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var plain = slug.ToString().TrimEnd('-');
        if (plain == text && plain.Length is > 0 and <= MaxLength && !LooksHashed(plain))
            return plain;

        var hash = Fingerprint.Of(text, HashLength);
        var kept = plain.Length > MaxLength - HashLength - 1 ? plain[..(MaxLength - HashLength - 1)].TrimEnd('-') : plain;
        return kept.Length == 0 ? hash : $"{kept}-{hash}";
    }

    // A branch may have the same name as another branch's slug; it is then hashed too.
    private static bool LooksHashed(string slug) =>
        slug.Length >= HashLength
        && (slug.Length == HashLength || slug[^(HashLength + 1)] == '-')
        && slug[^HashLength..].All(char.IsAsciiHexDigitLower);
}
