using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Charts;

/// <summary>Reads HelmCharts, one at a time, never a list.</summary>
internal interface IHelmChartReader
{
    /// <summary>
    /// Why the chart is not ready. <see cref="ChartReading.Nothing"/> when it does not say, is not there, or could not be read: that must
    /// not keep anything else from being done. Never throws an <see cref="ApiStatusException"/>.
    /// </summary>
    Task<ChartReading> ReadAsync(ResourceKey chart, CancellationToken cancellationToken);
}
