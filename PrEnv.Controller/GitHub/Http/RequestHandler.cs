using System.Net.Http.Headers;
using System.Reflection;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// The last stop before the wire: refuses a request to any origin but the API's, so that the token cannot leave it, regardless of a
/// <c>Link</c>, and adds the headers that GitHub asks for. Octokit does not specify an API version.
/// </summary>
internal sealed class RequestHandler(Uri apiUrl) : DelegatingHandler
{
    public const string MediaType = "application/vnd.github+json";

    private const string ApiVersionHeader = "X-GitHub-Api-Version";
    private const string ApiVersion = "2022-11-28";

    private static readonly ProductInfoHeaderValue UserAgent =
        new("prenv", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } uri || !HostAndPort.IsSameOrigin(uri, apiUrl))
            throw new GitHubFaultException(GitHubFault.Malformed("a link points to another host"));

        request.Headers.UserAgent.Clear();
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.Clear();
        request.Headers.Accept.ParseAdd(MediaType);
        request.Headers.Remove(ApiVersionHeader);
        request.Headers.Add(ApiVersionHeader, ApiVersion);

        return base.SendAsync(request, cancellationToken);
    }
}
