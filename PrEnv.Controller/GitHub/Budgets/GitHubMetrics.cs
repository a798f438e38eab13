using System.Net;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.Monitoring;
using Prometheus;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>The metrics of what is asked of GitHub, by credential: a fingerprint of it, never itself.</summary>
internal sealed class GitHubMetrics
{
    private readonly Counter _requests;
    private readonly Counter _charged;
    private readonly Counter _hits;
    private readonly Gauge _remaining;
    private readonly Gauge _reset;

    public GitHubMetrics(MetricsRegistry registry)
    {
        var factory = registry.Factory;
        _requests = factory.CreateCounter(
            "prenv_github_requests_total", "Requests to GitHub, by what they are about and what came of them.", "credential", "kind",
            "outcome");
        _charged = factory.CreateCounter(
            "prenv_github_charged_requests_total", "Requests to GitHub that count against the hourly rate limit.", "credential");
        _hits = factory.CreateCounter(
            "prenv_github_cache_hits_total", "Answers that GitHub confirmed with 304, at no charge.", "credential");
        _remaining = factory.CreateGauge(
            "prenv_github_rate_limit_remaining", "Requests that are left in this hour, as GitHub said last.", "credential");
        _reset = factory.CreateGauge(
            "prenv_github_rate_limit_reset_timestamp_seconds", "When that hour ends, as GitHub said last.", "credential");
    }

    /// <summary>The metrics of one credential.</summary>
    /// <param name="credentialId">Its fingerprint; the label.</param>
    public CredentialMetrics For(string credentialId) => new(this, credentialId);

    /// <summary>A credential is used no more. Its gauges would stand still; counters stay, as counters must.</summary>
    public void Forget(string credentialId)
    {
        _remaining.RemoveLabelled(credentialId);
        _reset.RemoveLabelled(credentialId);
    }

    internal void Count(string credentialId, HttpRequestMessage request, string outcome) =>
        _requests.WithLabels(credentialId, RequestKind.Of(request), outcome).Inc();

    internal void Charge(string credentialId) => _charged.WithLabels(credentialId).Inc();

    internal void Hit(string credentialId) => _hits.WithLabels(credentialId).Inc();

    internal void Show(string credentialId, RateLimitHeaders headers)
    {
        if (headers.Remaining is { } remaining) _remaining.WithLabels(credentialId).Set(remaining);
        if (headers.Reset is { } reset) _reset.WithLabels(credentialId).Set(reset.ToUnixTimeSeconds());
    }
}

/// <summary>The metrics of one credential.</summary>
internal sealed class CredentialMetrics(GitHubMetrics all, string credentialId)
{
    /// <summary>An answer came.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="status">GitHub's status code.</param>
    /// <param name="isLimit">Was it refused for a rate limit?</param>
    /// <param name="headers">What GitHub says of the limit.</param>
    public void Answered(HttpRequestMessage request, HttpStatusCode status, bool isLimit, RateLimitHeaders headers)
    {
        all.Count(credentialId, request, Outcome(status, isLimit));
        all.Show(credentialId, headers);

        // GitHub promises that only to those who say who they are.
        if (status != HttpStatusCode.NotModified || credentialId == GitHubCredential.Anonymous.Id) all.Charge(credentialId);
    }

    /// <summary>No answer came.</summary>
    public void Unanswered(HttpRequestMessage request) => all.Count(credentialId, request, "no_answer");

    /// <summary>An answer from the cache still holds.</summary>
    public void Hit() => all.Hit(credentialId);

    private static string Outcome(HttpStatusCode status, bool isLimit) => (int)status switch
    {
        _ when isLimit => "rate_limited",
        304 => "not_modified",
        < 300 => "ok",
        < 400 => "redirected",
        < 500 => "refused",
        _ => "server_error",
    };
}
