using System.Net;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Honours GitHub's limits for one credential: reads the headers of every answer, 304 among them, and sends nothing before a limit's end.
/// It stands below the cache, because Octokit reports a cached answer's old numbers.
/// </summary>
internal sealed class RateLimitHandler(RateLimitState state, string credentialId, ILogger logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (state.Current is { } limit) throw new GitHubFaultException(limit);

        var response = await base.SendAsync(request, cancellationToken);
        var headers = RateLimitHeaders.Read(response);
        GitHubLog.Answered(logger, request.Method, request.RequestUri?.PathAndQuery, (int)response.StatusCode, headers.Remaining);

        if (await IsLimitAsync(response, headers, cancellationToken))
        {
            response.Dispose();
            var refused = state.Refused(headers);
            GitHubLog.Limited(logger, credentialId, refused.Until, refused.Message);
            throw new GitHubFaultException(refused);
        }

        if (state.Accepted(headers) is { } reached) GitHubLog.Limited(logger, credentialId, reached.Until, reached.Message);
        return response;
    }

    /// <summary>
    /// Both limits come as 403 or 429. A 403 may also be a missing permission: then nothing but the text tells them apart, and the text of
    /// the secondary limit is not documented ("abuse" is its old name).
    /// </summary>
    private static async Task<bool> IsLimitAsync(
        HttpResponseMessage response, RateLimitHeaders headers, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests) return true;
        if (response.StatusCode != HttpStatusCode.Forbidden) return false;
        if (headers.RetryAfter is not null || headers.IsUsedUp) return true;

        var body = await response.ReadTextAsync(cancellationToken);
        return body.Contains("rate limit", StringComparison.OrdinalIgnoreCase)
            || body.Contains("abuse detection", StringComparison.OrdinalIgnoreCase);
    }
}
