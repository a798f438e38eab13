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
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Resources;
using PrEnv.Tests.Reconcile;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed class LeaderNotifierTests : IDisposable
{
    private readonly MetricsRegistry registry = new();
    private readonly FakeTimeProvider time = new(Some.Now);
    private readonly Mock<IWriteFence> lead = new();
    private readonly Mock<IResourceWriter> writer = new();
    private readonly ConcurrentQueue<(string Name, string? Value)> written = new();
    private readonly SemaphoreSlim writes = new(0);
    private readonly Store<PREphemeralEnvController> resources = new(WebhookReceivers.Indexes);
    private readonly RateLimitingQueue<ResourceKey> queue;
    private readonly PullRequestHints hints;
    private readonly LeaderNotifier notifier;

    public LeaderNotifierTests()
    {
        queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)), time);
        hints = new PullRequestHints(queue);
        notifier = new LeaderNotifier(
            hints, lead.Object, resources, writer.Object, new QueueMetricsFactory(registry), new ReconcileMetricsFactory(registry), time,
            NullLogger<LeaderNotifier>.Instance);
        resources.Upsert(Some.Resource());
        writer.Setup(w => w.SetAnnotationAsync(
                It.IsAny<PREphemeralEnvController>(), PREphemeralEnvController.ReconcileRequestAnnotation, It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((PREphemeralEnvController resource, string _, string? value, CancellationToken _) =>
            {
                written.Enqueue((resource.Metadata.Name, value));
                writes.Release();
                return resource;
            });
    }

    [TearDown]
    public void Dispose()
    {
        notifier.Dispose();
        queue.Dispose();
        writes.Dispose();
    }

    [Test]
    public void PullRequestChanged_ThisProcessWorks_IsItsOwnHint()
    {
        lead.Setup(l => l.IsOpen).Returns(true);

        notifier.PullRequestChanged(Some.Key, 22);

        Assert.That(hints.Take(Some.Key), Is.EqualTo((int[])[22]));
        Assert.That(writer.Invocations, Is.Empty);
    }

    [Test]
    public async Task PullRequestChanged_AnotherLeads_AsksItOnceForManyDeliveries(CancellationToken cancellationToken)
    {
        for (var number = 1; number <= 100; number++) notifier.PullRequestChanged(Some.Key, number);
        Assert.That(await AddsAsync(), Is.Zero, "more may come");
        await notifier.StartAsync(cancellationToken);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await writes.WaitAsync(cancellationToken);
        notifier.PullRequestChanged(Some.Key, 1);
        time.Advance(TimeSpan.FromMilliseconds(500));
        await writes.WaitAsync(cancellationToken);
        await notifier.StopAsync(cancellationToken);

        Assert.That(written, Is.EqualTo(((string, string?)[])
        [
            ("ctrl", "2026-03-01T12:00:00.5000000+00:00"), ("ctrl", "2026-03-01T12:00:01.0000000+00:00"),
        ]));
        Assert.That(hints.Take(Some.Key), Is.Empty);
        Assert.That(await AddsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Reconcile_ResourceIsGone_WritesNothing()
    {
        await notifier.ReconcileAsync(new ResourceKey("default", "gone"), CancellationToken.None);

        Assert.That(writer.Invocations, Is.Empty);
    }

    // How many were queued to be written at once.
    private async Task<double> AddsAsync()
    {
        using var text = new MemoryStream();
        await registry.Collectors.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n')
            .Where(l => l.StartsWith("workqueue_adds_total{", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
