using System.Net;
using System.Net.Http.Headers;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// Puts the token on every request. A token that is refused although it should be valid, because it was revoked or has expired while a
/// listing was read, is replaced once: a request that is refused with 401 was not acted upon.
/// </summary>
internal sealed class AuthorizationHandler(ITokenSource tokens) : DelegatingHandler
{
    private const string Scheme = "Bearer";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, await tokens.GetAsync(cancellationToken));
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !tokens.Refused(response.Headers.Date))
            return response;

        response.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue(Scheme, await tokens.GetAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
