using System.Net;
using System.Net.Sockets;
using PrEnv.Controller.Probing;

namespace PrEnv.Tests.Probing;

/// <summary>A DNS of its own; a name that it does not know does not exist.</summary>
internal sealed class StubResolver : IHostResolver
{
    private readonly Dictionary<string, IPAddress[]> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public StubResolver With(string host, params string[] addresses)
    {
        _hosts[host] = [.. addresses.Select(IPAddress.Parse)];
        return this;
    }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => _hosts.TryGetValue(host, out var addresses)
        ? Task.FromResult(addresses)
        : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
