namespace PrEnv.Core.Queueing;

/// <summary>
/// The order in which waiting keys are handed out: by priority, and within one by arrival. No key waits forever: after nine in a row have
/// overtaken the one that has waited longest, that one is next. With one priority only it is first in, first out. Not thread-safe.
/// </summary>
/// <remarks>
/// Turns are counted, not time: if age made keys urgent, the many that have been waiting since a start would come before every
/// real change, which is what priorities are meant to prevent. So the low ones get a tenth of the turns, and the others are never slowed by
/// more.
/// </remarks>
internal sealed class PriorityOrder<TKey>(KeyTable<TKey> table)
    where TKey : notnull
{
    /// <summary>How many in a row may overtake the key that has waited longest.</summary>
    public const int MostOvertakings = 9;

    // Highest first, none empty. A list, because there are only two or three.
    private readonly List<Level> _levels = [];
    private readonly Stack<Level> _spare = [];
    private int _overtakings;

    public int Count { get; private set; }

    public void Push(int slot)
    {
        ref var entry = ref table[slot];
        entry.Number = table.NextNumber();
        LevelOf(entry.Priority).Keys.Append(slot);
        Count++;
    }

    /// <summary>The next key; the order must not be empty.</summary>
    public int Pop()
    {
        var oldest = Oldest();
        var next = _overtakings == MostOvertakings ? oldest : _levels[0].Keys.First;
        _overtakings = next == oldest ? 0 : _overtakings + 1;
        Remove(next);
        return next;
    }

    /// <summary>Moves a waiting key to the end of a higher priority.</summary>
    public void Promote(int slot, int priority)
    {
        Remove(slot);
        table[slot].Priority = priority;
        Push(slot);
    }

    private int Oldest()
    {
        var oldest = _levels[0].Keys.First;
        for (var i = 1; i < _levels.Count; i++)
        {
            var first = _levels[i].Keys.First;
            oldest = table[first].Number < table[oldest].Number ? first : oldest;
        }

        return oldest;
    }

    private void Remove(int slot)
    {
        var level = LevelOf(table[slot].Priority);
        level.Keys.Remove(slot);
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
        var level = _spare.TryPop(out var spare) ? spare : new Level(new KeyList<TKey>(table));
        level.Priority = priority;
        _levels.Insert(index, level);
        return level;
    }

    private sealed class Level(KeyList<TKey> keys)
    {
        public int Priority { get; set; }

        public KeyList<TKey> Keys => keys;
    }
}
