namespace PrEnv.Benchmarks.Queue;

/// <summary>
/// Rounds of the same; the first one warms up and does not count. The best one counts, because the machine has other work too.
/// </summary>
internal sealed class Series
{
    private readonly List<Measurement> _rounds = [];
    private bool _warm;

    public double Rate => Best.Operations / Best.Elapsed.TotalSeconds;

    public double Seconds => Best.Elapsed.TotalSeconds;

    public TimeSpan Cpu => Best.Cpu;

    public double BytesPerOperation => (double)Best.AllocatedBytes / Best.Operations;

    public void Add(Measurement round)
    {
        if (_warm)
            _rounds.Add(round);
        _warm = true;
    }

    private Measurement Best => _rounds.MinBy(m => m.Elapsed)!;
}
