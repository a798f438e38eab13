using System.Net;
using PrEnv.Controller.GitHub.Access;

namespace PrEnv.Controller.GitHub.Budgets;

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

        // GitHub guarantees that only for authenticated requests.
        if (status != HttpStatusCode.NotModified || credentialId == GitHubCredential.Anonymous.Id)
            all.Charge(credentialId);
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
