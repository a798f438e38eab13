using PrEnv.Core.Objects;
using PrEnv.Tests.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class SharedInformerTests
{
    [Test]
    public async Task ListenerResyncPeriodsDelayed()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        await harness.WatchingAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = new RecordingHandler();
        harness.Informer.AddHandler(late, resyncPeriod: TimeSpan.FromSeconds(3));
        Assert.That(await late.NextAsync(), Is.EqualTo("add a 1 initial"));

        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(late.Pending, Is.Zero, "its period begins when it comes");
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await late.NextAsync(), Is.EqualTo("update a 1 1"));
    }

    [Test]
    public async Task SharedInformerInitializationRace()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var adding = Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
        {
            var handler = new RecordingHandler();
            return (Handler: handler, Registration: harness.Informer.AddHandler(handler));
        })).ToArray();
        var watch = await harness.WatchingAsync();
        var added = await Task.WhenAll(adding);
        await watch.SendAsync(Added(Of("b", "11")));

        foreach (var (handler, registration) in added)
        {
            await registration.Synced.Soon();
            Assert.That(await handler.NextAsync(2), Is.EqualTo(["add a 1 initial", "add b 11"]));
        }
    }

    [Test]
    public async Task SharedInformerErrorHandling()
    {
        var told = new List<ApiStatus>();
        await using var harness = new InformerHarness(onFailure: told.Add);
        harness.Server.ThenListFails(Statuses.Internal).ThenList(Page("10"));
        harness.Start();
        await harness.Clock.SkipPauseAsync();
        await harness.Server.NextWatchAsync();

        Assert.That(told, Is.EqualTo([Statuses.Internal]));
    }

    [Test]
    public async Task SharedInformerTransformer()
    {
        await using var harness = new InformerHarness(transform: item => item with { Payload = item.Metadata.Name.ToUpperInvariant() });
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Added(Of("b", "11")));

        Assert.That(harness.Informer.Store.List().Select(item => item.Payload), Is.EquivalentTo(["A", "B"]));
        Assert.That(harness.Informer.Store.ByIndex("payload", "B"), Has.Count.EqualTo(1), "indexes see the transformed object");
    }

    [Test]
    public async Task SharedInformerRemoveHandler()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var (removed, kept) = (new RecordingHandler(), new RecordingHandler());
        var registration = harness.Informer.AddHandler(removed);
        harness.Informer.AddHandler(kept);
        var watch = await harness.WatchingAsync();
        await registration.Synced.Soon();
        harness.Informer.RemoveHandler(registration);
        await registration.Completion.Soon();
        await watch.SendAsync(Deleted(Of("a", "11")));

        Assert.That(await kept.NextAsync(2), Is.EqualTo(["add a 1 initial", "delete a 11"]));
        Assert.That(await removed.NextAsync(), Is.EqualTo("add a 1 initial"));
        Assert.That(removed.Pending, Is.Zero);
    }

    [Test]
    public async Task RemoveEventHandler_AsynchronousPanic()
    {
        var logger = new ListLogger();
        await using var harness = new InformerHarness(logger);
        harness.Server.ThenList(Page("10", Of("a", "1")));
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var registration = harness.Informer.AddHandler(new RecordingHandler
        {
            OnCall = _ =>
            {
                entered.TrySetResult();
                gate.Wait(Waiting.Limit);
                throw new InvalidOperationException("boom");
            },
        });
        await harness.WatchingAsync();
        await entered.Task.Soon();
        harness.Informer.RemoveHandler(registration);
        Assert.That(registration.Completion.IsCompleted, Is.False, "it is removed, and still in its call");

        gate.Set();
        await registration.Completion.Soon();
        Assert.That(logger.Messages, Has.Some.Contains(nameof(RecordingHandler)));
    }

    [Test]
    public async Task ShutDownEventHandler_Lifecycles_RunningAndStopped()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var running = harness.Informer.AddHandler(new RecordingHandler());
        var stopped = harness.Informer.AddHandler(new RecordingHandler());
        await harness.WatchingAsync();
        harness.Informer.RemoveHandler(running);
        await running.Completion.Soon();

        await harness.StopAsync();
        Assert.That(stopped.Completion.IsCompletedSuccessfully, Is.True);
        Assert.That(() => harness.Informer.RemoveHandler(stopped), Throws.Nothing);
    }
}
