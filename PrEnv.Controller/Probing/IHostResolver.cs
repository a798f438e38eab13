using System.Net;

namespace PrEnv.Controller.Probing;

/// <summary>From a host name to addresses.</summary>
internal interface IHostResolver
{
    /// <summary>
    /// All addresses, the preferred first; none, or a <see cref="System.Net.Sockets.SocketException"/>, when there are none.
    /// </summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Uses the system's resolver.</summary>
internal sealed class SystemHostResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
