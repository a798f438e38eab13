using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>Checks a list of texts.</summary>
internal static class TextList
{
    /// <summary>The texts; none if there are too many.</summary>
    /// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
    /// <param name="field">The list's, below <c>spec</c>.</param>
    /// <param name="items">The list; null: empty.</param>
    /// <param name="maxItems">How many it may have.</param>
    /// <param name="pattern">What each must match.</param>
    /// <param name="maxLength">How many characters each may have.</param>
    /// <param name="what">What each must be.</param>
    public static ImmutableArray<string> Read(
        Action<string, string> add, string field, IReadOnlyList<string?>? items, int maxItems, Regex pattern, int maxLength, string what)
    {
        if (items is null)
            return [];
        if (items.Count > maxItems)
        {
            add(field, $"has more than {maxItems} items");
            return [];
        }

        foreach (var (index, item) in items.Index())
        {
            if (Problem(item, pattern, maxLength) is { } problem)
                add($"{field}[{index}]", $"{problem}; it must be {what}");
        }

        return [.. items.OfType<string>()];
    }

    private static string? Problem(string? item, Regex pattern, int maxLength) =>
        string.IsNullOrEmpty(item) ? "is empty"
        // The server counts characters, not halves of them.
        : item.EnumerateRunes().Count() > maxLength ? $"has more than {maxLength} characters"
        : pattern.IsMatch(item) ? null
        : $"is \"{Text.Excerpt(item, 60)}\"";
}
