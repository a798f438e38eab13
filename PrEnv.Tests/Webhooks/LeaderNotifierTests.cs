using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Informers;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed class LeaderNotifierTests : IDisposable
{
    private readonly MetricsRegistry _registry = new();
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly Mock<IWriteFence> _lead = new();
    private readonly Mock<IResourceWriter> _writer = new();
    private readonly ConcurrentQueue<(string Name, string? Value)> _written = new();
    private readonly SemaphoreSlim _writes = new(0);
    private readonly Store<PREphemeralEnvController> _resources = new(WebhookReceivers.Indexes);
    private readonly RateLimitingQueue<ResourceKey> _queue;
    private readonly PullRequestHints _hints;
    private readonly LeaderNotifier _notifier;

    public LeaderNotifierTests()
    {
        _queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), _time);
        _hints = new PullRequestHints(_queue);
        _notifier = new LeaderNotifier(
            _hints, _lead.Object, _resources, _writer.Object, new QueueMetricsFactory(_registry), new ReconcileMetricsFactory(_registry),
            _time,
            NullLogger<LeaderNotifier>.Instance);
        _resources.Upsert(Some.Resource());
        _writer.Setup(w => w.SetAnnotationAsync(
                It.IsAny<PREphemeralEnvController>(), PREphemeralEnvController.ReconcileRequestAnnotation, It.IsAny<string?>(),
                It.IsAny<CancellationToken>()))
            .ReturnsAsync((PREphemeralEnvController resource, string _, string? value, CancellationToken _) =>
            {
                _written.Enqueue((resource.Metadata.Name, value));
                _writes.Release();
                return resource;
            });
    }

    [TearDown]
    public void Dispose()
    {
        _notifier.Dispose();
        _queue.Dispose();
        _writes.Dispose();
    }

    [Test]
    public void PullRequestChanged_ThisProcessWorks_IsItsOwnHint()
    {
        _lead.Setup(l => l.IsOpen).Returns(true);

        _notifier.PullRequestChanged(Some.Key, 22);

        Assert.That(_hints.Take(Some.Key).Keys, Is.EqualTo((int[])[22]));
        Assert.That(_writer.Invocations, Is.Empty);
    }

    [Test]
    public async Task PullRequestChanged_AnotherLeads_AsksItOnceForManyDeliveries(CancellationToken cancellationToken)
    {
        for (var number = 1; number <= 100; number++)
            _notifier.PullRequestChanged(Some.Key, number);
        Assert.That(await AddsAsync(), Is.Zero, "more may come");
        await _notifier.StartAsync(cancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await _writes.WaitAsync(cancellationToken);
        _notifier.PullRequestChanged(Some.Key, 1);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await _writes.WaitAsync(cancellationToken);
        await _notifier.StopAsync(cancellationToken);

        Assert.That(_written, Is.EqualTo(((string, string?)[])
        [
            ("ctrl", "2026-03-01T12:00:00.5000000+00:00"), ("ctrl", "2026-03-01T12:00:01.0000000+00:00"),
        ]));
        Assert.That(_hints.Take(Some.Key), Is.Empty);
        Assert.That(await AddsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task PullRequestChanged_AnotherLeadsAndTheApiMayBeBehind_AsksItOnceMore(CancellationToken cancellationToken)
    {
        _notifier.PullRequestChanged(Some.Key, 22, new ExpectedPullRequest(IsOpen: true, Some.Sha));

        var first = await _notifier.ReconcileAsync(Some.Key, cancellationToken);
        _time.Advance(first.Delay);
        var second = await _notifier.ReconcileAsync(Some.Key, cancellationToken);

        Assert.That(first, Is.EqualTo(ReconcileResult.RequeueAfter(TimeSpan.FromSeconds(15))));
        Assert.That(second, Is.EqualTo(ReconcileResult.Done));
        Assert.That(_written, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Reconcile_ResourceIsGone_WritesNothing()
    {
        await _notifier.ReconcileAsync(new ResourceKey("default", "gone"), CancellationToken.None);

        Assert.That(_writer.Invocations, Is.Empty);
    }

    // How many were queued to be written at once.
    private async Task<double> AddsAsync()
    {
        using var text = new MemoryStream();
        await _registry.Collectors.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n')
            .Where(l => l.StartsWith("workqueue_adds_total{", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
