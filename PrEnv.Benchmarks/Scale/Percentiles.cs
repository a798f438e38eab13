namespace PrEnv.Benchmarks.Scale;

/// <summary>What some times say.</summary>
internal sealed record Percentiles(TimeSpan Median, TimeSpan NinetyNine)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return new Percentiles(sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
    }

    public override string ToString() => $"{Median.TotalMilliseconds:0} ms, {NinetyNine.TotalMilliseconds:0} ms";
}
