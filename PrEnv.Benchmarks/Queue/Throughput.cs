using System.Threading.Channels;
using PrEnv.Core.Objects;

namespace PrEnv.Benchmarks.Queue;

/// <summary>
/// One producer and some workers. At the end of a round each worker gets a key that sends it home, so the queue lives on for the next.
/// </summary>
internal abstract class Throughput(ResourceKey[] keys, int workers)
{
    private readonly ResourceKey[] _goHome = [.. Enumerable.Range(0, workers).Select(i => new ResourceKey("", $"{i}"))];

    public async Task RunAsync()
    {
        var working = Array.ConvertAll(_goHome, _ => Task.Run(WorkAsync));
        foreach (var key in keys)
            Add(key);
        foreach (var key in _goHome)
            Add(key);
        await Task.WhenAll(working);
    }

    protected ResourceKey[] Keys => keys;

    protected static bool IsLast(ResourceKey key) => key.Namespace.Length == 0;

    protected abstract void Add(ResourceKey key);

    protected abstract Task WorkAsync();
}

/// <summary>The floor: a channel neither dedupes nor keeps two workers apart.</summary>
internal sealed class ChannelThroughput(ResourceKey[] keys, int workers) : Throughput(keys, workers)
{
    private readonly Channel<ResourceKey> _channel = Channel.CreateUnbounded<ResourceKey>();

    protected override void Add(ResourceKey key) => _channel.Writer.TryWrite(key);

    protected override async Task WorkAsync()
    {
        while (!IsLast(await _channel.Reader.ReadAsync()))
        {
        }
    }
}
