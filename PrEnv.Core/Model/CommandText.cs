using System.Globalization;
using System.Text.RegularExpressions;
using PrEnv.Core.Objects;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Model;

/// <summary>
/// Finds the command in a comment: a line of its own that begins with <c>/prenv</c>, neither quoted nor in code nor hidden.
/// </summary>
public static partial class CommandText
{
    // GitHub's own limit for a comment.
    private const int MaxLength = 65_536;

    /// <summary>
    /// The first command, with the commit or the duration that it names; null if there is none. A line that is almost a command does not
    /// count.
    /// </summary>
    public static (CommandVerb Verb, string? Sha, TimeSpan? Time)? Find(string? body)
    {
        if (body is null or { Length: > MaxLength })
            return null;
        var markdown = new MarkdownLines();
        foreach (var line in body.AsSpan().EnumerateLines())
        {
            var text = line.ToString();
            if (markdown.IsPlain(text) && Read(text) is { } command)
                return command;
        }

        return null;
    }

    private static (CommandVerb Verb, string? Sha, TimeSpan? Time)? Read(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
            return null;
        var argument = match.Groups["argument"] is { Success: true } named ? named.Value : null;
        return match.Groups["verb"].Value switch
        {
            "rebuild" when argument is null => (CommandVerb.Rebuild, null, null),
            "delete" when argument is null => (CommandVerb.Delete, null, null),
            "sleep" when argument is null => (CommandVerb.Sleep, null, null),
            "wake" when argument is null => (CommandVerb.Wake, null, null),
            "approve" when argument is null || Commit().IsMatch(argument) => (CommandVerb.Approve, argument?.ToLowerInvariant(), null),
            "keep" when Time(argument) is { } time => (CommandVerb.Keep, null, time),
            _ => null,
        };
    }

    // People count in days, which Go's notation has not.
    private static TimeSpan? Time(string? text)
    {
        if (text is not null && Days().IsMatch(text))
            return TimeSpan.FromDays(int.Parse(text.AsSpan(..^1), CultureInfo.InvariantCulture));
        return GoDuration.TryParse(text, out var time) ? time : null;
    }

    [GeneratedRegex(
        @"^ {0,3}/prenv +(?<verb>[a-z]+)( +(?<argument>[0-9a-zA-Z.]{1,64}))? *\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"^[0-9a-fA-F]{7,64}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    [GeneratedRegex(@"^[0-9]{1,6}d\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Days();
}
