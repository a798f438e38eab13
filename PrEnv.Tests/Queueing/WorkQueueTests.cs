using System.Runtime.CompilerServices;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal sealed class WorkQueueTests
{
    [Test]
    public async Task Get_SeveralKeys_AreHandedOutInOrderOfAddition()
    {
        using var queue = new WorkQueue<string>();
        foreach (var key in new[] { "c", "a", "b" })
            queue.Add(key);

        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["c", "a", "b"]));
    }

    [Test]
    public void Count_DuplicateAdds_DoNotGrow()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        queue.Add("bar");
        queue.Add("foo");

        Assert.That(queue.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Add_WhileHeld_ComesBackExactlyOnceAfterDone()
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
    public async Task Add_TwiceBeforeGet_IsOneDeliveryAndTouches()
    {
        var order = new RecordingOrder();
        using var queue = new WorkQueue<string>(order, null, null);
        queue.Add("foo");
        queue.Add("foo");

        Assert.That(order.Touched, Is.EqualTo(["foo"]));
        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task Add_TwiceWhileHeld_IsOneRedeliveryAfterDoneAndNoTouch()
    {
        var order = new RecordingOrder();
        using var queue = new WorkQueue<string>(order, null, null);
        queue.Add("foo");
        await queue.TakeAsync();
        queue.Add("foo");
        queue.Add("foo");

        Assert.That(queue.Count, Is.Zero);
        queue.Done("foo");
        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
        Assert.That(order.Touched, Is.Empty);
    }

    [Test]
    public void Done_KeyThatIsNotHeld_DoesNotDuplicateIt()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        queue.Done("foo");

        Assert.That(queue.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Get_Cancelled_LosesNoKey()
    {
        using var queue = new WorkQueue<string>();
        using var cancellation = new CancellationTokenSource();
        var waiting = queue.GetAsync(cancellation.Token).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(async () => await waiting.Soon(), Throws.InstanceOf<OperationCanceledException>());

        queue.Add("foo");
        Assert.That(await queue.TakeAsync(), Is.EqualTo("foo"));
    }

    [Test]
    public async Task Get_WaitingWhenAdded_IsWoken()
    {
        using var queue = new WorkQueue<string>();
        var first = queue.TakeAsync();
        var second = queue.TakeAsync();
        queue.Add("foo");
        queue.Add("bar");

        Assert.That(await Task.WhenAll(first, second), Is.EquivalentTo(["foo", "bar"]));
    }

    [Test]
    public async Task Get_FinishedKey_IsCollectable()
    {
        using var queue = new WorkQueue<object>();
        var reference = await AddAndFinishAsync(queue);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(reference.IsAlive, Is.False);
        GC.KeepAlive(queue);
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

    private sealed class RecordingOrder : IKeyOrder<string>
    {
        private readonly FifoKeyOrder<string> _inner = new();

        public List<string> Touched { get; } = [];

        public int Count => _inner.Count;

        public void Push(string key) => _inner.Push(key);

        public string Pop() => _inner.Pop();

        public void Touch(string key) => Touched.Add(key);
    }
}
