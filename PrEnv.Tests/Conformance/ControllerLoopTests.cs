using PrEnv.Core.Reconciling;
using PrEnv.Tests.Reconciling;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of controller-runtime's <c>pkg/internal/controller/controller_test.go</c>.</summary>
internal sealed class ControllerLoopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [TestCaseSource(nameof(Failures))]
    public async Task RequeueOnErrorAndContinue(Func<ReconcileResult> failure)
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

    [TestCaseSource(nameof(TerminalFailures))]
    public async Task NoRequeueOnTerminalError(Func<ReconcileResult> failure)
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", failure);

        Assert.That((loop.Queue.Count, loop.Queue.DelayedCount), Is.EqualTo((0, 0)));
        Assert.That(loop.Counted, Is.EqualTo(["TerminalError 0", "error", "terminal"]));
    }

    [Test]
    public async Task BackoffNotResetUntilSuccess()
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
    public async Task RequeueAfterNotRateLimited()
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
    public async Task PanicRecovery()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => throw new InvalidCastException("bug"));

        Assert.That(loop.Queue.DelayedCount, Is.EqualTo(1));
        Assert.That(loop.Counted, Is.EqualTo(["panic", "Error 0", "error"]));
    }

    [Test]
    public async Task ReconcileTimeoutOurs()
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
    public async Task ReconcileTimeoutSomebodyElses()
    {
        await using var loop = new ControllerLoopHarness(new ControllerLoopOptions { ReconcileTimeout = Second });
        loop.Start().Queue.Add("foo");
        await loop.AnswerAsync("foo", () => throw new OperationCanceledException("a client's own limit"));

        Assert.That(loop.Queue.DelayedCount, Is.EqualTo(1));
        Assert.That(loop.Counted, Is.EqualTo(["Error 0", "error"]));
    }

    [Test]
    public async Task ReconcileNotCalledBeforeSync()
    {
        var synced = new TaskCompletionSource();
        await using var loop = new ControllerLoopHarness(waitForSync: _ => synced.Task);
        loop.Start().Queue.Add("foo");
        await loop.Clock.NextPauseAsync();
        Assert.That(loop.CallCount, Is.Zero);

        synced.SetResult();
        await loop.AnswerAsync("foo", () => ReconcileResult.Done);
    }

    [Test]
    public async Task CacheSyncTimeout()
    {
        var never = new TaskCompletionSource();
        await using var loop = new ControllerLoopHarness(waitForSync: _ => never.Task);
        loop.Start();
        Assert.That(await loop.Clock.SkipPauseAsync(), Is.EqualTo(TimeSpan.FromMinutes(2)));

        Assert.That(async () => await loop.Run!.Soon(), Throws.TypeOf<TimeoutException>().With.Message.Contains("controller"));
        Assert.That(loop.Queue.IsShuttingDown, Is.True);
    }

    [Test]
    public async Task DoubleStart()
    {
        await using var loop = new ControllerLoopHarness();
        loop.Start().Queue.Add("foo");
        await loop.NextCallAsync();

        Assert.That(async () => await loop.Loop.RunAsync(CancellationToken.None), Throws.InvalidOperationException);
    }

    private static IEnumerable<TestCaseData<Func<ReconcileResult>>> Failures() =>
    [
        new(() => ReconcileResult.Failed(new IOException("no"))) { TestName = "RequeueOnErrorAndContinue(result)" },
        new(() => throw new IOException("no")) { TestName = "RequeueOnErrorAndContinue(exception)" },
    ];

    private static IEnumerable<TestCaseData<Func<ReconcileResult>>> TerminalFailures() =>
    [
        new(() => ReconcileResult.FailedForGood(new IOException("no"))) { TestName = "NoRequeueOnTerminalError(result)" },
        new(() => throw new TerminalReconcileException("no")) { TestName = "NoRequeueOnTerminalError(exception)" },
    ];
}
