using System.Net;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Follows a repository that was renamed or transferred, within the same API. Any other redirect is passed on and becomes a fault.
/// </summary>
internal sealed class RedirectHandler(MovedRepositories moved, Uri apiUrl) : DelegatingHandler
{
    private const int MostHops = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        request.RequestUri = moved.Resolve(asked);
        for (var hop = 0; hop <= MostHops; hop++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound && hop == 0 && request.RequestUri != asked)
            {
                // It no longer exists at its new location; there may be another one under the old name.
                moved.Forget(asked);
                request.RequestUri = asked;
            }
            else if (Target(request, response) is { } target && target != request.RequestUri && moved.IsRepository(target))
            {
                if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect)
                    moved.Learn(asked, target);
                request.RequestUri = target;
            }
            else
            {
                return response;
            }

            response.Dispose();
        }

        throw new GitHubFaultException(GitHubFault.Malformed("its redirects never end"));
    }

    /// <summary>Where to send the same request; null if the answer is not such a redirect.</summary>
    private Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        var isRedirect = response.StatusCode switch
        {
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found => request.Method == HttpMethod.Get,
            HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
            _ => false,
        };
        return isRedirect && response.Headers.Location is { } location
            ? OwnOrigin.TakeOver(new Uri(request.RequestUri!, location), apiUrl)
            : null;
    }
}
