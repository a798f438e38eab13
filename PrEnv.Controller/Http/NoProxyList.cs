using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PrEnv.Controller.Http;

/// <summary>
/// What <c>NO_PROXY</c> exempts, as Go programs read it: see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config. Immutable.
/// </summary>
internal sealed class NoProxyList
{
    private static readonly IdnMapping Idn = new();

    private readonly ImmutableArray<IEntry> _entries;

    private NoProxyList(ImmutableArray<IEntry> entries) => _entries = entries;

    /// <summary>
    /// Reads addresses, CIDRs, hosts and <c>*</c>, separated by commas; all but CIDRs and <c>*</c> may have a port. A host without a
    /// leading dot exempts its subdomains too. What is none of that is ignored.
    /// </summary>
    public static NoProxyList Parse(string? text) =>
        new([.. (text ?? "").Split(',', StringSplitOptions.TrimEntries).Select(e => Read(e.ToLowerInvariant())).OfType<IEntry>()]);

    /// <summary>Is that address reached without a proxy? This machine always is.</summary>
    public bool Exempts(Uri url)
    {
        var host = url.IdnHost.ToLowerInvariant();
        var address = Address(host);
        return host == "localhost" || (address is not null && IPAddress.IsLoopback(address))
            || _entries.Any(e => e.Matches(host, address, url.Port));
    }

    private static IEntry? Read(string entry)
    {
        if (entry == "*")
            return new Everything();
        if (Network(entry) is { } network)
            return new InNetwork(network);
        var (host, port) = HostAndPort(entry);
        if (Address(host) is { } address)
            return new OneAddress(address, port);
        if (host.StartsWith("*.", StringComparison.Ordinal))
            host = host[1..];
        if (host.Length == 0)
            return null;
        var isSuffix = host[0] == '.';
        var name = Ascii(isSuffix ? host[1..] : host);
        return new Domain(name, port, Itself: !isSuffix);
    }

    private static (string Host, int? Port) HostAndPort(string entry)
    {
        var colon = entry.LastIndexOf(':');
        var isBare = colon < 0 || (entry[..colon].Contains(':') && entry[colon - 1] != ']');
        if (isBare)
            return (entry.Trim('[', ']'), null);
        // Like Go: a port that is none matches no request.
        var port = int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        return (entry[..colon].Trim('[', ']'), colon + 1 == entry.Length ? null : port);
    }

    private static IPNetwork? Network(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || Address(text[..slash]) is not { } address)
            return null;
        var bits = text.Contains(':') ? 128 : 32;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bits)
            return null;
        // 10.1.2.3/8 is 10.0.0.0/8.
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    // .NET takes "10" and "0x7f.1" for addresses as well. An address in IPv6's clothes is the IPv4 address.
    private static IPAddress? Address(string text)
    {
        var bare = text is ['[', .., ']'] ? text[1..^1] : text;
        if (!IPAddress.TryParse(bare, out var address) || bare.Contains('%'))
            return null;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address.ToString() == bare ? address : null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static string Ascii(string host)
    {
        try
        {
            return Idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    private interface IEntry
    {
        bool Matches(string host, IPAddress? address, int port);
    }

    private sealed record Everything : IEntry
    {
        public bool Matches(string host, IPAddress? address, int port) => true;
    }

    private sealed record InNetwork(IPNetwork Network) : IEntry
    {
        public bool Matches(string host, IPAddress? address, int port) => address is not null && Network.Contains(address);
    }

    private sealed record OneAddress(IPAddress Address, int? Port) : IEntry
    {
        public bool Matches(string host, IPAddress? address, int port) => Address.Equals(address) && (Port ?? port) == port;
    }

    private sealed record Domain(string Name, int? Port, bool Itself) : IEntry
    {
        public bool Matches(string host, IPAddress? address, int port) =>
            (Port ?? port) == port && ((Itself && host == Name) || host.EndsWith("." + Name, StringComparison.Ordinal));
    }
}
