using PrEnv.Core.Objects;

namespace PrEnv.Benchmarks.Queue;

/// <summary>The floor: a heap that knows no keys and no time.</summary>
internal sealed class BareDelays(ResourceKey[] keys, TimeSpan[] delays)
{
    private readonly PriorityQueue<ResourceKey, long> _heap = new();

    public Task AddAsync() => Task.Run(Add);

    public Task FireAsync() => Task.Run(Fire);

    private void Add()
    {
        for (var i = 0; i < keys.Length; i++)
            _heap.Enqueue(keys[i], delays[i].Ticks);
    }

    private void Fire()
    {
        while (_heap.TryDequeue(out _, out _))
        {
        }
    }
}
