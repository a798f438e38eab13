using System.Text.RegularExpressions;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Model;

/// <summary>
/// Finds the command in a comment: a line of its own that begins with <c>/prenv</c>, neither quoted nor in code nor hidden.
/// </summary>
public static partial class CommandText
{
    // GitHub's own limit for a comment.
    private const int MaxLength = 65_536;

    /// <summary>The first command; null if there is none. A line that is almost a command does not count.</summary>
    public static (CommandVerb Verb, string? Sha)? Find(string? body)
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

    private static (CommandVerb Verb, string? Sha)? Read(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
            return null;
        var sha = match.Groups["sha"] is { Success: true } named ? named.Value.ToLowerInvariant() : null;
        return match.Groups["verb"].Value switch
        {
            "rebuild" when sha is null => (CommandVerb.Rebuild, null),
            "delete" when sha is null => (CommandVerb.Delete, null),
            "approve" => (CommandVerb.Approve, sha),
            _ => null,
        };
    }

    [GeneratedRegex(
        @"^ {0,3}/prenv +(?<verb>[a-z]+)( +(?<sha>[0-9a-fA-F]{7,64}))? *\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
