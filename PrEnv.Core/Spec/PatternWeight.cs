using System.Buffers;
using System.Globalization;

namespace PrEnv.Core.Spec;

/// <summary>
/// How dear a regular expression is to match. Matching without backtracking takes time in proportion to the text, but the factor grows
/// faster than the square of the number of states, and counted repetition makes many states of few characters: <c>(.*a.{50}){4}x</c> takes
/// seconds for a title of 256 characters. So each character weighs 1, what is repeated up to n times weighs n times as much, and
/// repetitions within repetitions weigh more than that.
/// </summary>
internal static class PatternWeight
{
    /// <summary>The most that a pattern may weigh: one title then takes some 20 ms in the worst case, and microseconds usually.</summary>
    public const int Most = 128;

    /// <summary>
    /// The most that all patterns of a spec may weigh together: a pull request that was not seen before then takes some 80 ms in the worst
    /// case.
    /// </summary>
    public const int MostOfAll = 4 * Most;

    // What a repeated group weighs more than its characters if one of the repetitions is counted.
    private const int Nesting = 4;

    // Nothing above this is told apart, so that nothing overflows.
    private const int Cap = 100_000;

    private static readonly SearchValues<char> Options = SearchValues.Create("imnsxIMNSX-");

    /// <summary>
    /// Weighs a pattern. Null if it has a comment, the option <c>x</c>, which makes blanks and comments of what is text otherwise, or an
    /// opening bracket in a class: a repetition could hide behind them, RE2 does not know the first two, and takes the last for
    /// something else.
    /// </summary>
    /// <param name="pattern">Any text.</param>
    public static int? Of(string pattern)
    {
        var groups = new Stack<Group>([new Group()]);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    groups.Peek().Add(Item.Character);
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    if (i < pattern.Length && pattern[i] == '[')
                        return null;
                    groups.Peek().Add(Item.Character);
                    break;
                case '(' when HidesText(pattern.AsSpan(i + 1)):
                    return null;
                case '(':
                    groups.Push(new Group());
                    break;
                case ')' when groups.Count > 1:
                    var inner = groups.Pop();
                    groups.Peek().Add(new Item(inner.Weight, IsGroup: true, inner.IsCounted));
                    break;
                case '*' or '+':
                    groups.Peek().Repeat(1, isCounted: false);
                    break;
                case '{' when Count(pattern, i) is { } count:
                    groups.Peek().Repeat(count, isCounted: true);
                    i = pattern.IndexOf('}', i);
                    break;
                case '?':
                    break;
                default:
                    groups.Peek().Add(Item.Character);
                    break;
            }
        }

        return Math.Min(groups.Sum(group => group.Weight), Cap);
    }

    // (?#comment), (?x), (?i-x:
    private static bool HidesText(ReadOnlySpan<char> group)
    {
        if (!group.StartsWith('?'))
            return false;
        var options = group[1..];
        var end = options.IndexOfAnyExcept(Options);
        return options.StartsWith('#') || (end < 0 ? options : options[..end]).ContainsAny('x', 'X');
    }

    // The greatest number of a quantifier; null if the brace is text.
    private static int? Count(string pattern, int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0)
            return null;
        var parts = pattern[(at + 1)..end].Split(',');
        if (parts.Length > 2 || !IsNumber(parts[0]) || (parts.Length == 2 && parts[1].Length > 0 && !IsNumber(parts[1])))
            return null;
        var most = parts.Length == 2 && parts[1].Length > 0 ? parts[1] : parts[0];
        return int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, Cap) : Cap;
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    // At its closing bracket, which is text if it comes first, or at an opening one within.
    private static int EndOfClass(string pattern, int at)
    {
        var i = at + 1;
        if (i < pattern.Length && pattern[i] == '^')
            i++;
        if (i < pattern.Length && pattern[i] == ']')
            i++;
        for (; i < pattern.Length && pattern[i] is not (']' or '['); i++)
        {
            if (pattern[i] == '\\')
                i++;
        }

        return i;
    }

    private readonly record struct Item(int Weight, bool IsGroup, bool IsCounted)
    {
        public static Item Character { get; } = new(1, IsGroup: false, IsCounted: false);
    }

    private sealed class Group
    {
        private Item _last;

        public int Weight { get; private set; }

        public bool IsCounted { get; private set; }

        public void Add(Item item)
        {
            Weight = Math.Min(Weight + item.Weight, Cap);
            IsCounted |= item.IsCounted;
            _last = item;
        }

        public void Repeat(int count, bool isCounted)
        {
            var item = _last;
            var factor = item.IsGroup && (isCounted || item.IsCounted) ? Nesting * count : count;
            Weight -= item.Weight;
            Add(new Item((int)Math.Min((long)item.Weight * factor, Cap), item.IsGroup, item.IsCounted || isCounted));
        }
    }
}
