using System.Net;

namespace PrEnv.Controller.Http;

/// <summary>A proxy and what it wants to know of its users. Immutable.</summary>
internal static class ProxyAddress
{
    private static readonly string[] Schemes = ["http", "https", "socks5"];

    /// <summary>Reads a proxy's URL; null if it is not valid. Without a scheme it is <c>http</c>.</summary>
    public static Uri? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var url = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        // The difference between the two is who resolves names; .NET always lets the proxy do it.
        if (url.StartsWith("socks5h://", StringComparison.OrdinalIgnoreCase))
            url = "socks5" + url[7..];
        return Uri.TryCreate(url, UriKind.Absolute, out var proxy) && Schemes.Contains(proxy.Scheme, StringComparer.Ordinal)
            && proxy.Host.Length > 0
                ? proxy
                : null;
    }

    /// <summary>A proxy for every request, with the user name and the password from its URL.</summary>
    public static IWebProxy Always(Uri proxy) => new WebProxy(WithoutUser(proxy)) { Credentials = CredentialsOf(proxy) };

    /// <summary>User name and password from the URL; null if it has none.</summary>
    public static ICredentials? CredentialsOf(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
            return null;
        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>The URL without user name and password, so that no message can show them.</summary>
    public static Uri WithoutUser(Uri proxy) =>
        proxy.UserInfo.Length == 0 ? proxy : new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
}
