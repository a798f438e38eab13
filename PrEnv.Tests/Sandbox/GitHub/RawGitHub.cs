using System.Net.Http.Headers;
using System.Text;

namespace PrEnv.Tests.Sandbox.GitHub;

/// <summary>HTTP without a client library in between: it follows nothing and hides nothing.</summary>
internal sealed class RawGitHub(Uri baseUrl) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = baseUrl,
    };

    public Task<RawAnswer> GetAsync(string url, string? token = null, string? etag = null, string? version = null) =>
        SendAsync(HttpMethod.Get, url, token, request =>
        {
            if (etag is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            if (version is not null)
                request.Headers.Add("X-GitHub-Api-Version", version);
        });

    public Task<RawAnswer> PostAsync(string url, string body, string? token = null, string contentType = "application/json") =>
        SendAsync(HttpMethod.Post, url, token, request =>
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType)));

    public async Task<RawAnswer> SendAsync(HttpMethod method, string url, string? token, Action<HttpRequestMessage> shape)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("prenv-tests", "1"));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("token", token);
        shape(request);
        var response = await _http.SendAsync(request);
        return new RawAnswer((int)response.StatusCode, response, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
