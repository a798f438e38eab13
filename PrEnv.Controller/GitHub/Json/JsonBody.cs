using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PrEnv.Controller.GitHub.Json;

/// <summary>
/// The body of a request: the one way to send JSON to GitHub. By source generation, as content of its own, which Octokit hands on as it is;
/// an object it would serialise by reflection and name a form.
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
