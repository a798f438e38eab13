using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PrEnv.Core.Spec;

/// <summary>Checks lists of names.</summary>
internal static class ItemLists
{
    /// <summary>The most items of a list.</summary>
    public const int MaxItems = 32;

    // https://docs.github.com/en/rest/issues/labels
    private const int MaxLabel = 50;

    /// <summary>A list of labels; empty if it is missing.</summary>
    /// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
    /// <param name="field">The list.</param>
    /// <param name="labels">What it contains.</param>
    public static ImmutableArray<string> Labels(Action<string, string> add, string field, IReadOnlyList<string?>? labels) =>
        Read(add, field, labels, SpecPatterns.Trimmed(), MaxLabel, "a label");

    /// <summary>A list of names; empty if it is missing.</summary>
    /// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
    /// <param name="field">The list.</param>
    /// <param name="items">What it contains.</param>
    /// <param name="pattern">Matches a valid item.</param>
    /// <param name="maxLength">The most characters of an item.</param>
    /// <param name="what">What an item must be.</param>
    public static ImmutableArray<string> Read(
        Action<string, string> add, string field, IReadOnlyList<string?>? items, Regex pattern, int maxLength, string what) =>
        TextList.Read(add, field, items, MaxItems, pattern, maxLength, what);
}
