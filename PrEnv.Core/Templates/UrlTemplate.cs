using System.Collections.Immutable;

namespace PrEnv.Core.Templates;

/// <summary>An http(s) URL with placeholders. Immutable; two templates are equal when their text is.</summary>
public sealed class UrlTemplate : IEquatable<UrlTemplate>
{
    private const int MaxLength = 1024;

    private readonly ImmutableArray<Part> _parts;

    private UrlTemplate(string text, ImmutableArray<Part> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>As the user wrote it.</summary>
    public string Text { get; }

    /// <summary>
    /// Does it use anything other than the number, the commit and the repository? Those are known even while GitHub is unavailable.
    /// </summary>
    public bool UsesText =>
        _parts.Any(p => p.IsPlaceholder && Placeholder.NeedsFacts(p.Text));

    /// <summary>Reads a template, or says in one clause what is wrong with it and how to fix it.</summary>
    public static (UrlTemplate? Template, string? Problem) Parse(string text)
    {
        if (!text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return (null, "must start with http:// or https://");
        }

        if (text.Length > MaxLength)
            return (null, $"has more than {MaxLength} characters");
        var (parts, problem) = Split(text);
        return problem is null ? Checked(new UrlTemplate(text, parts)) : (null, problem);
    }

    /// <summary>The URL for one pull request; every value percent-encoded for its place.</summary>
    public string Render(TemplateContext context)
    {
        var pieces = new string[_parts.Length];
        for (var i = 0; i < pieces.Length; i++)
            pieces[i] = Render(_parts[i], context);
        return string.Concat(pieces);
    }

    /// <inheritdoc/>
    public bool Equals(UrlTemplate? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UrlTemplate);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static (ImmutableArray<Part> Parts, string? Problem) Split(string text)
    {
        var found = ImmutableArray.CreateBuilder<Part>();
        var hostStart = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var hostEnd = text.AsSpan(hostStart).IndexOfAny('/', '?', '#') is var end and >= 0 ? hostStart + end : text.Length;
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf("<<", at, StringComparison.Ordinal);
            if (open < 0)
                open = text.Length;
            if (ProblemOf(text.AsSpan(at, open - at)) is { } problem)
                return ([], problem);
            if (open > at)
                found.Add(new Part(text[at..open], IsPlaceholder: false, InHost: false));
            if (open == text.Length)
                break;

            var close = text.IndexOf(">>", open, StringComparison.Ordinal);
            if (close < 0)
                return ([], "has a << without a matching >>");
            var name = text[(open + 2)..close];
            if (!Placeholder.IsKnown(name))
                return ([], Placeholder.Unknown(name));

            var inHost = open < hostEnd;
            if (inHost && !Placeholder.IsAllowedInHost(name))
                return ([], $"has <<{name}>> in the host; only numbers, SHAs and slugs are allowed there");
            found.Add(new Part(name, IsPlaceholder: true, inHost));
            at = close + 2;
        }

        return (found.ToImmutable(), null);
    }

    private static string? ProblemOf(ReadOnlySpan<char> literal)
    {
        foreach (var c in literal)
        {
            if (c is '<' or '>')
                return "has a < or > outside a placeholder";
            if (char.IsWhiteSpace(c) || char.IsControl(c))
                return "must not contain spaces, line breaks or control characters";
        }

        return null;
    }

    private static (UrlTemplate? Template, string? Problem) Checked(UrlTemplate template)
    {
        var example = template.Render(Example);
        if (!Uri.TryCreate(example, UriKind.Absolute, out var url) || url.Host.Length == 0)
            return (null, "is not a URL once its placeholders are replaced");
        return url.UserInfo.Length > 0 ? (null, "must not contain a user name or password") : (template, null);
    }

    private static TemplateContext Example { get; } = new(
        new Model.PullRequest
        {
            Number = 1,
            HeadSha = new string('0', 40),
            HeadBranch = "branch",
            BaseBranch = "main",
            Title = "title",
            Author = "author",
        },
        "owner",
        "repository");

    private static string Render(Part part, TemplateContext context)
    {
        if (!part.IsPlaceholder)
            return part.Text;
        var value = Placeholder.Resolve(part.Text, context);
        // The values allowed in a host are safe as they are: numbers, commits and slugs.
        return part.InHost ? value : Uri.EscapeDataString(Clean(value));
    }

    // Half a surrogate pair and control characters must not reach the encoder. A title that is only dots would be a step up in the path,
    // which no encoding prevents: https://url.spec.whatwg.org/#double-dot-path-segment
    private static string Clean(string value) => PlaceholderText.Printable.Clean(value) is var text and not ("." or "..") ? text : "";

    private readonly record struct Part(string Text, bool IsPlaceholder, bool InHost);
}
