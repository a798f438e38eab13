using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Composition;

/// <summary>The first line of the log: what is running, against what, and with which options.</summary>
internal sealed class StartupBanner(
    ClusterConnection connection, OptionSources sources, IOptions<ControllerOptions> options,
    ILogger<StartupBanner> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Starting(logger, ProductVersion.Text, connection.Server, connection.Context, options.Value.GitHubApiUrl, Written());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    private string Written()
    {
        var written = sources.Written
            .Where(option => option.Text != option.Option.Default)
            .Select(option => $"{option.Option.Flag}={option.Option.Shown(option.Text)}"
                + (option.Origin == option.Option.Flag ? "" : $" ({option.Origin})"));
        return string.Join(' ', written) is { Length: > 0 } text ? text : "all default";
    }
}
