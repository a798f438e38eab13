using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;
using Prometheus;

namespace PrEnv.Tests.Probing;

/// <summary>A running scheduler on virtual time, whose probes the test answers.</summary>
internal sealed class ProbeSchedulerFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ResourceKey> _woken = new();
    private readonly MetricsRegistry _registry = new();

    public ProbeSchedulerFixture(int workers = 32, bool proberIgnoresCancellation = false)
    {
        Prober = new StubProber { IgnoresCancellation = proberIgnoresCancellation };
        var metrics = new ProbeMetrics(_registry, new QueueMetricsFactory(_registry), new ReconcileMetricsFactory(_registry));
        Scheduler = new ProbeScheduler(Prober, metrics, Clock, NullLogger<ProbeScheduler>.Instance, workers) { Wake = _woken.Enqueue };
        Running = Scheduler.RunAsync(_stop.Token);
    }

    public QueueClock Clock { get; } = new();

    public StubProber Prober { get; }

    public ProbeScheduler Scheduler { get; }

    public Task Running { get; }

    /// <summary>The owners that were woken, in order.</summary>
    public IReadOnlyCollection<ResourceKey> Woken => _woken;

    public void Wish(params ProbeTarget[] targets) => Scheduler.Replace(ProbeTargets.Owner, targets);

    public ProbeObservation? Observe(ProbeTarget target) => Scheduler.Observe(target.Release, target.Revision);

    /// <summary>
    /// Answers the next probe and waits until the one after it is scheduled. Returns the delay, which has not passed yet.
    /// </summary>
    public async Task<TimeSpan> AnswerAsync(bool isSuccess)
    {
        var asked = await Prober.NextAsync();
        if (isSuccess)
            asked.Succeed();
        else
            asked.Fail();
        return await Clock.NextDelayAsync();
    }

    /// <summary>Answers probe after probe, and lets the time between them pass.</summary>
    public async Task AnswerAllAsync(string answers)
    {
        foreach (var answer in answers)
            Clock.Advance(await AnswerAsync(answer == '+'));
    }

    public async Task<string> ScrapeAsync()
    {
        using var stream = new MemoryStream();
        await _registry.Collectors.CollectAndExportAsTextAsync(stream, ExpositionFormat.PrometheusText);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running.Soon();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested && !Prober.IgnoresCancellation)
            await StopAsync();
        Scheduler.Dispose();
        _stop.Dispose();
    }
}
