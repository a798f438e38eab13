namespace PrEnv.Core.Texts;

/// <summary>
/// Tells a writer's own words from quotations, code and hidden text, line by line. It is strict where Markdown is lenient: what may be
/// part of a quotation counts as one. See https://github.github.com/gfm/.
/// </summary>
internal sealed class MarkdownLines
{
    // How each of these blocks ends; https://github.github.com/gfm/#html-blocks.
    private static readonly (string Opens, string Closes)[] Hidden =
        [("<!--", "-->"), ("<pre", "</pre>"), ("<code", "</code>"), ("<details", "</details>"), ("<blockquote", "</blockquote>")];

    private char _fence;
    private int _fenceLength;
    private string? _closes;
    private bool _isQuoted;

    /// <summary>Is the next line the writer's own?</summary>
    public bool IsPlain(string line)
    {
        var text = line.TrimStart(' ');
        var indent = line.Length - text.Length;
        if (_fence != default)
            return EndsFence(text, indent);
        if (_closes is not null)
            return EndsHidden(text);
        if (indent < 4 && BeginsFence(text))
            return false;
        if (BeginsHidden(text))
            return false;
        if (text.StartsWith('>'))
            _isQuoted = true;
        // A paragraph that began in a quotation continues until a blank line, with or without the quotation mark.
        if (string.IsNullOrWhiteSpace(text))
            _isQuoted = false;
        return !_isQuoted && indent < 4 && !line.StartsWith('\t');
    }

    private bool BeginsFence(string text)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal) && !text.StartsWith("~~~", StringComparison.Ordinal))
            return false;
        (_fence, _fenceLength) = (text[0], Run(text));
        return true;
    }

    private bool EndsFence(string text, int indent)
    {
        if (indent < 4 && text.Length > 0 && text[0] == _fence && Run(text) is var run && run >= _fenceLength
            && string.IsNullOrWhiteSpace(text[run..]))
        {
            _fence = default;
        }

        return false;
    }

    private bool BeginsHidden(string text)
    {
        foreach (var (opens, end) in Hidden)
        {
            var at = text.IndexOf(opens, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            if (!text.AsSpan(at + opens.Length).Contains(end, StringComparison.OrdinalIgnoreCase))
                _closes = end;
            return true;
        }

        return false;
    }

    private bool EndsHidden(string text)
    {
        if (text.Contains(_closes!, StringComparison.OrdinalIgnoreCase))
            _closes = null;
        return false;
    }

    private static int Run(string text) => text.Length - text.TrimStart(text[0]).Length;
}
