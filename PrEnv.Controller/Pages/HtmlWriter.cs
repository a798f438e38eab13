using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PrEnv.Controller.Pages;

/// <summary>
/// Writes HTML or SVG as UTF-8. What stands in the source is markup, and every value that is interpolated is encoded, in attributes (which
/// must have double quotes) as in text: there is no way to write a value as it is.
/// </summary>
internal sealed class HtmlWriter(IBufferWriter<byte> output)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes a piece of markup.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The handler has written by the time that this is called.")]
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, output);

    /// <summary>Writes the parts of an interpolated string, as they come.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly HtmlWriter _html;

        /// <summary>For the compiler, which also counts: only a handler with a buffer of its own would need to know.</summary>
        public Markup(int literalLength, int formattedCount, HtmlWriter html)
        {
            _ = literalLength + formattedCount;
            _html = html;
        }

        public void AppendLiteral(string markup) => _html.Append(markup);

        public void AppendFormatted(string? value)
        {
            if (!string.IsNullOrEmpty(value))
                _html.Append(Encoder.Encode(value));
        }

        public void AppendFormatted(int value) => _html.Append(value.ToString(CultureInfo.InvariantCulture));
    }
}
