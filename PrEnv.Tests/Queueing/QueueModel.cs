using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

/// <summary>The queue in words: lists, searches, no thought of cost.</summary>
internal sealed class QueueModel
{
    private readonly List<(int Key, int Priority)> _waiting = [];
    private readonly Dictionary<int, (long At, int Priority, int Order)> _delayed = [];
    private readonly Dictionary<int, int> _again = [];
    private readonly HashSet<int> _held = [];
    private long _now;
    private int _order;
    private int _overtakings;
    private bool _shutDown;

    public int Waiting => _waiting.Count;

    public int Delayed => _delayed.Count;

    public bool CanGet => _shutDown || _waiting.Count > 0;

    public void Add(int key, int priority)
    {
        if (_shutDown)
            return;
        if (_delayed.Remove(key, out var delay))
            priority = Math.Max(priority, delay.Priority);
        var place = _waiting.FindIndex(w => w.Key == key);
        if (_held.Contains(key))
        {
            _again[key] = Math.Max(priority, _again.GetValueOrDefault(key, int.MinValue));
        }
        else if (place < 0)
        {
            _waiting.Add((key, priority));
        }
        else if (priority > _waiting[place].Priority)
        {
            _waiting.RemoveAt(place);
            _waiting.Add((key, priority));
        }
    }

    public void AddAfter(int key, int milliseconds, int priority)
    {
        if (milliseconds <= 0 || _again.ContainsKey(key) || _waiting.Exists(w => w.Key == key))
        {
            Add(key, priority);
            return;
        }

        if (_shutDown)
            return;
        var wanted = (At: _now + milliseconds, Priority: priority, Order: _order++);
        if (_delayed.TryGetValue(key, out var known))
            wanted = (known.At <= wanted.At ? known : wanted) with { Priority = Math.Max(priority, known.Priority) };
        _delayed[key] = wanted;
    }

    public WorkItem<int> Get()
    {
        if (_waiting.Count == 0)
            return new WorkItem<int>(0, IsShutdown: true);
        var next = _overtakings == 9 ? _waiting[0] : _waiting.MaxBy(w => w.Priority);
        _overtakings = next == _waiting[0] ? 0 : _overtakings + 1;
        _waiting.Remove(next);
        _held.Add(next.Key);
        return new WorkItem<int>(next.Key, IsShutdown: false, next.Priority);
    }

    public void Done(int key)
    {
        if (_held.Remove(key) && _again.Remove(key, out var priority))
            _waiting.Add((key, priority));
    }

    public void Advance(int milliseconds)
    {
        _now += milliseconds;
        foreach (var (key, delay) in _delayed.Where(d => d.Value.At <= _now).OrderBy(d => d.Value.At).ThenBy(d => d.Value.Order).ToList())
            Add(key, delay.Priority);
    }

    public void ShutDown()
    {
        _shutDown = true;
        _delayed.Clear();
    }
}
