using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace PrEnv.Controller.Options;

/// <summary>Networks that no probe may connect to. Immutable.</summary>
internal sealed class DeniedNetworks
{
    // 0.0.0.0 and :: reach the machine itself on Linux. The single addresses are metadata services: Alibaba, Azure, AWS, Google, Oracle.
    private const string DefaultText =
        "127.0.0.0/8,0.0.0.0/8,::1,::,169.254.0.0/16,fe80::/10,100.100.100.200,168.63.129.16,fd00:ec2::254,fd20:ce::254,fd00:c1::a9fe:a9fe";

    // RFC 6052: an IPv4 address in the last four bytes, reached through the network's translator.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private readonly string _text;
    private readonly ImmutableArray<IPNetwork> _networks;

    private DeniedNetworks(string text, ImmutableArray<IPNetwork> networks) => (_text, _networks) = (text, networks);

    /// <summary>Loopback, link-local and the metadata services of clouds.</summary>
    public static DeniedNetworks Default { get; } = Parse(DefaultText);

    /// <summary>Reads addresses and CIDRs, separated by commas; if the text is empty, nothing is denied.</summary>
    /// <exception cref="FormatException">One is neither.</exception>
    public static DeniedNetworks Parse(string text) => new(text, [.. OptionParsers.List(text).Select(ParseOne)]);

    /// <summary>Is the address, or the IPv4 address that it stands for, in one of the networks?</summary>
    public bool Contains(IPAddress address) => Forms(address).Any(form => _networks.Any(network => network.Contains(form)));

    public override string ToString() => _text;

    private static IEnumerable<IPAddress> Forms(IPAddress address)
    {
        yield return address;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            yield return address.MapToIPv6();
        else if (address.IsIPv4MappedToIPv6)
            yield return address.MapToIPv4();
        else if (Nat64.Contains(address))
            yield return new IPAddress(address.GetAddressBytes().AsSpan(12));
    }

    private static IPNetwork ParseOne(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new FormatException($"{OptionParsers.Quote(text)} is neither an address nor a CIDR; write 10.0.0.0/8 or fd00::/8");
    }
}
