namespace PrEnv.Tests.FaultProxy;

/// <summary>A sequence of faults that a seed gives: the same for the same seed. Each is used once. Thread-safe.</summary>
internal sealed class FaultPlan
{
    // What makes the client list again is dear, so it comes half as often.
    private static readonly FaultKind[] Kinds =
    [
        .. Enum.GetValues<FaultKind>(),
        FaultKind.Cut, FaultKind.End, FaultKind.Stall, FaultKind.Delay, FaultKind.Split, FaultKind.DuplicateLine,
    ];

    private readonly Lock _gate = new();
    private readonly LinkedList<Fault> _left = new();
    private readonly Dictionary<FaultKind, int> _done = [];

    /// <summary>A plan of exactly these.</summary>
    public FaultPlan(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
            _left.AddLast(fault);
    }

    public int Left
    {
        get
        {
            lock (_gate)
                return _left.Count;
        }
    }

    /// <param name="seed">Gives the same plan again.</param>
    /// <param name="count">How many.</param>
    /// <param name="spread">The most bytes between a fault and the one before it.</param>
    /// <param name="timed">One refusal in so many names a time, which costs a second.</param>
    public static FaultPlan Random(int seed, int count, int spread, int timed)
    {
        var random = new Random(seed);
        return new FaultPlan([.. Enumerable.Range(0, count).Select(_ => new Fault(
            Kinds[random.Next(Kinds.Length)], random.Next(spread), random.Next(timed) == 0 ? 1 : null))]);
    }

    /// <summary>The next fault that fits; null when there is none.</summary>
    public Fault? Take(Predicate<Fault> fits)
    {
        lock (_gate)
        {
            for (var node = _left.First; node is not null; node = node.Next)
            {
                if (!fits(node.Value))
                    continue;
                _left.Remove(node);
                return node.Value;
            }

            return null;
        }
    }

    /// <summary>
    /// The next fault when it is a refusal. Only the first counts: refusals come among the other faults, not all before them.
    /// </summary>
    public Fault? TakeRefusal()
    {
        lock (_gate)
            return _left.First?.Value.IsRefusal == true ? Take(_ => true) : null;
    }

    /// <summary>It did not come to that.</summary>
    public void GiveBack(Fault fault)
    {
        lock (_gate)
            _left.AddFirst(fault);
    }

    public void Done(Fault fault)
    {
        lock (_gate)
            _done[fault.Kind] = _done.GetValueOrDefault(fault.Kind) + 1;
    }

    /// <summary>What has happened so far, for people.</summary>
    public override string ToString()
    {
        lock (_gate)
            return string.Join(", ", _done.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
    }
}
