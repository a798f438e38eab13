using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Charts;

/// <summary>
/// Reads the HelmChart that source-controller builds for a release: it alone says why a chart is missing. Thread-safe.
/// </summary>
internal sealed partial class HelmChartReader(RawKubernetes client, ILogger<HelmChartReader> logger) : IHelmChartReader
{
    public async Task<ChartReading> ReadAsync(ResourceKey chart, CancellationToken cancellationToken)
    {
        try
        {
            var path = ApiResource.HelmCharts.ObjectPath(chart.Namespace, chart.Name);
            var reply = await client.SendAsync(ApiRequest.Get(path), ApiJson.Default.HelmChartBody, cancellationToken);
            if (reply.Value.Status?.Conditions?.FirstOrDefault(c => c.Type == "Ready") is not { IsFalse: true } ready)
                return ChartReading.Nothing;
            LogNotReady(chart, ready.Reason, ready.Message);
            return new ChartReading(ready.Reason, ready.Message);
        }
        catch (ApiStatusException e)
        {
            LogUnread(chart, e.Status.Message);
            return ChartReading.Nothing;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "HelmChart {Chart} is not ready: {Reason}: {Message}")]
    private partial void LogNotReady(ResourceKey chart, string reason, string message);

    [LoggerMessage(2, LogLevel.Debug, "HelmChart {Chart} could not be read: {Message}")]
    private partial void LogUnread(ResourceKey chart, string message);
}
