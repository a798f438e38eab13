using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Tests.Queueing;

namespace PrEnv.Tests.Reconciling;

internal sealed class ControllerLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Key_AddedWhileReconciled_IsReconciledAgainAfterwards()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { Workers = 4 });
        loop.Start().Queue.Add("foo");
        var first = await loop.NextCallAsync();
        loop.Queue.Add("foo");
        Assert.That(loop.CallCount, Is.EqualTo(1), "never two at once");
        first.Answer(() => ReconcileResult.Done);

        await loop.AnswerAsync("foo", () => ReconcileResult.Done);
    }

    [Test]
    public async Task Workers_Several_WorkAtOnceAndAreCounted()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { Workers = 3 });
        loop.Start();
        foreach (var key in new[] { "a", "b", "c" })
            loop.Queue.Add(key);
        var calls = new[] { await loop.NextCallAsync(), await loop.NextCallAsync(), await loop.NextCallAsync() };

        Assert.That(calls.Select(call => call.Key), Is.EquivalentTo(["a", "b", "c"]));
        Assert.That(loop.ActiveWorkers.Max(), Is.EqualTo(3));
        Assert.That(loop.MaxConcurrent, Is.EqualTo(3));
    }

    [Test]
    public void Workers_None_IsAnError() =>
        Assert.That(() => new ControllerLoopHarness(new ControllerLoopOptions { Workers = 0 }), Throws.ArgumentException);

    [Test]
    public async Task Outcome_AnyResult_KeyIsLetGo()
    {
        foreach (var result in new[]
        {
            ReconcileResult.Done, ReconcileResult.RequeueAfter(Second), ReconcileResult.Failed(new IOException()),
            ReconcileResult.FailedForGood(new IOException()),
        })
        {
            await using var loop = new ControllerLoopHarness();
            loop.Queue.Add("foo");
            await loop.Queue.TakeAsync();
            ReconcileOutcome.Apply(loop.Queue, new WorkItem<string>("foo", IsShutdown: false), result);
            loop.Queue.Add("foo");

            Assert.That(loop.Queue.Count, Is.EqualTo(1), $"{result.Kind}: nobody holds the key any more");
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void RequeueAfter_NotPositive_IsSuccess(int seconds) =>
        Assert.That(ReconcileResult.RequeueAfter(seconds * Second), Is.SameAs(ReconcileResult.Done));
}
