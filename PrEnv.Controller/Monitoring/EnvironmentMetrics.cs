using System.Collections.Concurrent;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using Prometheus;

namespace PrEnv.Controller.Monitoring;

/// <summary>
/// How the resources and their environments are doing. The labels say which resource, and never which pull request: that many series would
/// be more than a Prometheus wants. They are not called <c>namespace</c> and <c>name</c>, because a scrape adds a label
/// <c>namespace</c> of its own and renames this one. Only the leader knows, so that nothing is counted twice. Thread-safe.
/// </summary>
internal sealed class EnvironmentMetrics
{
    private static readonly string[] Labels = ["resource_namespace", "resource"];

    // From an environment that is up at once to the half hour that the health check waits by default, and beyond.
    private static readonly double[] Buckets = [5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 450, 600, 900, 1800, 3600];

    private readonly Gauge _environments;
    private readonly Gauge _since;
    private readonly Gauge _ready;
    private readonly Histogram _readyAfter;
    private readonly Counter _unannounced;
    private readonly ConcurrentDictionary<ResourceKey, string> _reasons = new();

    public EnvironmentMetrics(MetricsRegistry registry)
    {
        var factory = registry.Factory;
        _environments = factory.CreateGauge("prenv_environments", "Pull requests by phase.", [.. Labels, "phase"]);
        _since = factory.CreateGauge(
            "prenv_environments_oldest_timestamp_seconds", "Since when the pull request that has been in this phase longest is in it.",
            [.. Labels, "phase"]);
        _ready = factory.CreateGauge(
            "prenv_resource_ready", "Status of the condition Ready: 1 is True, 0 anything else. The label is its reason.",
            [.. Labels, "reason"]);
        _readyAfter = factory.CreateHistogram(
            "prenv_environment_ready_seconds", "Time from the change of a HelmRelease until its environment was ready.", Labels,
            new HistogramConfiguration { Buckets = Buckets });
        _unannounced = factory.CreateCounter(
            "prenv_webhook_missed_changes_total", "Changes of pull requests that a listing has shown and no webhook has announced.",
            Labels);
    }

    /// <summary>What is known of a resource now.</summary>
    public void Show(ResourceKey key, Publication publication)
    {
        var phases = publication.Rows.ToLookup(row => row.Phase, StringComparer.Ordinal);
        foreach (var phase in EnvironmentPhase.All)
        {
            _environments.WithLabels(key.Namespace, key.Name, phase).Set(phases[phase].Count());
            if (phases[phase].Min(row => row.Since) is { } since)
                _since.WithLabels(key.Namespace, key.Name, phase).Set(since.ToUnixTimeSeconds());
            else
                _since.RemoveLabelled(key.Namespace, key.Name, phase);
        }

        var ready = publication.Status.Condition("Ready");
        var reason = ready?.Reason ?? "";
        if (_reasons.TryGetValue(key, out var last) && last != reason)
            _ready.RemoveLabelled(key.Namespace, key.Name, last);
        _reasons[key] = reason;
        _ready.WithLabels(key.Namespace, key.Name, reason).Set(ready?.Status == "True" ? 1 : 0);

        // It exists before the first: a rate over a series that appears with its first event misses that event.
        var readyAfter = _readyAfter.WithLabels(key.Namespace, key.Name);
        foreach (var time in publication.ReadyAfter)
            readyAfter.Observe(time.TotalSeconds);
    }

    /// <summary>A listing of a resource with a webhook has shown so many changes that no delivery had announced.</summary>
    public void Missed(ResourceKey key, int changes) => _unannounced.WithLabels(key.Namespace, key.Name).Inc(changes);

    /// <summary>The resource is gone.</summary>
    public void Forget(ResourceKey key)
    {
        foreach (var phase in EnvironmentPhase.All)
        {
            _environments.RemoveLabelled(key.Namespace, key.Name, phase);
            _since.RemoveLabelled(key.Namespace, key.Name, phase);
        }

        if (_reasons.TryRemove(key, out var reason))
            _ready.RemoveLabelled(key.Namespace, key.Name, reason);
        _readyAfter.RemoveLabelled(key.Namespace, key.Name);
        _unannounced.RemoveLabelled(key.Namespace, key.Name);
    }
}
