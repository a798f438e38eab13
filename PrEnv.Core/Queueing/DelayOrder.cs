using System.Runtime.InteropServices;

namespace PrEnv.Core.Queueing;

/// <summary>
/// Keys by the time when they are ready; equal times keep the order of their additions. Times are any non-decreasing count. Not
/// thread-safe.
/// </summary>
/// <remarks>
/// A <see cref="PriorityQueue{TElement, TPriority}"/> finds an element only by a search, and a key must be able to leave or to move to an
/// earlier time. So it holds tickets, of which the one with the number in the key's entry is valid. The others are discarded
/// when their time comes, or all at once when most are invalid: that costs at most one more ticket per key, in memory and in time.
/// </remarks>
internal sealed class DelayOrder<TKey>(KeyTable<TKey> table)
    where TKey : notnull
{
    private const int FewTickets = 64;

    private readonly PriorityQueue<int, Ticket> _tickets = new();
    private readonly List<(int Slot, Ticket Ticket)> _good = [];

    public int Count { get; private set; }

    /// <summary>
    /// When <see cref="PopReady"/> is to be called next: no key is ready before. Null when no call is needed.
    /// </summary>
    public long? Next => _tickets.TryPeek(out _, out var ticket) ? ticket.ReadyAt : null;

    /// <summary>The number of tickets in memory: the valid ones, and at most slightly more invalid ones.</summary>
    public int TicketCount => _tickets.Count;

    public void Push(int slot, long readyAt)
    {
        Count++;
        Issue(slot, readyAt);
    }

    /// <summary>Moves a key to this time if it is earlier than the key's own.</summary>
    public void MoveUp(int slot, long readyAt)
    {
        if (readyAt >= table[slot].ReadyAt)
            return;
        Issue(slot, readyAt);
        ThrowAway();
    }

    public void Remove(int slot)
    {
        table[slot].Number = 0;
        Count--;
        ThrowAway();
    }

    /// <summary>
    /// Removes keys that are ready, in order, and returns how many: at most as many as there is room for. More may be ready, even
    /// if it returns zero; see <see cref="Next"/>. So the duration of a call is bounded by the room.
    /// </summary>
    /// <remarks>
    /// Taking tickets and reading their entries are two steps: the second then waits for memory once for several entries instead of once
    /// for each.
    /// </remarks>
    public int PopReady(long now, Span<int> ready)
    {
        Span<long> numbers = stackalloc long[ready.Length];
        var taken = 0;
        for (; taken < ready.Length && _tickets.TryPeek(out _, out var ticket) && ticket.ReadyAt <= now; taken++)
        {
            numbers[taken] = ticket.Number;
            ready[taken] = _tickets.Dequeue();
        }

        var good = 0;
        for (var i = 0; i < taken; i++)
        {
            if (IsGood(ready[i], numbers[i]))
                ready[good++] = ready[i];
        }

        Count -= good;
        ThrowAway();
        return good;
    }

    private void Issue(int slot, long readyAt)
    {
        ref var entry = ref table[slot];
        entry.Number = table.NextNumber();
        entry.ReadyAt = readyAt;
        _tickets.Enqueue(slot, new Ticket(readyAt, entry.Number));
    }

    private bool IsGood(int slot, long number) => table[slot].Number == number;

    private void ThrowAway()
    {
        if (_tickets.Count < (2 * Count) + FewTickets)
            return;
        foreach (var (slot, ticket) in _tickets.UnorderedItems)
        {
            if (IsGood(slot, ticket.Number))
                _good.Add((slot, ticket));
        }

        _tickets.Clear();
        _tickets.EnqueueRange(_good);
        _good.Clear();
    }

    // Comparing a tuple of the same values is a fifth slower.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Ticket(long ReadyAt, long Number) : IComparable<Ticket>
    {
        public int CompareTo(Ticket other) => ReadyAt < other.ReadyAt ? -1 : ReadyAt > other.ReadyAt ? 1 : Number.CompareTo(other.Number);

        public static bool operator <(Ticket left, Ticket right) => left.CompareTo(right) < 0;

        public static bool operator <=(Ticket left, Ticket right) => left.CompareTo(right) <= 0;

        public static bool operator >(Ticket left, Ticket right) => left.CompareTo(right) > 0;

        public static bool operator >=(Ticket left, Ticket right) => left.CompareTo(right) >= 0;
    }
}
