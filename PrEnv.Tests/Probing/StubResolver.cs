using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PrEnv.Controller.Probing;

namespace PrEnv.Tests.Probing;

/// <summary>A DNS of its own; a name that it does not know does not exist.</summary>
internal sealed class StubResolver : IHostResolver
{
    private readonly Dictionary<string, IPAddress[]> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>The names that were asked for, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public StubResolver With(string host, params string[] addresses)
    {
        _hosts[host] = [.. addresses.Select(IPAddress.Parse)];
        return this;
    }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        _asked.Enqueue(host);
        return _hosts.TryGetValue(host, out var addresses)
            ? Task.FromResult(addresses)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }
}
