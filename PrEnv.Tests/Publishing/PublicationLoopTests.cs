using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Publishing;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Publishing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed class PublicationLoopTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly PREphemeralEnvController _resource = Some.Resource();
    private readonly ConcurrentQueue<string> _written = new();
    private readonly ConcurrentQueue<string> _remembered = new();
    private readonly ConcurrentQueue<ResourceKey> _woken = new();
    private readonly SemaphoreSlim _writes = new(0);
    private readonly PublicationLoop _loop;
    private Func<PREphemeralEnvControllerStatus, Task> _write = _ => Task.CompletedTask;
    private Func<PREphemeralEnvControllerStatus, PREphemeralEnvControllerStatus> _keep = status => status;

    public PublicationLoopTests()
    {
        var writer = new Mock<IResourceWriter>();
        writer.Setup(
            w => w.PatchStatusAsync(
                It.IsAny<PREphemeralEnvController>(), It.IsAny<PREphemeralEnvControllerStatus>(), It.IsAny<CancellationToken>()))
            .Returns(async (PREphemeralEnvController to, PREphemeralEnvControllerStatus status, CancellationToken _) =>
            {
                await _write(status);
                _written.Enqueue(status.Message!);
                _writes.Release();
                return to with { Status = _keep(status) };
            });
        var events = new Mock<IEventPublisher>();
        events.Setup(e => e.PublishAsync(It.IsAny<PREphemeralEnvController>(), It.IsAny<PlannedEvent>(), It.IsAny<CancellationToken>()))
            .Callback((PREphemeralEnvController _, PlannedEvent told, CancellationToken _) => _written.Enqueue(told.Note));
        var cluster = new Mock<IClusterView>();
        cluster.Setup(c => c.Remember(It.IsAny<PREphemeralEnvController>())).Callback(
            (PREphemeralEnvController now) => _remembered.Enqueue(now.Status!.Message!));
        var registry = new MetricsRegistry();
        _loop = new PublicationLoop(
            writer.Object, events.Object, cluster.Object, new EnvironmentMetrics(registry), new QueueMetricsFactory(registry),
            new ReconcileMetricsFactory(registry), _time,
            NullLogger<PublicationLoop>.Instance)
        {
            Wake = _woken.Enqueue,
        };
    }

    [TearDown]
    public void Dispose()
    {
        _loop.Dispose();
        _writes.Dispose();
    }

    [Test]
    public async Task Hand_ServerIsSlow_ReturnsAtOnce_AndOnlyTheNewestStatusIsWrittenAfterwards()
    {
        var slow = new TaskCompletionSource();
        _write = status => status.Message == "one" ? slow.Task : Task.CompletedTask;
        Hand("one", "first");
        var first = _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Hand("two", "second");
        Hand("three", "third");
        slow.SetResult();
        await first;
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(_written, Is.EqualTo((string[])["first", "one", "second", "third", "three"]));
        Assert.That(_remembered, Is.EqualTo((string[])["one", "three"]));
    }

    [Test]
    public async Task Show_UntilItIsWritten_IsAsItWillBe()
    {
        Assert.That(_loop.Show(_resource), Is.SameAs(_resource));

        Hand("next");
        Assert.That(_loop.Show(_resource).Status!.Message, Is.EqualTo("next"));
        Assert.That(
            _loop.Show(_resource with { Metadata = _resource.Metadata with { Uid = "another" } }).Status!.Message, Is.EqualTo("Ready"));

        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_loop.Show(_resource), Is.SameAs(_resource));
    }

    [Test]
    public async Task Hand_NothingNew_WritesNothing()
    {
        var same = new Publication(_resource.Status! with { Conditions = [], Environments = [] }, []);

        Assert.That(_loop.Hand(_resource, same, isLast: false), Is.False);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_written, Is.Empty);
    }

    [Test]
    public async Task Hand_StatusOfWhichTheServerKeepsLess_IsWrittenOnceUntilEitherChanges()
    {
        _keep = status => status with { LastHandledReconcileAt = null };
        var wanted = new PREphemeralEnvControllerStatus { Message = "one", LastHandledReconcileAt = "now" };
        var stored = _resource with { Status = _keep(wanted) };

        Assert.That(Hand(_resource, wanted), Is.True);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(Hand(stored, wanted), Is.False, "an older definition has pruned it");
        Assert.That(Hand(_resource with { Status = new() { Message = "by hand" } }, wanted), Is.True, "somebody else has changed it");
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(Hand(stored, wanted with { Message = "two" }), Is.True, "there is news");
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(_written, Is.EqualTo((string[])["one", "one", "two"]));

        bool Hand(PREphemeralEnvController resource, PREphemeralEnvControllerStatus status) =>
            _loop.Hand(resource, new Publication(status, []), isLast: false);
    }

    [Test]
    public async Task Hand_OnlyAnEvent_IsToldWithoutAWriteOfTheStatus()
    {
        _loop.Hand(_resource, new Publication(_resource.Status!, [PlannedEvent.Normal("R", "A", "news")]), isLast: false);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(_written, Is.EqualTo((string[])["news"]));
    }

    [TestCase("phase")]
    [TestCase("condition")]
    public async Task Hand_OnlyARowOrACondition_IsWritten(string what)
    {
        var status = what == "phase"
            ? _resource.Status! with { Environments = [new EnvironmentStatus { PrNumber = 1, Phase = "Ready" }] }
            : _resource.Status! with { Conditions = [new Condition { Type = "Ready", Status = "True" }] };

        Assert.That(_loop.Hand(_resource, new Publication(status, []), isLast: false), Is.True);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_written, Has.Count.EqualTo(1));
    }

    [Test]
    public void ReconcileAsync_WriteFails_TellsNoEventTwice_AndKeepsTheStatus()
    {
        var failing = true;
        _write = _ =>
            failing
                ? throw new ApiStatusException(new ApiStatus((int)HttpStatusCode.InternalServerError, "InternalError", "down"))
                : Task.CompletedTask;
        Hand("next", "news");
        Assert.That(async () => await _loop.ReconcileAsync(Some.Key, CancellationToken.None), Throws.TypeOf<ApiStatusException>());

        failing = false;
        Assert.That(async () => await _loop.ReconcileAsync(Some.Key, CancellationToken.None), Throws.Nothing);
        Assert.That(_written, Is.EqualTo((string[])["news", "next"]));
    }

    [Test]
    public async Task ReconcileAsync_LastWords_WakeTheResourceOnceTheyAreWritten()
    {
        Hand("next");
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_woken, Is.Empty);

        _loop.Hand(_resource, new Publication(_resource.Status! with { Message = "Deleting" }, []), isLast: true);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);
        Assert.That(_woken, Is.EqualTo((ResourceKey[])[Some.Key]));
    }

    [Test]
    public async Task Forget_ResourceIsGone_WritesNothing()
    {
        Hand("next", "news");
        _loop.Forget(Some.Key);
        await _loop.ReconcileAsync(Some.Key, CancellationToken.None);

        Assert.That(_written, Is.Empty);
    }

    [Test]
    public async Task RunAsync_AfterALongWrite_RestsFourTimesAsLong()
    {
        _write = _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return Task.CompletedTask;
        };
        using var stop = new CancellationTokenSource();
        var source = new TaskCompletionSource();
        var running = _loop.RunAsync(source.Task, stop.Token, CancellationToken.None);
        Hand("one");
        await _writes.WaitAsync().Soon();
        await UntilNothingIsPendingAsync();
        _write = _ => Task.CompletedTask;

        Hand("two");
        _time.Advance(TimeSpan.FromMilliseconds(399));
        Assert.That(_written, Is.EqualTo((string[])["one"]));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _writes.WaitAsync().Soon();

        Assert.That(_written, Is.EqualTo((string[])["one", "two"]));
        source.SetResult();
        await stop.CancelAsync();
        await running.Soon();
    }

    [Test]
    public async Task RunAsync_Stopped_WritesWhatIsLeftOnceNothingMoreComes()
    {
        using var stop = new CancellationTokenSource();
        var source = new TaskCompletionSource();
        var running = _loop.RunAsync(source.Task, stop.Token, CancellationToken.None);
        await stop.CancelAsync();

        Hand("last", "news");
        source.SetResult();
        await running.Soon();

        Assert.That(_written, Is.EqualTo((string[])["news", "last"]));
    }

    [Test]
    public async Task RunAsync_LeadIsLost_WritesNothingMore()
    {
        using var lost = new CancellationTokenSource();
        var running = _loop.RunAsync(Task.CompletedTask, CancellationToken.None, lost.Token);
        await lost.CancelAsync();
        Hand("late", "news");
        await running.Soon();

        Assert.That(_written, Is.Empty);
    }

    private void Hand(string message, params string[] events) => _loop.Hand(
        _loop.Show(_resource),
        new Publication(_resource.Status! with { Message = message }, [.. events.Select(note => PlannedEvent.Normal("R", "A", note))]),
        isLast: false);

    // The write has come to its end when the loop says so, which is a moment after the server has.
    private async Task UntilNothingIsPendingAsync()
    {
        while (!ReferenceEquals(_loop.Show(_resource), _resource))
            await Task.Yield();
    }
}
