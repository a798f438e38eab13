using System.Globalization;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using Prometheus;

namespace PrEnv.Controller.Webhooks;

/// <summary>Counts deliveries. Any instance may get one, so that the latest of all instances counts.</summary>
internal sealed class WebhookMetrics(MetricsRegistry registry, TimeProvider time) : IInformerHandler<PREphemeralEnvController>
{
    private readonly Counter _deliveries = registry.Factory.CreateCounter(
        "prenv_webhook_deliveries_total", "Webhook deliveries, by event and response status code.", "event",
        "code");

    private readonly Gauge _last = registry.Factory.CreateGauge(
        "prenv_webhook_last_delivery_timestamp_seconds", "When this instance last got a delivery with a valid signature.",
        "resource_namespace", "resource");

    /// <summary>One was answered.</summary>
    public void Answered(string @event, int status) =>
        _deliveries.WithLabels(WebhookPayload.IsKnown(@event) ? @event : "other", status.ToString(CultureInfo.InvariantCulture)).Inc();

    /// <summary>One is for these resources, and has their signature.</summary>
    public void Received(IEnumerable<ResourceKey> resources)
    {
        foreach (var key in resources)
            _last.WithLabels(key.Namespace, key.Name).Set(time.GetUtcNow().ToUnixTimeSeconds());
    }

    public void OnAdded(PREphemeralEnvController item, bool isInInitialList)
    {
        // It has a series from its first delivery on.
    }

    public void OnUpdated(PREphemeralEnvController old, PREphemeralEnvController item)
    {
        // It stays the same resource.
    }

    /// <summary>A resource that is gone gets no delivery any more, which is no reason for an alert.</summary>
    public void OnDeleted(Tombstone<PREphemeralEnvController> tombstone) =>
        _last.RemoveLabelled(tombstone.Key.Namespace, tombstone.Key.Name);
}
