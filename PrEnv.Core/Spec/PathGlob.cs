using System.Collections.Immutable;
using System.Text;

namespace PrEnv.Core.Spec;

/// <summary>
/// A glob for the paths of files, with regard to case: <c>*</c> stands for any characters but a slash, <c>**</c> for any characters,
/// <c>**/</c> at the beginning of a path or after a slash for any number of folders, <c>?</c> for one character but a slash. Everything
/// else stands for itself. Matching takes time in proportion to the path, whatever the glob: all positions in the glob that the path may
/// have reached are kept in one number, a bit each.
/// </summary>
internal sealed class PathGlob
{
    /// <summary>The most characters of a glob: a bit each, and one more for the end.</summary>
    public const int MaxLength = 120;

    private static readonly Rune Slash = new('/');

    private readonly Dictionary<Rune, UInt128> _characters = [];
    private readonly string _prefix;
    private readonly UInt128 _start = UInt128.One;
    private readonly UInt128 _end;
    private UInt128 _one;
    private UInt128 _many;
    private UInt128 _all;
    private UInt128 _folders;

    /// <param name="text">The glob, of at most <see cref="MaxLength"/> characters.</param>
    public PathGlob(string text)
    {
        Text = text;
        var end = text.AsSpan().IndexOfAny('*', '?');
        _prefix = end < 0 ? text : text[..end];
        ImmutableArray<Rune> runes = [.. text[_prefix.Length..].EnumerateRunes()];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runes.Length, MaxLength, nameof(text));
        var bit = UInt128.One;
        for (var i = 0; i < runes.Length; bit <<= 1)
            i += Add(runes.AsSpan()[i..], bit, isBeginning: i == 0 ? IsFolder(_prefix) : runes[i - 1] == Slash);
        _end = bit;
    }

    /// <summary>The glob, as it is written in the spec.</summary>
    public string Text { get; }

    /// <summary>Does it match all of that path?</summary>
    /// <param name="path">Any text.</param>
    public bool IsMatch(string path)
    {
        if (!path.StartsWith(_prefix, StringComparison.Ordinal))
            return false;
        var reached = Skip(_start, IsFolder(_prefix));
        foreach (var rune in path.AsSpan(_prefix.Length).EnumerateRunes())
        {
            var isSlash = rune == Slash;
            var next = reached & _characters.GetValueOrDefault(rune);
            var stay = reached & (_all | _folders);
            if (!isSlash)
            {
                next |= reached & _one;
                stay |= reached & _many;
            }

            reached = Skip((next << 1) | stay, isSlash);
            if (reached == UInt128.Zero)
                return false;
        }

        return (reached & _end) != UInt128.Zero;
    }

    /// <summary>The glob.</summary>
    public override string ToString() => Text;

    private static bool IsFolder(string prefix) => prefix is "" or [.., '/'];

    // How many characters of the glob that bit is for.
    private int Add(ReadOnlySpan<Rune> rest, UInt128 bit, bool isBeginning)
    {
        if (rest[0].Value == '?')
        {
            _one |= bit;
            return 1;
        }

        if (rest[0].Value != '*')
        {
            _characters[rest[0]] = _characters.GetValueOrDefault(rest[0]) | bit;
            return 1;
        }

        var stars = 1;
        while (stars < rest.Length && rest[stars].Value == '*')
            stars++;
        if (stars == 1)
        {
            _many |= bit;
            return 1;
        }

        if (!isBeginning || stars == rest.Length || rest[stars] != Slash)
        {
            _all |= bit;
            return stars;
        }

        _folders |= bit;
        return stars + 1;
    }

    // What stands for any number of characters or folders may stand for none.
    private UInt128 Skip(UInt128 reached, bool isBeginning)
    {
        var skippable = isBeginning ? _many | _all | _folders : _many | _all;
        for (var more = reached & skippable; more != UInt128.Zero;)
        {
            more = (more << 1) & ~reached;
            reached |= more;
            more &= skippable;
        }

        return reached;
    }
}
