using System.Globalization;

namespace PrEnv.Core.Spec;

/// <summary>
/// A host and its port: this decides where a token may be sent, for the allowed hosts, the resources' URLs, redirects and links alike.
/// Hosts are compared by the name that is sent over the network: <c>bücher.example</c> is <c>xn--bcher-kva.example</c>, and two names that
/// look or sort alike, but are two in the DNS, are two here. A name with a trailing dot is a different name: without the dot, a resolver
/// may try its search domains first.
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
    /// A name in ASCII (<c>xn--</c> where it is internationalised), lower case, or an address without brackets. Empty if there is no host.
    /// </summary>
    public string Host { get; }

    /// <summary>Null for the default port of the URL's scheme.</summary>
    public int? Port { get; }

    /// <summary>The host of an absolute URL; without a name if the URL has none that is valid in the DNS.</summary>
    public static HostAndPort Of(Uri url)
    {
        // .NET makes URLs of names that are not valid in the DNS: a label may be too long once it is in ASCII ("Basic"), or both xn-- and
        // not ASCII.
        if (url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
            return Nowhere;
        try
        {
            return new HostAndPort(url.IdnHost.ToLowerInvariant(), url.IsDefaultPort ? null : url.Port);
        }
        catch (UriFormatException)
        {
            return Nowhere;
        }
    }

    /// <summary>Reads <c>host[:port]</c>; an IPv6 address is written in brackets. 443 counts as the default port.</summary>
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

    /// <summary>Reads what <see cref="TryParse"/> reads.</summary>
    /// <exception cref="FormatException">The text is not valid.</exception>
    public static HostAndPort Parse(string text) =>
        TryParse(text, out var host) ? host : throw new FormatException("It is not a valid host[:port].");

    /// <summary>
    /// May a token for one of the URLs be sent to the other? Same scheme, host and port, and no user name in front of the host.
    /// </summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.UserInfo.Length == 0
        && other.UserInfo.Length == 0
        && one.Scheme == other.Scheme
        && Of(one) is { Host.Length: > 0 } host
        && host == Of(other);

    /// <summary>Does the URL have this host and port?</summary>
    public bool Matches(Uri url) => Host is { Length: > 0 } && Of(url) == this;

    /// <summary>As it is written in a URL.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : host;
    }
}
