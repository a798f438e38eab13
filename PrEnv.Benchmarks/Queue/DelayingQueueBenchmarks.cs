using BenchmarkDotNet.Attributes;
using PrEnv.Core.Queueing;

namespace PrEnv.Benchmarks.Queue;

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
