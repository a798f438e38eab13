using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Composition;

/// <summary>Puts the process together. Services start in the order that they are added in, and stop in reverse.</summary>
internal static class HostFactory
{
    /// <summary>How long a graceful stop may take. A pod is killed after 30 seconds by default.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <param name="flags">Options from the command line, by name.</param>
    /// <param name="surroundings">Where the process runs.</param>
    /// <exception cref="StartupException"><c>appsettings.json</c> cannot be read.</exception>
    /// <exception cref="OptionsValidationException">An option is wrong.</exception>
    public static IHost Create(IReadOnlyDictionary<string, string> flags, Surroundings surroundings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder
            .AddPrEnvOptions(new OptionSources(flags, surroundings.Variables, SettingsFile.Read(surroundings.SettingsFile)))
            .AddPrEnvLogging(surroundings)
            .AddPrEnvCluster(surroundings)
            .AddPrEnvMemory()
            .AddPrEnvEndpoints()
            .AddPrEnvLeadership(surroundings)
            .AddPrEnvWebhooks()
            .AddPrEnvPages()
            .AddPrEnvProbing()
            .AddPrEnvController();
        return builder.Build();
    }
}
