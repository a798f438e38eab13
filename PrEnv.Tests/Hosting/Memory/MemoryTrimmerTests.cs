using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Hosting.Memory;

namespace PrEnv.Tests.Hosting.Memory;

[CancelAfter(120_000)]
internal sealed class MemoryTrimmerTests
{
    [Test]
    public void CollectAll_OfThisProcess_LeavesNoGarbage()
    {
        var garbage = Garbage();

        MemoryTrimmer.CollectAll();

        Assert.That(garbage.IsAlive, Is.False);

        // Of its own, so that no local variable keeps it.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Garbage() => new(new byte[1024]);
    }

    [Test]
    public async Task Execute_QuietAfterABurst_Collects(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();
        using var looked = new SemaphoreSlim(0);
        var collected = new TaskCompletionSource();
        using var trimmer = new MemoryTrimmer(Look, collected.SetResult, time);
        await trimmer.StartAsync(cancellationToken);

        await looked.WaitAsync(cancellationToken);
        Assert.That(collected.Task.IsCompleted, Is.False, "in the period of the burst");
        time.Advance(MemoryTrimmer.Period);

        await collected.Task.WaitAsync(cancellationToken);
        await trimmer.StopAsync(cancellationToken);

        long Look()
        {
            looked.Release();
            return 2 * TrimPolicy.Worthwhile;
        }
    }
}
