using System.Net;
using System.Net.Http.Headers;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Makes every GET conditional: a 304 does not count against the rate limit. The result is always a full answer, possibly compressed. Each
/// page is read in full once in a while nevertheless.
/// See https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate.
/// </summary>
internal sealed class ConditionalHandler(PageCache cache, CredentialBudget budget, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get || request.RequestUri is not { } uri)
            return await base.SendAsync(request, cancellationToken);

        var key = new PageKey(uri.AbsoluteUri, budget.CredentialId);
        var known = cache.Find(key) is { } page && time.GetUtcNow() < page.TrustedUntil ? page : null;
        var response = await AskAsync(request, known?.ETag, cancellationToken);

        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            if (known is not null && Confirms(response, known))
            {
                budget.Metrics.Hit();
                return Restore(response, known);
            }

            // "Not modified", but not relative to what we have: request all of it again.
            cache.Forget(key);
            response.Dispose();
            response = await AskAsync(request, etag: null, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                response.Dispose();
                throw new GitHubFaultException(GitHubFault.Malformed("it answered an unconditional request with 304"));
            }
        }

        if (response.StatusCode == HttpStatusCode.OK)
            await KeepAsync(key, response, cancellationToken);
        return response;
    }

    private Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, string? etag, CancellationToken cancellationToken)
    {
        request.Headers.IfNoneMatch.Clear();
        if (etag is not null)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(etag));
        return base.SendAsync(request, cancellationToken);
    }

    private static bool Confirms(HttpResponseMessage response, CachedPage known) =>
        response.Headers.ETag is not { } etag || EntityTags.Match(etag.ToString(), known.ETag);

    private static HttpResponseMessage Restore(HttpResponseMessage response, CachedPage known)
    {
        response.StatusCode = HttpStatusCode.OK;
        response.Content.Dispose();
        response.Content = new CachedContent(known);
        if (known.Link is not null && !response.Headers.Contains(LinkHeader.Name))
            response.Headers.TryAddWithoutValidation(LinkHeader.Name, known.Link);
        return response;
    }

    private async Task KeepAsync(PageKey key, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // "*" would match anything that GitHub has, forever.
        if (response.Headers.ETag is not { Tag: not "*" } etag)
        {
            cache.Forget(key);
            return;
        }

        var link = response.Headers.TryGetValues(LinkHeader.Name, out var links) ? string.Join(", ", links) : null;
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        cache.Store(key, etag.ToString(), response.Content.Headers.ContentType?.ToString(), link, body, time.GetUtcNow());
    }
}
