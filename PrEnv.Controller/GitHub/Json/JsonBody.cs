using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PrEnv.Controller.GitHub.Json;

/// <summary>
/// The body of a request: the only way to send JSON to GitHub. Serialised by source generation, as content that Octokit passes on
/// unchanged; it would serialise an object by reflection and label it as a form.
/// </summary>
internal sealed class JsonBody
{
    private readonly byte[] _json;

    private JsonBody(byte[] json) => _json = json;

    /// <param name="value">What is sent.</param>
    /// <param name="type">Of <see cref="GitHubJson"/>.</param>
    public static JsonBody Of<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>For one request; the caller's to dispose of.</summary>
    public HttpContent ToContent() =>
        new ByteArrayContent(_json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
