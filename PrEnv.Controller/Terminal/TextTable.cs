using System.Collections.Immutable;
using System.Text;

namespace PrEnv.Controller.Terminal;

/// <summary>Rows with aligned columns. The last one is cut to what is left of the line.</summary>
/// <param name="headers">The columns' names.</param>
internal sealed class TextTable(params ImmutableArray<string> headers)
{
    private const int Gap = 3;

    private readonly List<ImmutableArray<TextCell>> _rows = [];

    /// <summary>How wide a cell may be; the last one of a row may be wider.</summary>
    public int MostColumns { get; init; } = 60;

    /// <summary>One cell for each column; texts are cleaned.</summary>
    public void Add(params ReadOnlySpan<TextCell> cells) =>
        _rows.Add([.. cells.ToArray().Select((c, i) => c with { Text = Fit(c.Text, i) })]);

    /// <summary>The lines, header first.</summary>
    /// <param name="columns">The width of a line; null: any.</param>
    /// <param name="style">The colours.</param>
    public IEnumerable<string> Lines(int? columns, TerminalStyle style)
    {
        int[] widths = [.. headers.Select((header, i) => _rows.Select(r => TerminalText.Width(r[i].Text)).Append(header.Length).Max())];
        yield return Line([.. headers.Select(h => new TextCell(h, style.Bold))], widths, columns);
        foreach (var row in _rows)
            yield return Line(row, widths, columns);
    }

    private static string Line(ImmutableArray<TextCell> cells, int[] widths, int? columns)
    {
        var line = new StringBuilder();
        var used = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var (isLast, text) = (i == cells.Length - 1, cells[i].Text);
            if (isLast && columns is { } most)
                text = TerminalText.Clean(text, Math.Max(8, most - used));
            line.Append(cells[i].Paint?.Invoke(text) ?? text);
            if (isLast)
                break;
            line.Append(' ', widths[i] - TerminalText.Width(text) + Gap);
            used += widths[i] + Gap;
        }

        return line.ToString().TrimEnd();
    }

    private string Fit(string text, int column) =>
        column == headers.Length - 1 ? TerminalText.Clean(text) : TerminalText.Clean(text, MostColumns);
}
