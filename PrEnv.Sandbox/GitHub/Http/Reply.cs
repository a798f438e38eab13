using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>Writes answers, and 304 instead where the client has this very answer already.</summary>
internal sealed class Reply(RateLimits limits)
{
    /// <summary>
    /// 200 with an ETag, or 304. The ETag is over the body, the URL and the token: another token is another ETag.
    /// A 304 costs nothing, for those who sent a token.
    /// </summary>
    public async Task ConditionalAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = Render(write);
        var call = ApiCall.Of(context);
        var tag = Tag(body.WrittenSpan, context.Request, call);
        context.Response.Headers.CacheControl = call.Token is null ? "public, max-age=60, s-maxage=60" : "private, max-age=60, s-maxage=60";
        context.Response.Headers.Vary = "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With";
        if (!ClientHas(context.Request, tag))
        {
            context.Response.Headers.ETag = "W/" + tag;
            await BytesAsync(context, body.WrittenMemory);
            return;
        }

        // Observed of GitHub: the 304 may name the tag without W/. So clients have to compare weakly.
        context.Response.Headers.ETag = tag;
        context.Response.Headers.Remove("link");
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        if (call is not { Token: not null, Charged: true })
            return;
        limits.Refund(call.Payer);
        call.Charged = false;
    }

    /// <summary>Any status, without an ETag.</summary>
    public static Task PlainAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        return BytesAsync(context, Render(write).WrittenMemory);
    }

    public static async Task BytesAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static ArrayBufferWriter<byte> Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        write(json);
        json.Flush();
        return buffer;
    }

    private static string Tag(ReadOnlySpan<byte> body, HttpRequest request, ApiCall call)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{call.Token?.Value}\n{call.Version}\n{request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset())}\"";
    }

    private static bool ClientHas(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Tag == tag);
}
