using PrEnv.Core.Reconciling;
using PrEnv.Tests.Queueing;

namespace PrEnv.Tests.Reconciling;

internal sealed class ControllerLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static IEnumerable<TestCaseData<Func<ReconcileResult>>> Failures() =>
    [
        new(() => ReconcileResult.Failed(new IOException("no"))) { TestName = "result" },
        new(() => throw new IOException("no")) { TestName = "exception" },
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task Error_AnyForm_IsRequeuedWithBackoffAndWorkGoesOn(Func<ReconcileResult> failure)
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", failure);
        Assert.That((loop.Queue.DelayedCount, loop.Queue.NumRequeues("foo")), Is.EqualTo((1, 1)));
        loop.Clock.Advance(Second);
        await loop.AnswerAsync("foo", failure);
        loop.Clock.Advance(Second);
        Assert.That(loop.Queue.DelayedCount, Is.EqualTo(1), "the second delay is longer");
        loop.Clock.Advance(Second);
        await loop.AnswerAsync("foo", () => ReconcileResult.Done);

        Assert.That(loop.Queue.NumRequeues("foo"), Is.Zero);
        Assert.That(loop.Counted, Is.EqualTo(["Error 0", "error", "Error 0", "error", "Success 0"]));
    }

    private static IEnumerable<TestCaseData<Func<ReconcileResult>>> TerminalFailures() =>
    [
        new(() => ReconcileResult.FailedForGood(new IOException("no"))) { TestName = "terminal result" },
        new(() => throw new TerminalReconcileException("no")) { TestName = "terminal exception" },
    ];

    [TestCaseSource(nameof(TerminalFailures))]
    public async Task TerminalError_AnyForm_IsCountedAndNotRequeued(Func<ReconcileResult> failure)
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", failure);

        Assert.That((loop.Queue.Count, loop.Queue.DelayedCount), Is.EqualTo((0, 0)));
        Assert.That(loop.Counted, Is.EqualTo(["TerminalError 0", "error", "terminal"]));
    }

    [Test]
    public async Task Backoff_TerminalErrorBetween_IsNotResetUntilASuccess()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => ReconcileResult.Failed(new IOException("no")));
        loop.Clock.Advance(Second);
        await loop.AnswerAsync("foo", () => ReconcileResult.FailedForGood(new IOException("no")));
        Assert.That(loop.Queue.NumRequeues("foo"), Is.EqualTo(1));

        loop.Queue.Add("foo");
        await loop.AnswerAsync("foo", () => ReconcileResult.Done);
        Assert.That(loop.Queue.NumRequeues("foo"), Is.Zero);
    }

    [Test]
    public async Task RequeueAfter_AfterFailures_IsExactAndForgetsThem()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => ReconcileResult.Failed(new IOException("no")));
        loop.Clock.Advance(Second);
        await loop.AnswerAsync("foo", () => ReconcileResult.RequeueAfter(TimeSpan.FromMinutes(5)));
        Assert.That(loop.Queue.NumRequeues("foo"), Is.Zero);
        loop.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.That((loop.Queue.Count, loop.Queue.DelayedCount), Is.EqualTo((0, 1)));
        loop.Clock.Advance(TimeSpan.FromTicks(1));

        await loop.AnswerAsync("foo", () => ReconcileResult.Done);
        Assert.That(loop.Counted, Has.Member("RequeueAfter 0"));
    }

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
    public async Task Panic_BugInTheReconciler_IsAnErrorAndCounted()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => throw new InvalidCastException("bug"));

        Assert.That(loop.Queue.DelayedCount, Is.EqualTo(1));
        Assert.That(loop.Counted, Is.EqualTo(["panic", "Error 0", "error"]));
    }

    [Test]
    public async Task ReconcileTimeout_Ours_IsCountedAndRequeued()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { ReconcileTimeout = Second });
        loop.Start().Queue.Add("foo");
        var call = await loop.NextCallAsync();
        loop.Clock.Advance(Second);
        await loop.SettledAsync();

        Assert.That(call.CancellationToken.IsCancellationRequested, Is.True);
        Assert.That(loop.Queue.DelayedCount, Is.EqualTo(1));
        Assert.That(loop.Counted, Is.EqualTo(["timeout", "Error 1", "error"]));
    }

    [Test]
    public async Task ReconcileTimeout_SomebodyElses_IsAnErrorOnly()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { ReconcileTimeout = Second });
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => throw new OperationCanceledException("a client's own limit"));

        Assert.That(loop.Queue.DelayedCount, Is.EqualTo(1));
        Assert.That(loop.Counted, Is.EqualTo(["Error 0", "error"]));
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
            ReconcileOutcome.Apply(loop.Queue, "foo", result);
            loop.Queue.Add("foo");

            Assert.That(loop.Queue.Count, Is.EqualTo(1), $"{result.Kind}: nobody holds the key any more");
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void RequeueAfter_NotPositive_IsSuccess(int seconds) =>
        Assert.That(ReconcileResult.RequeueAfter(seconds * Second), Is.SameAs(ReconcileResult.Done));
}
