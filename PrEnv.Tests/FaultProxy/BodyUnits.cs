using System.Buffers;
using System.IO.Pipelines;

namespace PrEnv.Tests.FaultProxy;

/// <summary>A body in the units that a fault works on: whole lines of a watch, whatever has arrived of anything else.</summary>
internal sealed class BodyUnits(Stream body, bool isWatch) : IAsyncDisposable
{
    private readonly PipeReader _pipe = PipeReader.Create(body);
    private Task<byte[]?>? _pending;

    /// <summary>The next unit; null at the end.</summary>
    public async Task<byte[]?> NextAsync(CancellationToken cancellationToken)
    {
        _pending ??= ReadAsync(cancellationToken);
        var unit = await _pending;
        _pending = null;
        return unit;
    }

    /// <summary>The next unit if it comes within that time, else null. One that comes later is not lost.</summary>
    public async Task<byte[]?> NextAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        _pending ??= ReadAsync(cancellationToken);
        await Task.WhenAny(_pending, Task.Delay(limit, TimeProvider.System, cancellationToken));
        return _pending.IsCompletedSuccessfully ? await NextAsync(cancellationToken) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_pending is not null)
            await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pipe.CompleteAsync();
    }

    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _pipe.ReadAsync(cancellationToken);
            var end = !isWatch ? read.Buffer.End
                : read.Buffer.PositionOf((byte)'\n') is { } newLine ? read.Buffer.GetPosition(1, newLine)
                : read.Buffer.Start;
            var unit = read.Buffer.Slice(0, end).ToArray();
            _pipe.AdvanceTo(end, unit.Length > 0 ? end : read.Buffer.End);
            if (unit.Length > 0)
                return unit;
            if (read.IsCompleted)
                return null;
        }
    }
}
