using System.Globalization;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Logging;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Core.LeaderElection;
using Serilog;
using Serilog.Events;
using Serilog.Filters;

namespace PrEnv.Controller.Composition;

internal static class LoggingHostExtensions
{
    private const string Template = "{Timestamp:HH:mm:ss} {Level:u3} " + PlainJsonFormatter.Message + "{NewLine}{Exception}";

    // Their information is about themselves, and at that level some print URLs and headers.
    private static readonly string[] Frameworks = ["Microsoft", "System", "k8s"];

    /// <summary>
    /// Sends <see cref="Microsoft.Extensions.Logging.ILogger"/> to standard error, as text on a terminal and as JSON elsewhere. Standard
    /// output belongs to commands.
    /// </summary>
    public static IHostApplicationBuilder AddPrEnvLogging(this IHostApplicationBuilder builder, Surroundings surroundings)
    {
        builder.Services.AddSerilog(
            (services, logging) => Configure(logging, services.GetRequiredService<IOptions<ControllerOptions>>().Value, surroundings),
            preserveStaticLogger: true);
        return builder;
    }

    /// <summary>What <see cref="ControllerOptions.LogFormat"/> means when it is not written.</summary>
    public static LogFormat FormatFor(ControllerOptions options, Surroundings surroundings) =>
        options.LogFormat ?? (surroundings.LogsToTerminal && !surroundings.IsInCluster ? LogFormat.Text : LogFormat.Json);

    private static void Configure(LoggerConfiguration logging, ControllerOptions options, Surroundings surroundings)
    {
        var level = LevelOf(options.LogLevel);
        logging.MinimumLevel.Is(level);

        // The host logs them with their stack before it throws them on, to where they become one line; the last has a line of its own.
        logging.Filter.ByExcluding(line => line.Exception is StartupException or OptionsValidationException or LeadershipLostException);
        // Nor is a start that a signal cuts short a failure.
        logging.Filter.ByExcluding(
            line => line.Exception is OperationCanceledException && Matching.FromSource("Microsoft.Extensions.Hosting")(line));
        foreach (var framework in Frameworks)
            logging.MinimumLevel.Override(framework, level > LogEventLevel.Warning ? level : LogEventLevel.Warning);
        // It logs every failing check at every request; the answer says the same to whoever asked.
        logging.Filter.ByExcluding(Matching.FromSource("Microsoft.Extensions.Diagnostics.HealthChecks"));
        if (FormatFor(options, surroundings) == LogFormat.Json)
        {
            logging.WriteTo.Console(new PlainJsonFormatter(), standardErrorFromLevel: LevelAlias.Minimum);
            return;
        }

        logging.Enrich.With<ControlCharacterEnricher>();
        logging.WriteTo.Console(
            outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LevelAlias.Minimum);
    }

    private static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        _ => LogEventLevel.Error,
    };
}
