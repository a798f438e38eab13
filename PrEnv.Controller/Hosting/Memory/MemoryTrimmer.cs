namespace PrEnv.Controller.Hosting.Memory;

/// <summary>
/// Returns memory to the system after a burst of work. The collector itself only runs when memory is allocated, so a process that becomes
/// quiet after a burst keeps the burst's memory for as long as it stays quiet: docs/benchmarks.md has the figure. See
/// https://learn.microsoft.com/dotnet/standard/garbage-collection/induced.
/// </summary>
/// <param name="allocated">Bytes allocated since the start of the process.</param>
/// <param name="collect">Collects all garbage and returns free memory to the system; takes about 20 ms.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryTrimmer(Func<long> allocated, Action collect, TimeProvider time) : BackgroundService
{
    /// <summary>How often it checks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TrimPolicy _policy = new();

    /// <summary>Trims this process.</summary>
    public static MemoryTrimmer OfThisProcess(TimeProvider time) => new(
        () => GC.GetTotalAllocatedBytes(), CollectAll, time);

    /// <summary>Collects all garbage of this process.</summary>
    public static void CollectAll() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            if (_policy.ShouldTrim(allocated()))
                collect();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
