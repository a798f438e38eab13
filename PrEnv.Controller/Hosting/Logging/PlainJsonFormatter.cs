using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;
using Serilog.Parsing;

namespace PrEnv.Controller.Hosting.Logging;

/// <summary>
/// Like <see cref="RenderedCompactJsonFormatter"/>, except that <c>@m</c> is the sentence that a terminal shows. The original quotes every
/// text that is filled in, and the JSON around it escapes the quotes, which is hard to read and to search.
/// </summary>
internal sealed class PlainJsonFormatter : ITextFormatter
{
    /// <summary>
    /// The message in a template: nothing that is filled in is quoted. With the usual <c>lj</c>, URLs and enums would be.
    /// </summary>
    public const string Message = "{Message:l}";

    private readonly RenderedCompactJsonFormatter _json = new();
    private readonly MessageTemplateTextFormatter _message = new(Message, CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        _message.Format(logEvent, message);

        // The template keeps its own text, because @i is a hash of that.
        var template = new MessageTemplate(logEvent.MessageTemplate.Text, [new TextToken(message.ToString())]);
        var properties = logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value));
        _json.Format(
            new LogEvent(
                logEvent.Timestamp, logEvent.Level, logEvent.Exception, template, properties,
                logEvent.TraceId ?? default, logEvent.SpanId ?? default),
            output);
    }
}
