using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Composition;
using PrEnv.Controller.Hosting.Logging;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;
using LogFormat = PrEnv.Controller.Options.LogFormat;

namespace PrEnv.Tests.Hosting.Logging;

internal sealed class LoggingTests
{
    [TestCase(true, false, null, "Text")]
    [TestCase(false, false, null, "Json")]
    [TestCase(true, true, null, "Json")]
    [TestCase(false, true, "text", "Text")]
    [TestCase(true, false, "json", "Json")]
    public void FormatFor_WhereItRuns_DecidesUnlessItIsWritten(bool isTerminal, bool isInCluster, string? written, string expected)
    {
        var options = new ControllerOptions { LogFormat = written is null ? null : OptionParsers.Format(written) };

        Assert.That(LoggingHostExtensions.FormatFor(options, Surroundings(isTerminal, isInCluster)).ToString(), Is.EqualTo(expected));
    }

    [TestCase(LogLevel.Information, "PrEnv.Controller", LogLevel.Information, true)]
    [TestCase(LogLevel.Information, "PrEnv.Controller", LogLevel.Debug, false)]
    [TestCase(LogLevel.Debug, "PrEnv.Controller", LogLevel.Debug, true)]
    [TestCase(LogLevel.Trace, "Microsoft.AspNetCore.Hosting", LogLevel.Information, false)]
    [TestCase(LogLevel.Trace, "System.Net.Http.HttpClient", LogLevel.Information, false)]
    [TestCase(LogLevel.Information, "Microsoft.Extensions.Hosting", LogLevel.Warning, true)]
    [TestCase(LogLevel.Error, "Microsoft.Extensions.Hosting", LogLevel.Warning, false)]
    public void IsEnabled_LevelAndCategory_FrameworksStayQuiet(LogLevel level, string category, LogLevel asked, bool expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IOptions<ControllerOptions>>(
            Microsoft.Extensions.Options.Options.Create(new ControllerOptions { LogLevel = level, LogFormat = LogFormat.Json }));
        builder.AddPrEnvLogging(Surroundings(isTerminal: false, isInCluster: false));
        using var host = builder.Build();

        Assert.That(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(asked), Is.EqualTo(expected));
    }

    [Test]
    public void Enrich_HostileText_LosesItsControlCharacters()
    {
        var line = new LogEvent(
            DateTimeOffset.UnixEpoch, LogEventLevel.Information, exception: null, new MessageTemplateParser().Parse("PR {Title} {Number}"),
            [new LogEventProperty("Title", new ScalarValue("a\nFAKE \u001b[31mline")), new LogEventProperty("Number", new ScalarValue(7))]);

        new ControlCharacterEnricher().Enrich(line, Moq.Mock.Of<ILogEventPropertyFactory>());

        Assert.That(line.RenderMessage(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo("PR \"a?FAKE ?[31mline\" 7"));
    }

    [Test]
    public void Format_Json_HasThePlainSentenceAndOtherwiseWhatSerilogWrites()
    {
        var line = new LogEvent(
            DateTimeOffset.UnixEpoch, LogEventLevel.Warning, new InvalidOperationException("boom"),
            new MessageTemplateParser().Parse("{Type} {Reason}: PR {Number} at {Url} is {Level}, {Missing}"),
            [
                new LogEventProperty("Type", new ScalarValue("Normal")), new LogEventProperty("Reason", new ScalarValue("Env\"Ready")),
                new LogEventProperty("Number", new ScalarValue(7)), new LogEventProperty("Url", new ScalarValue(new Uri("http://x/y"))),
                new LogEventProperty("Level", new ScalarValue(LogLevel.Debug)),
                new LogEventProperty("@at", new SequenceValue([new ScalarValue("a")])),
            ],
            System.Diagnostics.ActivityTraceId.CreateRandom(), System.Diagnostics.ActivitySpanId.CreateRandom());

        var (plain, original) = (
            Json(new PlainJsonFormatter(), line), Json(new Serilog.Formatting.Compact.RenderedCompactJsonFormatter(), line));

        Assert.That((string?)plain["@m"], Is.EqualTo("Normal Env\"Ready: PR 7 at http://x/y is Debug, {Missing}"));
        plain["@m"] = original["@m"]!.DeepClone();
        Assert.That(plain.ToJsonString(), Is.EqualTo(original.ToJsonString()));
    }

    private static System.Text.Json.Nodes.JsonNode Json(Serilog.Formatting.ITextFormatter formatter, LogEvent line)
    {
        using var text = new StringWriter();
        formatter.Format(line, text);
        Assert.That(text.ToString(), Does.EndWith("}" + Environment.NewLine));
        return System.Text.Json.Nodes.JsonNode.Parse(text.ToString())!;
    }

    private static Surroundings Surroundings(bool isTerminal, bool isInCluster) => new()
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal),
        SettingsFile = "none",
        HomeDirectory = "",
        IsInCluster = isInCluster,
        LogsToTerminal = isTerminal,
    };
}
