using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's <c>util/workqueue/queue_test.go</c>.</summary>
internal sealed class QueueTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Basic(bool drain)
    {
        using var queue = new WorkQueue<string>();
        var handedOut = new ConcurrentBag<string>();
        var consumers = Crowd.Start(10, () => Crowd.ConsumeAsync(queue, key =>
        {
            handedOut.Add(key);
            return Task.CompletedTask;
        }));
        var producers = Crowd.Start(50, () =>
        {
            for (var i = 0; i < 50; i++)
                queue.Add($"key-{i}");
            return Task.CompletedTask;
        });
        await Task.WhenAll(producers).Soon();

        if (drain)
            await queue.ShutDownWithDrainAsync().Soon();
        else
            queue.ShutDown();
        queue.Add("added after shutdown");
        await Task.WhenAll(consumers).Soon();

        Assert.That(handedOut, Has.No.Member("added after shutdown"));
        Assert.That(handedOut.Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(50));
        Assert.That(queue.Count, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task AddWhileProcessing(bool drain)
    {
        const int TurnsEach = 5;
        using var queue = new WorkQueue<string>();
        var turns = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var finished = new CountdownEvent(10);
        var consumers = Crowd.Start(4, () => Crowd.ConsumeAsync(queue, key =>
        {
            if (turns.AddOrUpdate(key, 1, (_, n) => n + 1) < TurnsEach)
                queue.Add(key);
            else
                finished.Signal();
            return Task.CompletedTask;
        }));
        for (var i = 0; i < 10; i++)
            queue.Add($"key-{i}");
        await Task.Run(() => finished.Wait(Waiting.Limit)).Soon();

        if (drain)
            await queue.ShutDownWithDrainAsync().Soon();
        else
            queue.ShutDown();
        await Task.WhenAll(consumers).Soon();

        Assert.That(turns.Values, Is.All.EqualTo(TurnsEach));
        Assert.That(queue.Count, Is.Zero);
    }

    [Test]
    public void Len()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        queue.Add("bar");
        queue.Add("foo");

        Assert.That(queue.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Reinsert()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        await queue.TakeAsync();

        queue.Add("foo");
        Assert.That(queue.Count, Is.Zero, "a held key must not be handed out to a second worker");
        queue.Done("foo");

        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task Collapse()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("before");
        queue.Add("foo");
        queue.Add("foo", 1);

        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo", "before"]), "once, and the second add was heard");
    }

    [Test]
    public async Task CollapseWhileProcessing()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        await queue.TakeAsync();
        queue.Add("before");
        queue.Add("foo");
        queue.Add("foo", 1);

        Assert.That(queue.Count, Is.EqualTo(1), "only what nobody holds");
        Assert.That(await queue.TakeAsync(), Is.EqualTo("before"), "the adds moved nothing among those that wait");
        queue.Done("foo");
        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task GarbageCollection()
    {
        using var queue = new WorkQueue<object>();
        var reference = await AddAndFinishAsync(queue);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(reference.IsAlive, Is.False);
        GC.KeepAlive(queue);
    }

    [Test]
    public async Task QueueDrainageUsingShutDownWithDrain()
    {
        using var queue = await QueueExtensions.HeldAsync("foo", "bar");
        var drained = queue.ShutDownWithDrainAsync();
        queue.Done("foo");
        Assert.That(drained.IsCompleted, Is.False, "bar is still held");
        queue.Done("bar");

        await drained.Soon();
    }

    [Test]
    public async Task NoQueueDrainageUsingShutDown()
    {
        using var queue = await QueueExtensions.HeldAsync("foo");
        queue.ShutDown();

        Assert.That((await queue.GetAsync(CancellationToken.None).Soon()).IsShutdown, Is.True);
    }

    [Test]
    public async Task ForceQueueShutdownUsingShutDown()
    {
        using var queue = await QueueExtensions.HeldAsync("foo");
        var drained = queue.ShutDownWithDrainAsync();
        Assert.That(drained.IsCompleted, Is.False);
        queue.ShutDown();

        await drained.Soon();
    }

    [Test]
    public async Task QueueDrainageUsingShutDownWithDrainWithDirtyItem()
    {
        using var queue = await QueueExtensions.HeldAsync("foo");
        queue.Add("foo");
        var drained = queue.ShutDownWithDrainAsync();
        queue.Done("foo");
        Assert.That(drained.IsCompleted, Is.False, "foo waits for its second turn");

        Assert.That(await queue.TakeAsync(), Is.EqualTo("foo"));
        queue.Done("foo");
        await drained.Soon();
        Assert.That((await queue.GetAsync(CancellationToken.None).Soon()).IsShutdown, Is.True);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AddAndFinishAsync(WorkQueue<object> queue)
    {
        // Others behind it, so that the queue does not simply become empty and start over.
        queue.Add(new object());
        queue.Add("next");
        var reference = new WeakReference(await queue.TakeAsync());
        queue.Done(reference.Target!);

        // The state machines that carried the key must go too.
        await Task.Yield();
        return reference;
    }
}
