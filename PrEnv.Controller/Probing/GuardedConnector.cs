using System.Net;
using System.Net.Sockets;
using PrEnv.Controller.Options;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Opens connections, but never to a denied address. The check is between resolving the name and connecting, on the exact address that is
/// connected to: a check of the URL would miss names that resolve to internal addresses, redirects, and answers that change between
/// lookups.
/// </summary>
internal sealed class GuardedConnector(DeniedNetworks denied, IHostResolver resolver, TimeProvider time)
{
    // An address that drops packets must not use up the whole timeout while the next one would answer.
    private static readonly TimeSpan LimitBeforeNext = TimeSpan.FromSeconds(1);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="DeniedAddressException">Every address is denied.</exception>
    /// <exception cref="SocketException">The name does not resolve, or no address answers.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var allowed = await FindAsync(context.DnsEndPoint.Host, cancellationToken);
        for (var index = 0; ; index++)
        {
            var isLast = index == allowed.Length - 1;
            using var limit = new CancellationTokenSource(isLast ? Timeout.InfiniteTimeSpan : LimitBeforeNext, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                return await OpenAsync(new IPEndPoint(allowed[index], context.DnsEndPoint.Port), either.Token);
            }
            catch (SocketException) when (!isLast)
            {
                // The next one may answer.
            }
            catch (OperationCanceledException) when (!isLast && !cancellationToken.IsCancellationRequested)
            {
                // As above.
            }
        }
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        if (found.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        IPAddress[] plain = [.. found.Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)];
        IPAddress[] allowed = [.. plain.Where(address => !denied.Contains(address))];
        return allowed.Length > 0 ? allowed : throw new DeniedAddressException(plain[0]);
    }

    private static async Task<Stream> OpenAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>No address of the host may be connected to.</summary>
internal sealed class DeniedAddressException(IPAddress address) : Exception($"{address} is denied.")
{
    public IPAddress Address { get; } = address;
}
