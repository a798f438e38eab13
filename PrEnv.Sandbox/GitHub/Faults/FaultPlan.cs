using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.GitHub.Faults;

/// <summary>The faults that are armed. The first rule that matches decides. Thread-safe.</summary>
internal sealed class FaultPlan(ChangeSignal changed)
{
    private readonly Lock _lock = new();
    private readonly List<Armed> _rules = [];
    private int _holding;

    /// <summary>How many rules can still strike.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
                return _rules.Count;
        }
    }

    /// <summary>How many requests are held now: their timers run, so a test may move the clock.</summary>
    public int Holding => Volatile.Read(ref _holding);

    public void Add(FaultRule rule)
    {
        lock (_lock)
            _rules.Add(new Armed(rule));
    }

    public void Clear()
    {
        lock (_lock)
            _rules.Clear();
    }

    /// <summary>The fault that strikes this request, counted as used; null when none does.</summary>
    public FaultRule? Take(HttpRequest request)
    {
        lock (_lock)
        {
            var armed = _rules.Find(candidate => candidate.Rule.Matches(request));
            if (armed is null)
                return null;
            armed.Seen++;
            if (armed.Seen <= armed.Rule.Skip)
                return null;
            if (armed.Seen == armed.Rule.Skip + (long?)armed.Rule.Times)
                _rules.Remove(armed);
            return armed.Rule;
        }
    }

    /// <summary>Counts a request as held while the delay, which has begun, lasts.</summary>
    public async Task HoldAsync(Task delay)
    {
        Interlocked.Increment(ref _holding);
        changed.Pulse();
        try
        {
            await delay;
        }
        finally
        {
            Interlocked.Decrement(ref _holding);
            changed.Pulse();
        }
    }

    private sealed class Armed(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;

        public long Seen { get; set; }
    }
}
