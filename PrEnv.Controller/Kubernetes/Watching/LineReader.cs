using System.Buffers;
using System.IO.Pipelines;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>Reads a stream line by line without copying. Not thread-safe; a line is valid until the next one is asked for.</summary>
internal sealed class LineReader(Stream stream) : IAsyncDisposable
{
    /// <summary>The server rejects objects of more than a few megabytes; a line that never ends is not from a watch.</summary>
    public const int MaxLineBytes = 32 * 1024 * 1024;

    // Lines of a few kilobytes rarely span two of these, which would cost a copy.
    private const int BufferBytes = 64 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes));
    private SequencePosition? _consumed;

    /// <summary>
    /// The next line without its end, or null when the stream has ended. An incomplete line at the end is dropped: its writer was
    /// interrupted, and
    /// a watch that continues from the last version gets the event again.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async ValueTask<ReadOnlySequence<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_consumed is { } consumed)
        {
            _pipe.AdvanceTo(consumed);
            _consumed = null;
        }

        while (true)
        {
            var read = await _pipe.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                _consumed = buffer.GetPosition(1, end);
                return buffer.Slice(0, end);
            }

            if (read.IsCompleted)
            {
                _consumed = buffer.End;
                return null;
            }

            if (buffer.Length > MaxLineBytes)
                throw new InvalidDataException("A line of the watch is too long.");

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();
}
