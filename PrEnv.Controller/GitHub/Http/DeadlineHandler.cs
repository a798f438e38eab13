using System.Buffers;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Controller.GitHub.Http;

/// <summary>
/// One deadline and one size limit for a whole answer: the body is read here, so that nothing above waits for the network. Errors on the
/// way become a <see cref="GitHubFault"/>.
/// </summary>
internal sealed class DeadlineHandler(TimeSpan timeout, int maxBytes, TimeProvider timeProvider) : DelegatingHandler
{
    private const int BufferSize = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ReceiveAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitHubFaultException(TransportFaults.Timeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            // A cancelled connection may report that it broke before it reports why.
            cancellationToken.ThrowIfCancellationRequested();
            throw new GitHubFaultException(deadline.IsCancellationRequested ? TransportFaults.Timeout : TransportFaults.From(e));
        }
    }

    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var body = new ByteArrayContent(await ReadBodyAsync(response.Content, cancellationToken));
            body.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = body;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
            throw new GitHubFaultException(TransportFaults.TooLarge);

        await using var network = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await network.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (body.Length + read > maxBytes)
                    throw new GitHubFaultException(TransportFaults.TooLarge);
                await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return body.ToArray();
    }
}
