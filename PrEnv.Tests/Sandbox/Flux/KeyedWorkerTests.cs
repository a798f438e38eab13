using Microsoft.Extensions.Time.Testing;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

[CancelAfter(120_000)]
internal sealed class KeyedWorkerTests
{
    [Test]
    public async Task Wake_WhileRunning_RunsOnceMoreAndNeverTwiceAtOnce()
    {
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var atOnce = 0;
        var most = 0;
        var worker = new KeyedWorker(async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            started.Release();
            await go.WaitAsync();
            Interlocked.Decrement(ref atOnce);
        });
        var cancelled = TestContext.CurrentContext.CancellationToken;

        worker.Wake();
        await started.WaitAsync(cancelled);
        worker.Wake();
        worker.Wake();
        // A second run, were there one, gets its chance to begin.
        for (var i = 0; i < 100; i++)
            await Task.Run(() => { }, cancelled);
        go.Release();
        await started.WaitAsync(cancelled);
        go.Release();
        await worker.StopAsync();

        Assert.That(most, Is.EqualTo(1));
        Assert.That(started.CurrentCount, Is.Zero, "two runs, not three");
    }

    [Test]
    public async Task WakeAfter_Null_TakesTheAlarmAway()
    {
        var time = new FakeTimeProvider();
        var runs = 0;
        var worker = new KeyedWorker(() =>
        {
            runs++;
            return Task.CompletedTask;
        });
        worker.WakeAfter(TimeSpan.FromSeconds(1), time);

        worker.WakeAfter(null, time);
        time.Advance(TimeSpan.FromSeconds(2));
        await worker.StopAsync();

        Assert.That(runs, Is.Zero);
    }

    [Test]
    public async Task WakeAfter_StoppedBefore_DoesNotRun()
    {
        var time = new FakeTimeProvider();
        var runs = 0;
        var worker = new KeyedWorker(() =>
        {
            runs++;
            return Task.CompletedTask;
        });
        worker.WakeAfter(TimeSpan.FromSeconds(1), time);

        await worker.StopAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        worker.Wake();
        await worker.StopAsync();

        Assert.That(runs, Is.Zero);
    }
}
