using System.Text;
using PrEnv.Core.Texts;
using Serilog.Core;
using Serilog.Events;

namespace PrEnv.Controller.Hosting.Logging;

/// <summary>
/// Replaces control characters in what is logged, because a terminal would interpret them and a line break could forge a line. JSON escapes
/// them anyway.
/// See https://cwe.mitre.org/data/definitions/117.html.
/// </summary>
internal sealed class ControlCharacterEnricher : ILogEventEnricher
{
    private static readonly TextCleaner Cleaner = new(rune => Rune.IsControl(rune) ? new Rune('?') : rune);

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToArray())
        {
            if (value is ScalarValue { Value: string text } && text.Any(char.IsControl))
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(Cleaner.Clean(text))));
        }
    }
}
