using System.Text;

namespace PrEnv.Controller.GitHub.Http;

internal static class ResponseText
{
    /// <summary>The body as UTF-8, whatever character set it claims: <c>ReadAsStringAsync</c> throws on one that it does not know.</summary>
    public static async Task<string> ReadTextAsync(this HttpResponseMessage response, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
}
