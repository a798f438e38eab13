using PrEnv.Tests.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class SharedInformerTests
{
    [Test]
    public async Task StateSharedInformer()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        Assert.That((harness.Informer.IsStarted, harness.Informer.IsStopped), Is.EqualTo((false, false)));
        await harness.WatchingAsync();
        Assert.That((harness.Informer.IsStarted, harness.Informer.IsStopped), Is.EqualTo((true, false)));
        await harness.StopAsync();
        Assert.That((harness.Informer.IsStarted, harness.Informer.IsStopped), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Shutdown()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1"), Of("b", "2")));
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var handler = new RecordingHandler
        {
            OnCall = _ =>
            {
                entered.TrySetResult();
                gate.Wait(Waiting.Limit);
            },
        };
        var registration = harness.Informer.AddHandler(handler);
        await harness.WatchingAsync();
        await entered.Task.Soon();
        var stopped = harness.StopAsync();
        // The stop has reached the handler's flow once its wait for sync is given up; only then may the call in progress end.
        Assert.That(async () => await registration.Synced.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((stopped.IsCompleted, registration.Completion.IsCompleted), Is.EqualTo((false, false)));

        gate.Set();
        await stopped;
        Assert.That(registration.Completion.IsCompletedSuccessfully, Is.True);
        Assert.That(handler.Pending, Is.EqualTo(1), "what still waited is not delivered after the stop");
    }

    [Test]
    public async Task AddOnStopped_RemoveOnStopped()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var registration = harness.Informer.AddHandler(new RecordingHandler());
        await harness.WatchingAsync();
        await harness.StopAsync();

        Assert.That(() => harness.Informer.AddHandler(new RecordingHandler()), Throws.InvalidOperationException);
        Assert.That(() => harness.Informer.RemoveHandler(registration), Throws.Nothing);
    }

    [Test]
    public async Task RemoveWhileActive_RemovingRemovedHandler()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var removed = new RecordingHandler();
        var kept = new RecordingHandler();
        var registration = harness.Informer.AddHandler(removed);
        harness.Informer.AddHandler(kept);
        var watch = await harness.WatchingAsync();
        harness.Informer.RemoveHandler(registration);
        harness.Informer.RemoveHandler(registration);
        await registration.Completion.Soon();
        await watch.SendAsync(Added(Of("a", "11")));

        Assert.That(await kept.NextAsync(), Is.EqualTo("add a 11"));
        Assert.That(removed.Pending, Is.Zero);
    }

    [Test]
    public async Task RemoveEventHandler_SynchronousShutdown()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var handler = new RecordingHandler
        {
            OnCall = _ =>
            {
                entered.TrySetResult();
                gate.Wait(Waiting.Limit);
            },
        };
        var registration = harness.Informer.AddHandler(handler);
        await harness.WatchingAsync();
        await entered.Task.Soon();
        harness.Informer.RemoveHandler(registration);
        Assert.That(registration.Completion.IsCompleted, Is.False);
        var stopped = harness.StopAsync();
        Assert.That(stopped.IsCompleted, Is.False, "the stop waits for removed handlers too");

        gate.Set();
        await stopped;
        Assert.That(registration.Completion.IsCompleted, Is.True);
        Assert.That(registration.HasSynced, Is.False);
    }

    [Test]
    public async Task ShutDownEventHandler_Lifecycles_NeverStarted()
    {
        await using var harness = new InformerHarness();
        var registration = harness.Informer.AddHandler(new RecordingHandler());
        harness.Informer.RemoveHandler(registration);

        await registration.Completion.Soon();
    }

    [Test]
    public async Task RemoveForeignHandler()
    {
        await using var harness = new InformerHarness();
        await using var other = new InformerHarness();
        var registration = other.Informer.AddHandler(new RecordingHandler());

        Assert.That(() => harness.Informer.RemoveHandler(registration), Throws.ArgumentException);
    }

    [Test]
    public async Task SharedInformerMultipleRegistration()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var handler = new RecordingHandler();
        var first = harness.Informer.AddHandler(handler);
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await handler.NextAsync(2);
        harness.Informer.RemoveHandler(first);
        await first.Completion.Soon();
        await watch.SendAsync(Added(Of("b", "11")), Added(Of("c", "12")));

        Assert.That(await handler.NextAsync(2), Is.EqualTo(["add b 11", "add c 12"]));
    }

    [Test]
    public async Task SharedInformerHandlerAbuse()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var start = Task.Run(() => harness.Start());
        var abuse = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var registration = harness.Informer.AddHandler(new RecordingHandler());
                harness.Informer.RemoveHandler(registration);
                await registration.Completion.Soon();
            }
        }));
        await Task.WhenAll([start, .. abuse]).Soon();
        var watch = await harness.Server.NextWatchAsync();
        var last = new RecordingHandler();
        harness.Informer.AddHandler(last);
        await watch.SendAsync(Added(Of("b", "11")));

        Assert.That(await last.NextAsync(2), Is.EqualTo(["add a 1 initial", "add b 11"]));
    }

    [Test]
    public async Task SharedInformerStartRace()
    {
        for (var round = 0; round < 30; round++)
        {
            await using var harness = new InformerHarness();
            harness.Server.ThenList(Page("10", Of("a", "1")));
            var handler = new RecordingHandler();
            var adding = Task.Run(() => harness.Informer.AddHandler(handler));
            var watch = await harness.WatchingAsync();
            await (await adding).Synced.Soon();
            await watch.SendAsync(Added(Of("b", "11")));

            Assert.That(await handler.NextAsync(2), Is.EqualTo(["add a 1 initial", "add b 11"]));
        }
    }
}
