using PrEnv.Controller.Monitoring;
using Prometheus;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>The metrics of requests to GitHub, by credential, of which only a fingerprint is shown.</summary>
internal sealed class GitHubMetrics
{
    private readonly Counter _requests;
    private readonly Counter _charged;
    private readonly Counter _hits;
    private readonly Gauge _remaining;
    private readonly Gauge _limit;
    private readonly Gauge _reset;

    public GitHubMetrics(MetricsRegistry registry)
    {
        var factory = registry.Factory;
        _requests = factory.CreateCounter(
            "prenv_github_requests_total", "Requests to GitHub, by kind and outcome.", "credential", "kind", "outcome");
        _charged = factory.CreateCounter(
            "prenv_github_charged_requests_total", "Requests to GitHub that count against the hourly rate limit.", "credential");
        _hits = factory.CreateCounter(
            "prenv_github_cache_hits_total", "Cached responses that GitHub confirmed with 304, free of charge.", "credential");
        _remaining = factory.CreateGauge(
            "prenv_github_rate_limit_remaining", "Requests remaining in the current hour, as last reported by GitHub.", "credential");
        _limit = factory.CreateGauge(
            "prenv_github_rate_limit_limit", "Requests in a whole hour, as last reported by GitHub.", "credential");
        _reset = factory.CreateGauge(
            "prenv_github_rate_limit_reset_timestamp_seconds", "When the current hour ends, as last reported by GitHub.", "credential");
    }

    /// <summary>The metrics of one credential.</summary>
    /// <param name="credentialId">Its fingerprint; the label.</param>
    public CredentialMetrics For(string credentialId) => new(this, credentialId);

    /// <summary>The credential is no longer used. Its gauges are removed, because they would be outdated; counters must be kept.</summary>
    public void Forget(string credentialId)
    {
        _remaining.RemoveLabelled(credentialId);
        _limit.RemoveLabelled(credentialId);
        _reset.RemoveLabelled(credentialId);
    }

    internal void Count(string credentialId, HttpRequestMessage request, string outcome) =>
        _requests.WithLabels(credentialId, RequestKind.Of(request), outcome).Inc();

    internal void Charge(string credentialId) => _charged.WithLabels(credentialId).Inc();

    internal void Hit(string credentialId) => _hits.WithLabels(credentialId).Inc();

    internal void Show(string credentialId, RateLimitHeaders headers)
    {
        if (headers.Remaining is { } remaining)
            _remaining.WithLabels(credentialId).Set(remaining);
        if (headers.Limit is { } limit)
            _limit.WithLabels(credentialId).Set(limit);
        if (headers.Reset is { } reset)
            _reset.WithLabels(credentialId).Set(reset.ToUnixTimeSeconds());
    }
}
