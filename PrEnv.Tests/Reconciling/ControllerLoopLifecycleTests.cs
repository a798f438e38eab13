using PrEnv.Core.Reconciling;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reconciling;

internal sealed class ControllerLoopLifecycleTests
{
    [Test]
    public async Task Start_WaitForSyncFails_FailsWithItsReason()
    {
        await using var loop = new ControllerLoopHarness(waitForSync: _ => throw new InvalidOperationException("no cache"));
        loop.Start();

        Assert.That(async () => await loop.Run!.Soon(), Throws.InvalidOperationException.With.Message.EqualTo("no cache"));
    }

    [Test]
    public async Task Start_StoppedWhileWaiting_EndsQuietly()
    {
        var never = new TaskCompletionSource();
        await using var loop = new ControllerLoopHarness(waitForSync: _ => never.Task);
        await loop.Start().Clock.NextPauseAsync();
        await loop.StopAsync();

        await loop.Run!.Soon();
    }

    [Test]
    public async Task Stop_ReconcileInProgress_IsFinishedAndWaitingKeysAreLeft()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        var call = await loop.NextCallAsync();
        loop.Queue.Add("bar");
        await loop.StopAsync();
        Assert.That((loop.Run!.IsCompleted, call.CancellationToken.IsCancellationRequested), Is.EqualTo((false, false)));
        call.Answer(() => ReconcileResult.Done);
        await loop.Run.Soon();

        Assert.That(loop.CallCount, Is.EqualTo(1));
        Assert.That(loop.Counted, Is.EqualTo(["Success 0"]));
    }

    [Test]
    public async Task Stop_ReconcileTakesTooLong_IsCancelled()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { DrainTimeout = TimeSpan.FromSeconds(7) });
        loop.Start().Queue.Add("foo");
        var call = await loop.NextCallAsync();
        await loop.StopAsync();
        loop.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That(call.CancellationToken.IsCancellationRequested, Is.False);
        loop.Clock.Advance(TimeSpan.FromSeconds(1));

        await loop.Run!.Soon();
        Assert.That(loop.Counted, Has.No.Member("error"), "it was us");
    }

    [Test]
    public async Task Abort_ReconcileInProgress_IsCancelledAtOnce()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.NextCallAsync();
        await loop.AbortAsync();

        await loop.Run!.Soon();
    }

    [Test]
    public async Task Stop_IdleWorkers_EndsAtOnce()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { Workers = 5 });
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => ReconcileResult.Done);
        await loop.StopAsync();

        await loop.Run!.Soon();
        Assert.That(loop.Queue.IsShuttingDown, Is.True);
    }
}
