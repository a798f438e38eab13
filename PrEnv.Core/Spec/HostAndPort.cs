using System.Globalization;

namespace PrEnv.Core.Spec;

/// <summary>
/// A host and its port: what decides where a token may go, for the allowed hosts, the resources' URLs, redirects and links alike. A host is
/// compared by the name that goes over the wire: <c>bücher.example</c> is <c>xn--bcher-kva.example</c>, and two names that look or sort
/// alike, but are two in the DNS, are two here. A name with a dot at its end is another one: without it, a resolver may try its search
/// domains first.
/// </summary>
public readonly record struct HostAndPort
{
    private static readonly HostAndPort Nowhere = new("", null);

    private HostAndPort(string host, int? port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>
    /// A name in ASCII (<c>xn--</c> where it is internationalised), lower case, or an address without brackets. Empty: no host at all.
    /// </summary>
    public string Host { get; }

    /// <summary>Null for the default port of the URL's scheme.</summary>
    public int? Port { get; }

    /// <summary>The host of an absolute URL; one without a name, when it has none that could go over the wire.</summary>
    public static HostAndPort Of(Uri url)
    {
        // .NET makes URLs of names that are none in the DNS: a label may be too long once it is in ASCII ("Basic"), or both xn-- and not
        // ASCII.
        if (url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic) return Nowhere;
        try
        {
            return new HostAndPort(url.IdnHost.ToLowerInvariant(), url.IsDefaultPort ? null : url.Port);
        }
        catch (UriFormatException)
        {
            return Nowhere;
        }
    }

    /// <summary>Reads <c>host[:port]</c>; an IPv6 address stands in brackets. 443 counts as the default port.</summary>
    public static bool TryParse(string text, out HostAndPort host)
    {
        host = default;
        if (text.Contains("//", StringComparison.Ordinal)
            || !Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var url)
            || url is not { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" })
        {
            return false;
        }

        host = Of(url);
        return host.Host.Length > 0;
    }

    /// <summary>Reads what <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static HostAndPort Parse(string text) =>
        TryParse(text, out var host) ? host : throw new FormatException("This is not host[:port].");

    /// <summary>
    /// May a token for one of the URLs be sent to the other? Same scheme, host and port, and no user name in front of the host.
    /// </summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.UserInfo.Length == 0
        && other.UserInfo.Length == 0
        && one.Scheme == other.Scheme
        && Of(one) is { Host.Length: > 0 } host
        && host == Of(other);

    /// <summary>Is that the URL's host and port?</summary>
    public bool Matches(Uri url) => Host is { Length: > 0 } && Of(url) == this;

    /// <summary>As it is written in a URL.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : host;
    }
}
