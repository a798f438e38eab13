using System.Net.Http.Headers;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>One request to the API server.</summary>
/// <param name="Method">Verb.</param>
/// <param name="Path">Path and query, relative to the server's address.</param>
/// <param name="Body">UTF-8 JSON; empty for none.</param>
/// <param name="ContentType">Says which kind of patch the body is.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, ReadOnlyMemory<byte> Body = default, string ContentType = ApiRequest.Json)
{
    public const string Json = "application/json";
    private const string JsonPatchType = "application/json-patch+json";
    private const string MergePatchType = "application/merge-patch+json";

    // JSON is YAML, and servers before 1.31 accept apply patches only with this type.
    private const string ApplyPatchType = "application/apply-patch+yaml";

    public static ApiRequest Get(string path) => new(HttpMethod.Get, path);

    public static ApiRequest Post(string path, ReadOnlyMemory<byte> body) => new(HttpMethod.Post, path, body);

    public static ApiRequest Put(string path, ReadOnlyMemory<byte> body) => new(HttpMethod.Put, path, body);

    public static ApiRequest Delete(string path, ReadOnlyMemory<byte> options) => new(HttpMethod.Delete, path, options);

    /// <summary>RFC 6902.</summary>
    public static ApiRequest JsonPatch(string path, ReadOnlyMemory<byte> body) => new(HttpMethod.Patch, path, body, JsonPatchType);

    /// <summary>RFC 7396.</summary>
    public static ApiRequest MergePatch(string path, ReadOnlyMemory<byte> body) => new(HttpMethod.Patch, path, body, MergePatchType);

    /// <summary>Server-side apply: https://kubernetes.io/docs/reference/using-api/server-side-apply/.</summary>
    public static ApiRequest Apply(string path, ReadOnlyMemory<byte> body) => new(HttpMethod.Patch, path, body, ApplyPatchType);

    public HttpRequestMessage ToMessage(Uri server)
    {
        var message = new HttpRequestMessage(Method, new Uri(server, Path));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        if (!Body.IsEmpty)
            message.Content = new ReadOnlyMemoryContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue(ContentType) } };

        return message;
    }
}

/// <summary>A successful answer.</summary>
/// <param name="Value">The decoded body.</param>
/// <param name="Created">True for 201: the object was not there before.</param>
internal readonly record struct ApiReply<T>(T Value, bool Created);
