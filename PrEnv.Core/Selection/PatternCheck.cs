using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>What a list of patterns says of a text of a pull request. An empty text is one that GitHub did not report.</summary>
internal static class PatternCheck
{
    /// <summary>One of the patterns must match, if there are any.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="field">Their field.</param>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for people.</param>
    /// <param name="rejection">The result if none matches.</param>
    public static Rejection? Includes(TextPatterns patterns, string field, string text, string what, Rejection rejection)
    {
        if (patterns.IsEmpty)
            return null;
        var (pattern, doubt) = Match(patterns, field, text, what);
        return pattern is null ? doubt ?? rejection : null;
    }

    /// <summary>None of the patterns may match.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="field">Their field.</param>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for people.</param>
    /// <param name="reject">The result if that pattern matches.</param>
    public static Rejection? Excludes(TextPatterns patterns, string field, string text, string what, Func<string, Rejection> reject)
    {
        if (patterns.IsEmpty)
            return null;
        var (pattern, doubt) = Match(patterns, field, text, what);
        return pattern is null ? doubt : reject(pattern);
    }

    // The pattern that matches; if there is none, why it is not known that none does.
    private static (string? Pattern, Rejection? Doubt) Match(TextPatterns patterns, string field, string text, string what)
    {
        if (text.Length == 0)
            return (null, RejectionMessages.NotReported(what));
        var match = patterns.Match(text);
        return (match.Pattern, match.IsKnown ? null : RejectionMessages.NotMatched(what, field));
    }
}
