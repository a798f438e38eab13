using System.Text.RegularExpressions;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>Checks the regular expressions of <c>spec.pullRequests</c>.</summary>
/// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
internal sealed class TextPatternsReader(Action<string, string> add)
{
    /// <summary>The most patterns of a list.</summary>
    public const int MaxItems = 16;

    /// <summary>The most characters of a pattern.</summary>
    public const int MaxLength = 200;

    private int _weight;

    /// <summary>To be called once, after all lists were read: each pattern may be cheap enough, and all together too costly.</summary>
    public void CheckSum()
    {
        if (_weight > PatternWeight.MostOfAll)
        {
            add(
                "pullRequests",
                "has regular expressions that may take too long to match together; shorten them, repeat less in braces, or use fewer");
        }
    }

    public TextPatterns Read(string field, IReadOnlyList<string?>? patterns)
    {
        if (patterns is null or [])
            return TextPatterns.None;
        if (patterns.Count > MaxItems)
        {
            add($"pullRequests.{field}", $"has more than {MaxItems} items");
            return TextPatterns.None;
        }

        var isValid = true;
        foreach (var (index, pattern) in patterns.Index())
        {
            if (Problem(pattern) is not { } problem)
            {
                _weight += PatternWeight.Of(pattern!) ?? 0;
                continue;
            }

            add($"pullRequests.{field}[{index}]", problem);
            isValid = false;
        }

        return isValid ? new TextPatterns(patterns.OfType<string>()) : TextPatterns.None;
    }

    private static string? Problem(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
            return "is empty; it must be a regular expression";
        // The server counts characters, not halves of them.
        if (pattern.EnumerateRunes().Count() > MaxLength)
            return $"has more than {MaxLength} characters; use several patterns";
        var excerpt = $"is \"{Text.Excerpt(pattern, 60)}\"";
        switch (PatternWeight.Of(pattern))
        {
            case null:
                return $"{excerpt}; it must have no comment, no option x, and no [ in a class, unless written \\[";
            case > PatternWeight.Most:
                return $"{excerpt}, which may take too long to match; shorten it, repeat less in braces, or use several patterns";
        }

        try
        {
            _ = new TextPatterns([pattern]);
            return null;
        }
        catch (RegexParseException e)
        {
            return $"{excerpt}, which is not a regular expression: {e.Error} at character {e.Offset}";
        }
        catch (NotSupportedException)
        {
            return $"{excerpt}, which cannot be matched without backtracking; lookaround, backreferences, "
                + "conditions and atomic groups are not supported, as in RE2";
        }
    }
}
