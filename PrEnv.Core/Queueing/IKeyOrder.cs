namespace PrEnv.Core.Queueing;

/// <summary>
/// The order in which a <see cref="WorkQueue{TKey}"/> hands keys out. The queue calls it under its lock and never pushes a key twice,
/// so an implementation is a plain collection. Another order (by priority, say) is another implementation, not another queue.
/// </summary>
internal interface IKeyOrder<TKey>
{
    int Count { get; }

    void Push(TKey key);

    TKey Pop();

    /// <summary>The key was added again while it waits here; an order by priority may move it.</summary>
    void Touch(TKey key);
}

/// <summary>First in, first out. <see cref="Queue{T}"/> clears the slot of what it hands out, so nothing keeps a finished key alive.</summary>
internal sealed class FifoKeyOrder<TKey> : IKeyOrder<TKey>
{
    private readonly Queue<TKey> _keys = new();

    public int Count => _keys.Count;

    public void Push(TKey key) => _keys.Enqueue(key);

    public TKey Pop() => _keys.Dequeue();

    public void Touch(TKey key)
    {
    }
}
