using System.Net;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Respects GitHub's limits for one credential: reads the headers of every answer, including 304, and sends nothing before the end of a
/// limit. It is below the cache, because a cached answer has old numbers.
/// </summary>
internal sealed partial class RateLimitHandler(CredentialBudget budget, ILogger logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (budget.Limits.Current is { } limit)
            throw new GitHubFaultException(limit);

        var response = await AskAsync(request, cancellationToken);
        var headers = RateLimitHeaders.Read(response);
        Answered(logger, request.Method, request.RequestUri?.PathAndQuery, (int)response.StatusCode, headers.Remaining);

        var isLimit = await IsLimitAsync(response, headers, cancellationToken);
        budget.Metrics.Answered(request, response.StatusCode, isLimit, headers);
        if (isLimit)
        {
            response.Dispose();
            var refused = budget.Limits.Refused(headers);
            if (request.Method != HttpMethod.Get && !headers.IsUsedUp)
                budget.Writes.SlowDown();
            Limited(logger, budget.CredentialId, refused.Until, refused.Message);
            throw new GitHubFaultException(refused);
        }

        if (budget.Limits.Accepted(headers) is { } reached)
            Limited(logger, budget.CredentialId, reached.Until, reached.Message);
        return response;
    }

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (GitHubFaultException)
        {
            budget.Metrics.Unanswered(request);
            throw;
        }
    }

    /// <summary>
    /// Both limits come as 403 or 429. A 403 may also be a missing permission: without the header of a limit only the body distinguishes
    /// them.
    /// </summary>
    private static async Task<bool> IsLimitAsync(
        HttpResponseMessage response, RateLimitHeaders headers, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return true;
        if (response.StatusCode != HttpStatusCode.Forbidden)
            return false;
        if (headers.RetryAfter is not null || headers.IsUsedUp)
            return true;

        return GitHubWording.IsRateLimit(ErrorAnswer.Parse(await response.ReadTextAsync(cancellationToken)));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "GitHub answered {Method} {Path} with {Status}; {Remaining} requests remaining")]
    private static partial void Answered(ILogger logger, HttpMethod method, string? path, int status, long? remaining);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No requests with credential {CredentialId} until {Until:O}: {Message}")]
    private static partial void Limited(ILogger logger, string credentialId, DateTimeOffset? until, string message);
}
