using System.Globalization;
using System.Net;

namespace PrEnv.Controller.Options;

/// <summary>Where an endpoint listens, if it is enabled. Immutable.</summary>
internal sealed record BindAddress
{
    private readonly string _text;

    private BindAddress(string text, IPEndPoint? endPoint) => (_text, EndPoint) = (text, endPoint);

    /// <summary>The endpoint is disabled.</summary>
    public static BindAddress Off { get; } = new("0", null);

    /// <summary>
    /// Null when disabled. <see cref="IPAddress.IPv6Any"/> stands for every address of both families, port 0 for any free port.
    /// </summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>Every address of the machine.</summary>
    public static BindAddress Any(int port) =>
        new(string.Create(CultureInfo.InvariantCulture, $":{port}"), new IPEndPoint(IPAddress.IPv6Any, port));

    /// <summary>Reads <c>[host]:port</c>, where the host is an address or <c>localhost</c>, or <c>0</c> for disabled.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static BindAddress Parse(string text)
    {
        if (text == "0")
            return Off;
        var colon = text.LastIndexOf(':');
        if (colon >= 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort
            && TryParseHost(text[..colon], out var address))
        {
            return new BindAddress(text, new IPEndPoint(address, port));
        }

        throw new FormatException(
            $"{OptionParsers.Quote(text)} is not [host]:port; write :8080, 127.0.0.1:8080 or [::1]:8080, or 0 to disable the endpoint");
    }

    /// <summary>Would the second of the two fail to bind?</summary>
    public bool Collides(BindAddress other) =>
        EndPoint is { Port: > 0 } mine
        && other.EndPoint is { } theirs
        && mine.Port == theirs.Port
        && (mine.Address.Equals(theirs.Address) || IsAny(mine.Address) || IsAny(theirs.Address));

    public override string ToString() => _text;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Any);

    private static bool TryParseHost(string host, out IPAddress address)
    {
        address = IPAddress.IPv6Any;
        if (host.Length == 0)
            return true;
        if (host == "localhost")
        {
            address = IPAddress.Loopback;
            return true;
        }

        // Without its brackets, the end of an IPv6 address would be mistaken for the port.
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (isBracketed != host.Contains(':', StringComparison.Ordinal)
            || !IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var parsed))
        {
            return false;
        }

        address = parsed;
        return true;
    }
}
