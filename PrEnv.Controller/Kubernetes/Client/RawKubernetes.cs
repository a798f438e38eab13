using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Authentication;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>
/// A connection to the API server from the client's configuration and credentials: own URLs, UTF-8 in and out, and every failure an
/// <see cref="ApiStatusException"/>. Thread-safe.
/// </summary>
/// <remarks>
/// The client itself, <c>k8s.Kubernetes</c>, is not used: it is one class with a method for every request of every API, and a process that
/// creates one is larger by 13 MiB for as long as it runs.
/// </remarks>
internal sealed class RawKubernetes : IDisposable
{
    /// <summary>How long one request may take, including its body; for a watch, only until its headers.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly Uri _server;
    private readonly HttpClient _http;
    private readonly ServiceClientCredentials? _credentials;
    private readonly bool _http2;
    private readonly string? _serverName;
    private readonly IRenewableToken? _token;

    /// <param name="configuration">Server and credentials.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handlers">What each request passes through first; disposed of with this.</param>
    /// <exception cref="UriFormatException">The configuration's address of the server is not valid.</exception>
    public RawKubernetes(KubernetesClientConfiguration configuration, TimeProvider time, params DelegatingHandler[] handlers)
    {
        _time = time;
        _server = new Uri(configuration.Host);
        HttpMessageHandler chain = ConnectionSettings.NewHandler(configuration);
        foreach (var handler in Enumerable.Reverse(handlers))
        {
            handler.InnerHandler = chain;
            chain = handler;
        }

        // Each request has its own time limit, and a watch has none.
        _http = new HttpClient(chain) { Timeout = Timeout.InfiniteTimeSpan };
        _credentials = CredentialsOf(configuration);
        _http2 = !configuration.DisableHttp2;
        _serverName = configuration.TlsServerName;
        _token = configuration.TokenProvider as IRenewableToken;
    }

    /// <summary>How long one request may take; <see cref="RequestTimeout"/> unless it is set.</summary>
    public TimeSpan Patience { get; init; } = RequestTimeout;

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and decodes the answer.</summary>
    /// <exception cref="ApiStatusException">The server refused, could not be reached, or answered something else.</exception>
    public Task<ApiReply<T>> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(
            request,
            async (body, token) => await JsonSerializer.DeserializeAsync(body, type, token) ?? throw new JsonException("null"),
            cancellationToken);

    /// <summary>Sends a request and lets <paramref name="read"/> decode the answer; its I/O and JSON errors become statuses too.</summary>
    /// <exception cref="ApiStatusException">The server refused, could not be reached, or answered something else.</exception>
    public async Task<ApiReply<T>> SendAsync<T>(
        ApiRequest request, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await SendCoreAsync(request, either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return new ApiReply<T>(await read(body, either.Token), response.StatusCode == HttpStatusCode.Created);
        }
        catch (Exception e) when (ApiFailures.FromException(e, cancellationToken) is { } status)
        {
            throw new ApiStatusException(status, e);
        }
    }

    /// <summary>Opens a stream: returns once the headers of a successful answer have arrived. The caller disposes the response.</summary>
    /// <exception cref="ApiStatusException">The server refused or could not be reached.</exception>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await SendCoreAsync(request, either.Token);
        }
        catch (Exception e) when (ApiFailures.FromException(e, cancellationToken) is { } status)
        {
            throw new ApiStatusException(status, e);
        }
    }

    private async Task<HttpResponseMessage> SendCoreAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(_server);
        message.Version = _http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        // The handler takes the name for TLS from this header, and from nowhere else.
        message.Headers.Host = _serverName;
        await AuthenticateAsync(message, cancellationToken);

        var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            _token?.Reject(message.Headers.Authorization?.Parameter);

        using (response)
        {
            throw new ApiStatusException(await ApiFailures.ReadAsync(response, _time, cancellationToken));
        }
    }

    private async Task AuthenticateAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        if (_credentials is null)
            return;

        try
        {
            await _credentials.ProcessHttpRequestAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A credential plugin's error message may quote its input: only the kind of failure is passed on.
            throw new ApiStatusException(
                new ApiStatus(0, "NoCredentials", $"Could not obtain credentials for the API server ({e.GetType().Name})."));
        }
    }

    // In the client's own order.
    private static ServiceClientCredentials? CredentialsOf(KubernetesClientConfiguration configuration) => configuration switch
    {
        { TokenProvider: { } provider } => new TokenCredentials(provider),
        { AccessToken.Length: > 0 } => new TokenCredentials(configuration.AccessToken),
        { Username.Length: > 0 } => new BasicAuthenticationCredentials
        {
            UserName = configuration.Username,
            Password = configuration.Password,
        },
        _ => null,
    };
}
