using System.Text;

namespace PrEnv.Controller.GitHub.Faults;

internal static class ResponseText
{
    /// <summary>The body as UTF-8, regardless of the declared character set: <c>ReadAsStringAsync</c> throws on an unknown one.</summary>
    public static async Task<string> ReadTextAsync(this HttpResponseMessage response, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
}
