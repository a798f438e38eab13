using System.Net;
using System.Text.Json;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>
/// Turns refusals and broken connections into <see cref="ApiStatus"/>. A body never becomes part of a message unless it is a <c>Status</c>.
/// </summary>
internal static class ApiFailures
{
    /// <summary>The reason of a request that took too long here; its code is 0.</summary>
    public const string Timeout = "Timeout";

    // A Status is a few hundred bytes; a proxy's error page may be anything.
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxMessageLength = 1024;

    /// <summary>The status that an unsuccessful response contains or stands for.</summary>
    public static async Task<ApiStatus> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await ReadStartAsync(response.Content, cancellationToken);
        var status = Parse(body) is { } parsed
            ? FromBody(parsed, (int)response.StatusCode)
            : WithoutBody(response.StatusCode);
        return RetryAfter(response, time) is { } wait ? status with { RetryAfter = wait } : status;
    }

    /// <summary>From a <c>Status</c> object; <paramref name="code"/> is used when it has none.</summary>
    public static ApiStatus FromBody(StatusBody body, int code)
    {
        var number = body.Code is > 0 ? body.Code.Value : code;
        var reason = string.IsNullOrEmpty(body.Reason) ? ReasonOf(number) : body.Reason;
        var message = string.IsNullOrEmpty(body.Message) ? $"The API server returned {number} {reason}." : Shorten(body.Message);
        TimeSpan? retryAfter = body.Details?.RetryAfterSeconds is > 0 ? TimeSpan.FromSeconds(body.Details.RetryAfterSeconds.Value) : null;
        string[] causes = [.. (body.Details?.Causes ?? []).Select(c => c.Reason).OfType<string>()];
        return new ApiStatus(number, reason, message, retryAfter, causes.Length == 0 ? null : causes, body.Details?.Kind);
    }

    /// <summary>
    /// The status that an exception of the transport or the decoder stands for; null when it is to be rethrown: the caller's own
    /// cancellation, an exception that already has a status, or a bug in this program.
    /// </summary>
    public static ApiStatus? FromException(Exception exception, CancellationToken callers) => exception switch
    {
        OperationCanceledException when callers.IsCancellationRequested => null,
        OperationCanceledException => new ApiStatus(0, Timeout, "The API server did not answer in time."),
        HttpRequestException or IOException => new ApiStatus(
            0, "Unreachable", $"The API server could not be reached: {Shorten(exception.InnerException?.Message ?? exception.Message)}"),
        JsonException or InvalidDataException => new ApiStatus(
            (int)HttpStatusCode.InternalServerError, "UnreadableAnswer", "The API server returned an unexpected response."),
        _ => null,
    };

    private static ApiStatus WithoutBody(HttpStatusCode code) =>
        new((int)code, ReasonOf((int)code), $"The API server returned {(int)code} {ReasonOf((int)code)} without further details.");

    // The names of https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#StatusReason where they are not HTTP's.
    private static string ReasonOf(int code) => code switch
    {
        410 => "Expired",
        422 => "Invalid",
        500 => "InternalError",
        504 => Timeout,
        _ => Enum.IsDefined((HttpStatusCode)code) ? ((HttpStatusCode)code).ToString() : "Unknown",
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;

        // A time of day is relative to the server's clock: ours may have jumped.
        var wait = header?.Delta ?? (header?.Date is { } date ? date - (response.Headers.Date ?? time.GetUtcNow()) : null);
        return wait is null || wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static StatusBody? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.StatusBody) is { Kind: "Status" } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadStartAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBodyBytes];
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    private static string Shorten(string text) =>
        text.Length <= MaxMessageLength ? text : string.Concat(text.AsSpan(0, MaxMessageLength - 1), "…");
}
