using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Reading;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Composition;

internal static class ReadingServiceCollectionExtensions
{
    /// <summary>Adds <see cref="Gatherer"/>; the caller provides the ports to the cluster and to GitHub, and the clock.</summary>
    public static IServiceCollection AddReading(this IServiceCollection services)
    {
        services.AddSingleton<PullRequestHints>();
        services.AddSingleton<CredentialReader>();
        services.AddSingleton<EnvironmentMetrics>();
        services.AddSingleton<ListingPoller>();
        services.AddSingleton<FinalReports>();
        services.AddSingleton<CheckedSpecs>();
        services.AddSingleton<HealthUrls>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<Gatherer>();
        services.AddSingleton<ReviewReader>();
        services.AddSingleton<FilesReader>();
        services.AddSingleton<CheckReader>();
        services.AddSingleton<ChartReadings>();
        services.AddSingleton<NamespaceReadings>();
        services.AddSingleton<CommandInbox>();
        return services;
    }
}
