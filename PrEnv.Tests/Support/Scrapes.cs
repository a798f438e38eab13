using System.Text;
using PrEnv.Controller.Monitoring;
using Prometheus;

namespace PrEnv.Tests.Support;

/// <summary>What <c>/metrics</c> would print.</summary>
internal static class Scrapes
{
    /// <summary>The lines that begin like this.</summary>
    public static async Task<string[]> LinesAsync(MetricsRegistry registry, string prefix)
    {
        using var stream = new MemoryStream();
        await registry.Collectors.CollectAndExportAsTextAsync(stream, ExpositionFormat.PrometheusText);
        return [.. Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal))];
    }
}
