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

/// <summary>What a delayed key costs, by how many wait already.</summary>
[MemoryDiagnoser]
public class DelayingQueueBenchmarks : IDisposable
{
    private readonly DelayingQueue<int> _queue = new();
    private int _next;

    [Params(100, 10_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var key = 0; key < Waiting; key++)
            _queue.AddAfter(key, TimeSpan.FromDays(1));
    }

    /// <summary>Moves a waiting key to an ever earlier time: another ticket, and its share of throwing the old ones away.</summary>
    [Benchmark]
    public void AddAfter_EarlierForWaitingKey()
    {
        _next++;
        _queue.AddAfter(_next % Waiting, TimeSpan.FromDays(1) - TimeSpan.FromTicks(_next * 100L));
    }

    [Benchmark]
    public void AddAfter_LaterForWaitingKey() => _queue.AddAfter(0, TimeSpan.FromDays(2));

    [GlobalCleanup]
    public void Dispose()
    {
        _queue.Dispose();
        GC.SuppressFinalize(this);
    }
}
