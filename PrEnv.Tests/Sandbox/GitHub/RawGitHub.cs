using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PrEnv.Tests.Sandbox.GitHub;

/// <summary>An answer, read to its end.</summary>
internal sealed record RawAnswer(int Status, HttpResponseMessage Message, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>The URL of that relation in <c>Link</c>; null without one.</summary>
    public string? Link(string relation) => Header("link")?
        .Split(", ")
        .Where(link => link.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal))
        .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)])
        .SingleOrDefault();
}

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
