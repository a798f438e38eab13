using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Benchmarks.Queue;

/// <summary>
/// What a key costs on its way through the queue. The channel is the floor: it carries keys and neither dedupes nor keeps two workers
/// apart.
/// </summary>
[MemoryDiagnoser]
public class QueueBenchmarks : IDisposable
{
    private const int KeyCount = 1000;

    private readonly ResourceKey[] _keys = [.. Enumerable.Range(0, KeyCount).Select(i => new ResourceKey("default", $"key-{i}"))];
    private readonly WorkQueue<ResourceKey> _queue = new();
    private readonly Channel<ResourceKey> _channel = Channel.CreateUnbounded<ResourceKey>();

    [Benchmark(Baseline = true, OperationsPerInvoke = KeyCount)]
    public async Task Channel_WriteRead()
    {
        foreach (var key in _keys)
            _channel.Writer.TryWrite(key);
        for (var i = 0; i < KeyCount; i++)
            await _channel.Reader.ReadAsync();
    }

    [Benchmark(OperationsPerInvoke = KeyCount)]
    public async Task WorkQueue_AddGetDone()
    {
        foreach (var key in _keys)
            _queue.Add(key);
        for (var i = 0; i < KeyCount; i++)
            _queue.Done((await _queue.GetAsync(CancellationToken.None)).Key);
    }

    [Benchmark(OperationsPerInvoke = KeyCount)]
    public async Task WorkQueue_EveryKeyAddedTenTimes()
    {
        for (var round = 0; round < 10; round++)
        {
            foreach (var key in _keys)
                _queue.Add(key);
        }

        for (var i = 0; i < KeyCount; i++)
            _queue.Done((await _queue.GetAsync(CancellationToken.None)).Key);
    }

    [Benchmark(OperationsPerInvoke = KeyCount)]
    public async Task WorkQueue_FourWorkers()
    {
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < KeyCount / 4; i++)
                _queue.Done((await _queue.GetAsync(CancellationToken.None)).Key);
        })).ToArray();
        foreach (var key in _keys)
            _queue.Add(key);
        await Task.WhenAll(workers);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _queue.Dispose();
        GC.SuppressFinalize(this);
    }
}
