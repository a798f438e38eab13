using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PrEnv.Core.Spec;

/// <summary>
/// A list of regular expressions of a spec, and what they were found to say of texts. A match may be anywhere in the text, as with RE2's
/// <c>MatchString</c>. Thread-safe.
/// </summary>
public sealed class TextPatterns
{
    /// <summary>The longest text that is matched, in UTF-16 code units; neither a branch nor a title of GitHub is longer.</summary>
    public const int MaxText = 1024;

    private const int MaxRemembered = 4096;

    // Linear in the text, whatever it is. No culture: a plan must not depend on where the controller runs.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Only the last resort: it is checked seldom. PatternWeight is what keeps matching cheap.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TextMatch> _remembered = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Pattern> _patterns;

    /// <summary>Every pattern must be valid.</summary>
    /// <param name="patterns">The regular expressions.</param>
    /// <exception cref="RegexParseException">One is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">One cannot be matched without backtracking.</exception>
    public TextPatterns(IEnumerable<string> patterns) => _patterns = [.. patterns.Select(text => new Pattern(text))];

    /// <summary>An empty list.</summary>
    public static TextPatterns None { get; } = new([]);

    /// <summary>Has it no patterns?</summary>
    public bool IsEmpty => _patterns.IsEmpty;

    /// <summary>The regular expressions, as they are written in the spec.</summary>
    public ImmutableArray<string> Texts => [.. _patterns.Select(pattern => pattern.Text)];

    /// <summary>Looks for the first pattern that matches.</summary>
    /// <param name="text">Any text.</param>
    public TextMatch Match(string text)
    {
        if (IsEmpty)
            return TextMatch.None;
        if (text.Length > MaxText)
            return TextMatch.Unknown;
        lock (_lock)
        {
            if (_remembered.TryGetValue(text, out var known))
                return known;
            var match = Find(text);
            // One that took too long may be quicker another time.
            if (match.IsKnown)
                Remember(text, match);
            return match;
        }
    }

    private TextMatch Find(string text)
    {
        var isKnown = true;
        foreach (var pattern in _patterns)
        {
            try
            {
                if (pattern.IsMatch(text))
                    return new TextMatch(pattern.Text, IsKnown: true);
            }
            catch (RegexMatchTimeoutException)
            {
                isKnown = false;
            }
        }

        return isKnown ? TextMatch.None : TextMatch.Unknown;
    }

    private void Remember(string text, TextMatch match)
    {
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[text] = match;
    }

    private sealed class Pattern(string text)
    {
        // The automaton grows with what it has seen, and never shrinks.
        private const int MostTexts = 16;

        private Regex _regex = new(text, Options, Timeout);
        private int _texts;

        public string Text => text;

        public bool IsMatch(string input)
        {
            if (++_texts > MostTexts)
                (_regex, _texts) = (new Regex(text, Options, Timeout), 1);
            return _regex.IsMatch(input);
        }
    }
}

/// <summary>What a list of patterns says of a text.</summary>
/// <param name="Pattern">The first one that matches; null if none is known to.</param>
/// <param name="IsKnown">False when it could not be found out whether one matches.</param>
public readonly record struct TextMatch(string? Pattern, bool IsKnown)
{
    /// <summary>No pattern matches.</summary>
    public static TextMatch None { get; } = new(null, IsKnown: true);

    /// <summary>It could not be found out.</summary>
    public static TextMatch Unknown { get; } = new(null, IsKnown: false);
}
