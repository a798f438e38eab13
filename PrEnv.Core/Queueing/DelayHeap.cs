namespace PrEnv.Core.Queueing;

/// <summary>
/// Entries by the time they are ready; equal times keep the order of their additions. Times are any non-decreasing count. Not thread-safe.
/// </summary>
/// <remarks>
/// Own, because <see cref="PriorityQueue{TElement, TPriority}"/> finds an element only by a search and a key must be able to leave or to move to an
/// earlier time: here each entry knows its place. Four children for each node: half the depth of a binary heap, and siblings lie side by side in memory.
/// </remarks>
internal sealed class DelayHeap<TKey>
    where TKey : notnull
{
    private const int Children = 4;

    private Node[] _nodes = new Node[16];
    private long _sequence;

    public int Count { get; private set; }

    /// <summary>When the first entry is ready; null when there is none.</summary>
    public long? Next => Count == 0 ? null : _nodes[0].ReadyAt;

    public void Push(KeyEntry<TKey> entry, long readyAt)
    {
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, Count * 2);
        Rise(Count++, new Node(readyAt, _sequence++, entry));
    }

    /// <summary>Moves an entry to this time if it is earlier than the entry's own.</summary>
    public void MoveUp(KeyEntry<TKey> entry, long readyAt)
    {
        if (readyAt < _nodes[entry.HeapIndex].ReadyAt)
            Rise(entry.HeapIndex, new Node(readyAt, _sequence++, entry));
    }

    public void Remove(KeyEntry<TKey> entry)
    {
        var hole = entry.HeapIndex;
        var last = _nodes[--Count];
        _nodes[Count] = default;
        if (hole == Count)
            return;
        if (hole > 0 && last.IsBefore(_nodes[Parent(hole)]))
            Rise(hole, last);
        else
            Sink(hole, last);
    }

    /// <summary>Removes and returns the first entry if it is ready, else null.</summary>
    public KeyEntry<TKey>? PopReady(long now)
    {
        if (Count == 0 || _nodes[0].ReadyAt > now)
            return null;
        var entry = _nodes[0].Entry;
        Remove(entry);
        return entry;
    }

    private static int Parent(int index) => (index - 1) / Children;

    private void Rise(int index, Node node)
    {
        while (index > 0 && node.IsBefore(_nodes[Parent(index)]))
        {
            Place(index, _nodes[Parent(index)]);
            index = Parent(index);
        }

        Place(index, node);
    }

    private void Sink(int index, Node node)
    {
        while ((index * Children) + 1 < Count)
        {
            var child = FirstOfChildren(index);
            if (!_nodes[child].IsBefore(node))
                break;
            Place(index, _nodes[child]);
            index = child;
        }

        Place(index, node);
    }

    private int FirstOfChildren(int index)
    {
        var first = (index * Children) + 1;
        var end = Math.Min(first + Children, Count);
        for (var child = first + 1; child < end; child++)
        {
            if (_nodes[child].IsBefore(_nodes[first]))
                first = child;
        }

        return first;
    }

    private void Place(int index, Node node)
    {
        _nodes[index] = node;
        node.Entry.HeapIndex = index;
    }

    private readonly record struct Node(long ReadyAt, long Sequence, KeyEntry<TKey> Entry)
    {
        public bool IsBefore(in Node other) => ReadyAt < other.ReadyAt || (ReadyAt == other.ReadyAt && Sequence < other.Sequence);
    }
}
