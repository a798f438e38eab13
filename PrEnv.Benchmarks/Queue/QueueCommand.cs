using System.Globalization;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Benchmarks.Queue;

/// <summary>
/// The queue that the controller uses, with as many keys as no cluster has, against the plainest collection that could stand in its place,
/// by turns in one run.
/// </summary>
internal sealed class QueueCommand(TextWriter output, int keyCount = 1_000_000)
{
    private const int Rounds = 7;

    private readonly ResourceKey[] _distinct = [.. Enumerable.Range(0, keyCount).Select(i => new ResourceKey("default", $"key-{i}"))];

    public async Task RunAsync()
    {
        foreach (var workers in new[] { 1, 8 })
        {
            await CompareThroughputAsync(workers, "no metrics", null);
            await CompareThroughputAsync(workers, "metrics", new QueueMetricsFactory(new MetricsRegistry()).For("bench"));
        }

        await MeasureWaitingAsync();
        await CompareDelaysAsync();
    }

    private async Task CompareThroughputAsync(int workers, string what, IQueueMetrics? metrics)
    {
        var keys = WithDuplicates();
        var channel = new ChannelThroughput(keys, workers);
        using var queue = new QueueThroughput(NewQueue(metrics), keys, workers);
        var (reference, measured) = (new Series(), new Series());

        // Room for all of them, whatever the workers leave waiting later.
        await queue.FillAsync();
        for (var round = 0; round <= Rounds; round++)
        {
            reference.Add(await Measurement.OfAsync(keys.Length, channel.RunAsync));
            measured.Add(await Measurement.OfAsync(keys.Length, queue.RunAsync));
        }

        await WriteAsync($"add-get-done, {workers} worker(s), {what}", reference, measured);
    }

    private async Task MeasureWaitingAsync()
    {
        using var waiting = new WaitingThroughput(NewQueue(null), _distinct);
        var series = new Series();
        for (var round = 0; round <= Rounds; round++)
            series.Add(await Measurement.OfAsync(WaitingThroughput.Turns, waiting.RunAsync));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"a worker that waits for each key: {series.Rate:N0}/s, {series.BytesPerOperation:F3} bytes each"));
    }

    private async Task CompareDelaysAsync()
    {
        var delays = new Random(1);
        var times = Array.ConvertAll(_distinct, _ => TimeSpan.FromTicks(delays.NextInt64(TimeSpan.TicksPerHour)));
        var (addReference, add, fireReference, fire) = (new Series(), new Series(), new Series(), new Series());
        var bare = new BareDelays(_distinct, times);
        using var queue = new DelayThroughput(_distinct, times);
        for (var round = 0; round <= Rounds; round++)
        {
            addReference.Add(await Measurement.OfAsync(keyCount, bare.AddAsync));
            fireReference.Add(await Measurement.OfAsync(keyCount, bare.FireAsync));
            add.Add(await Measurement.OfAsync(keyCount, queue.AddAsync));
            fire.Add(await Measurement.OfAsync(keyCount, queue.FireAsync));
            await queue.TakeAllAsync();
        }

        await WriteAsync("AddAfter", addReference, add);
        await WriteAsync("all of them fired", fireReference, fire);
        var ratio = (addReference.Seconds + fireReference.Seconds) / (add.Seconds + fire.Seconds);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"AddAfter until fired: ratio {ratio:F2}"));
    }

    // 30 % of the additions are of one of the last hundred keys: changes of one object come in bursts.
    private ResourceKey[] WithDuplicates()
    {
        var random = new Random(1);
        var keys = new ResourceKey[keyCount];
        var distinct = 0;
        for (var i = 0; i < keyCount; i++)
            keys[i] = i >= 100 && random.Next(10) < 3 ? keys[i - 1 - random.Next(100)] : _distinct[distinct++];
        return keys;
    }

    private static RateLimitingQueue<ResourceKey> NewQueue(IQueueMetrics? metrics) =>
        new(new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), metrics: metrics);

    private Task WriteAsync(string what, Series reference, Series measured) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {measured.Rate:N0}/s, reference {reference.Rate:N0}/s, ratio {measured.Rate / reference.Rate:F2}, "
            + $"{measured.Cpu.TotalSeconds:F2} s of CPU, {measured.BytesPerOperation:F3} bytes each"));
}
