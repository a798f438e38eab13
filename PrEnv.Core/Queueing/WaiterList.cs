using System.Diagnostics.CodeAnalysis;

namespace PrEnv.Core.Queueing;

/// <summary>
/// The workers that wait for a key, in order. The queue calls <see cref="Enqueue"/> and <see cref="TryDequeue"/> under its lock; the other
/// members take that lock themselves.
/// </summary>
internal sealed class WaiterList<TKey>(Lock gate)
    where TKey : notnull
{
    private readonly LinkedList<Waiter<TKey>> _waiting = [];
    private readonly Stack<Waiter<TKey>> _spare = [];

    public Waiter<TKey> Enqueue()
    {
        var waiter = _spare.TryPop(out var spare) ? spare : new Waiter<TKey>(this);
        _waiting.AddLast(waiter.Node);
        return waiter;
    }

    public bool TryDequeue([NotNullWhen(true)] out Waiter<TKey>? waiter)
    {
        waiter = _waiting.First?.Value;
        if (waiter is null)
            return false;
        _waiting.RemoveFirst();
        return true;
    }

    /// <summary>Removes a waiter, at any position; false if it has already left.</summary>
    public bool TryRemove(Waiter<TKey> waiter)
    {
        lock (gate)
        {
            if (waiter.Node.List is null)
                return false;
            _waiting.Remove(waiter.Node);
            return true;
        }
    }

    /// <summary>Returns a waiter whose wait is over, for another wait.</summary>
    public void Return(Waiter<TKey> waiter)
    {
        lock (gate)
            _spare.Push(waiter);
    }
}
