using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>
/// The client's connection, TLS and credentials, without its decoding: own URLs, UTF-8 in and out, and every failure an
/// <see cref="ApiStatusException"/>. Thread-safe.
/// </summary>
internal sealed class RawKubernetes : k8s.Kubernetes
{
    /// <summary>How long one request may take, including its body; for a watch, only until its headers.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly bool _http2;
    private readonly string? _serverName;
    private readonly IRenewableToken? _token;

    /// <param name="configuration">Server and credentials.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handlers">What each request passes through first.</param>
    public RawKubernetes(KubernetesClientConfiguration configuration, TimeProvider time, params DelegatingHandler[] handlers)
        : base(ConnectionSettings.Apply(configuration), handlers)
    {
        _time = time;
        _http2 = !configuration.DisableHttp2;
        _serverName = configuration.TlsServerName;
        _token = configuration.TokenProvider as IRenewableToken;
    }

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
        using var timeout = new CancellationTokenSource(RequestTimeout, _time);
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
        using var timeout = new CancellationTokenSource(RequestTimeout, _time);
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
        using var message = request.ToMessage(BaseUri);
        message.Version = _http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        // The handler takes the name for TLS from this header, and from nowhere else.
        message.Headers.Host = _serverName;
        await AuthenticateAsync(message, cancellationToken);

        var response = await HttpClient.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
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
        if (Credentials is null)
            return;

        try
        {
            await Credentials.ProcessHttpRequestAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A credential plugin's error message may quote its input: only the kind of failure is passed on.
            throw new ApiStatusException(
                new ApiStatus(0, "NoCredentials", $"Could not obtain credentials for the API server ({e.GetType().Name})."));
        }
    }
}
