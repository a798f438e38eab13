using System.Net.Http.Headers;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// The first stop below Octokit, which sees only successes from here. Octokit would follow redirects with the token, not treat 429 as a
/// rate limit, fail
/// on a relative <c>Link</c> and include an error's body in its exceptions.
/// </summary>
internal sealed class AnswerHandler(Uri apiUrl) : DelegatingHandler
{
    /// <summary>Octokit passes on content of this type without decoding it.</summary>
    private static readonly MediaTypeHeaderValue Opaque = new("application/octet-stream");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                throw new GitHubFaultException(await AnswerFaults.FromAsync(response, cancellationToken));
            }
        }

        // An accepted write is accepted, regardless of the body of the answer.
        if (request.Method == HttpMethod.Get && !IsJson(response.Content.Headers.ContentType))
            throw new GitHubFaultException(GitHubFault.Malformed("it is not JSON"));

        response.Content.Headers.ContentType = Opaque;
        KeepOnlyNext(response, request.RequestUri!);
        return response;
    }

    private static bool IsJson(MediaTypeHeaderValue? type) =>
        type?.MediaType is { } name
        && (name.Equals("application/json", StringComparison.OrdinalIgnoreCase) || name.EndsWith(
            "+json", StringComparison.OrdinalIgnoreCase));

    private void KeepOnlyNext(HttpResponseMessage response, Uri page)
    {
        if (!response.Headers.TryGetValues(LinkHeader.Name, out var links))
            return;

        var next = LinkHeader.Next(links, page, apiUrl);
        response.Headers.Remove(LinkHeader.Name);
        if (next is not null)
            response.Headers.Add(LinkHeader.Name, $"<{next.AbsoluteUri}>; rel=\"next\"");
    }
}
