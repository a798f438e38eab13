using System.Globalization;
using PrEnv.Controller.Monitoring;
using Prometheus;

namespace PrEnv.Controller.Webhooks;

/// <summary>Counts deliveries.</summary>
internal sealed class WebhookMetrics(MetricsRegistry registry)
{
    private readonly Counter _deliveries = registry.Factory.CreateCounter(
        "prenv_webhook_deliveries_total", "Webhook deliveries, by event and response status code.", "event",
        "code");

    /// <summary>One was answered.</summary>
    public void Answered(string @event, int status) =>
        _deliveries.WithLabels(WebhookPayload.IsKnown(@event) ? @event : "other", status.ToString(CultureInfo.InvariantCulture)).Inc();
}
