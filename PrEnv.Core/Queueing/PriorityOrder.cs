namespace PrEnv.Core.Queueing;

/// <summary>
/// The order in which waiting keys are handed out: by priority, and within one by arrival. No key waits for ever: after nine in a row that overtook the
/// one that has waited longest, that one is next. With one priority only it is first in, first out. Not thread-safe.
/// </summary>
/// <remarks>
/// Turns are counted and not time: keys that became urgent by their age would, when many of them wait since a start, be in front of every real change,
/// which is what priorities are there to prevent. So the low ones get a tenth of the turns, and the others are never slowed by more.
/// </remarks>
internal sealed class PriorityOrder<TKey>
    where TKey : notnull
{
    /// <summary>How many in a row may overtake the key that has waited longest.</summary>
    public const int MostOvertakings = 9;

    // Highest first, none empty. A list, because there are two or three of them.
    private readonly List<Level> _levels = [];
    private readonly Stack<Level> _spare = [];
    private long _arrivals;
    private int _overtakings;

    public int Count { get; private set; }

    public void Push(KeyEntry<TKey> entry)
    {
        entry.Arrival = _arrivals++;
        LevelOf(entry.Priority).Keys.Append(entry);
        Count++;
    }

    /// <summary>The next key; there must be one.</summary>
    public KeyEntry<TKey> Pop()
    {
        var oldest = Oldest();
        var next = _overtakings == MostOvertakings ? oldest : _levels[0].Keys.First!;
        _overtakings = next == oldest ? 0 : _overtakings + 1;
        Remove(next);
        return next;
    }

    /// <summary>Moves a waiting key to the end of a higher priority.</summary>
    public void Promote(KeyEntry<TKey> entry, int priority)
    {
        Remove(entry);
        entry.Priority = priority;
        Push(entry);
    }

    private KeyEntry<TKey> Oldest()
    {
        var oldest = _levels[0].Keys.First!;
        for (var i = 1; i < _levels.Count; i++)
        {
            var first = _levels[i].Keys.First!;
            oldest = first.Arrival < oldest.Arrival ? first : oldest;
        }

        return oldest;
    }

    private void Remove(KeyEntry<TKey> entry)
    {
        var level = LevelOf(entry.Priority);
        level.Keys.Remove(entry);
        Count--;
        if (level.Keys.Count > 0)
            return;
        _levels.Remove(level);
        _spare.Push(level);
    }

    private Level LevelOf(int priority)
    {
        var index = 0;
        while (index < _levels.Count && _levels[index].Priority > priority)
            index++;
        if (index < _levels.Count && _levels[index].Priority == priority)
            return _levels[index];
        var level = _spare.TryPop(out var spare) ? spare : new Level();
        level.Priority = priority;
        _levels.Insert(index, level);
        return level;
    }

    private sealed class Level
    {
        public int Priority { get; set; }

        public KeyList<TKey> Keys { get; } = new();
    }
}
