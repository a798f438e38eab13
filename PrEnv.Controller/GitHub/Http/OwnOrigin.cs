using PrEnv.Core.Spec;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// GitHub Enterprise Server behind a proxy writes its own host's name into links and redirects. What they say after the host is taken over;
/// the host is not asked, and never gets the token.
/// </summary>
internal static class OwnOrigin
{
    /// <summary>
    /// The address on the API's own origin; null when it has another origin and its path is not below the API's.
    /// </summary>
    /// <param name="given">An absolute URL from GitHub.</param>
    /// <param name="apiUrl">Base of the REST API, with a trailing slash.</param>
    public static Uri? TakeOver(Uri given, Uri apiUrl)
    {
        if (HostAndPort.IsSameOrigin(given, apiUrl))
            return given;
        return given.Scheme is "http" or "https" && given.AbsolutePath.StartsWith(apiUrl.AbsolutePath, StringComparison.Ordinal)
            ? new Uri(new Uri(apiUrl.GetLeftPart(UriPartial.Authority)), given.PathAndQuery)
            : null;
    }
}
