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

    // At this level they describe only their own work, and some print URLs and headers.
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

    /// <summary>The default of <see cref="ControllerOptions.LogFormat"/>.</summary>
    public static LogFormat FormatFor(ControllerOptions options, Surroundings surroundings) =>
        options.LogFormat ?? (surroundings.LogsToTerminal && !surroundings.IsInCluster ? LogFormat.Text : LogFormat.Json);

    private static void Configure(LoggerConfiguration logging, ControllerOptions options, Surroundings surroundings)
    {
        var level = LevelOf(options.LogLevel);
        logging.MinimumLevel.Is(level);

        // The host logs them with their stack before it rethrows them, and they are then reported in one line; the last has a line of its
        // own.
        logging.Filter.ByExcluding(line => line.Exception is StartupException or OptionsValidationException or LeadershipLostException);
        // A startup that is interrupted by a signal is not a failure either.
        logging.Filter.ByExcluding(line => line.Exception is OperationCanceledException && Matching.FromSource("Microsoft.Extensions.Hosting")(line));
        foreach (var framework in Frameworks)
            logging.MinimumLevel.Override(framework, level > LogEventLevel.Warning ? level : LogEventLevel.Warning);
        // It logs every failing check on every request; the response already says the same.
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
