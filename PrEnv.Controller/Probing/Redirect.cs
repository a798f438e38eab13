namespace PrEnv.Controller.Probing;

/// <summary>Which redirects a probe follows: pure.</summary>
internal static class Redirect
{
    /// <summary>Where the answer redirects to; null when it is not a redirect.</summary>
    public static Uri? Of(HttpResponseMessage response, Uri url) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
        && response.Headers.Location is { } location
        && Uri.TryCreate(url, location, out var next)
            ? next
            : null;

    /// <summary>
    /// The same host, and the same port unless the scheme changes to https. A redirect from https to http is never allowed.
    /// </summary>
    public static bool IsAllowed(Uri url, Uri next) =>
        IsHttp(next)
        && url.IdnHost.Equals(next.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (url.Scheme == next.Scheme ? url.Port == next.Port : next.Scheme == Uri.UriSchemeHttps);

    public static bool IsHttp(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;
}
