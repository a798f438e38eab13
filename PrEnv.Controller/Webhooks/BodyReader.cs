using System.Buffers;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// Reads bodies within bounds: of size, because anyone may send one; of number, because each is in memory until it is verified; of time,
/// because a sender that stops half-way would keep its place. Others wait for a free place. Thread-safe.
/// </summary>
/// <param name="timeout">For waiting and reading together.</param>
/// <param name="time">The clock.</param>
internal sealed class BodyReader(TimeSpan timeout, TimeProvider time) : IDisposable
{
    /// <summary>GitHub's own limit of a payload, https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>Nearly all payloads are smaller.</summary>
    private const int SmallBytes = 256 * 1024;

    private readonly SemaphoreSlim _small = new(128);
    private readonly SemaphoreSlim _large = new(2);

    /// <summary>
    /// The body, to be disposed of; it has exactly the length that was announced.
    /// </summary>
    /// <exception cref="TimeoutException">There was no free place in time, or the body did not arrive.</exception>
    /// <exception cref="IOException">The sender went away.</exception>
    public async Task<Body> ReadAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxBytes);
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var places = length <= SmallBytes ? _small : _large;
        try
        {
            await places.WaitAsync(either.Token);
            var body = new Body(ArrayPool<byte>.Shared.Rent(length), length, places);
            try
            {
                await stream.ReadExactlyAsync(body.Memory, either.Token);
                return body;
            }
            catch
            {
                body.Dispose();
                throw;
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The body did not arrive in time.", e);
        }
    }

    public void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
    }

    /// <summary>A body and its place.</summary>
    internal sealed class Body(byte[] buffer, int length, SemaphoreSlim places) : IDisposable
    {
        public Memory<byte> Memory => buffer.AsMemory(0, length);

        public void Dispose()
        {
            ArrayPool<byte>.Shared.Return(buffer);
            places.Release();
        }
    }
}
