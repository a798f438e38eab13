using CsCheck;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

/// <summary>Any sequence of calls, compared step by step with a model so plain that it is right by reading.</summary>
internal sealed class WorkQueueModelTests
{
    private enum Step
    {
        Add,
        AddAfter,
        Get,
        Done,
        Advance,
        ShutDown,
    }

    [Test]
    public Task AnySequence_ComparedWithModel_BehavesTheSame() =>
        Gen.Select(
                Gen.Frequency(
                    (8, Gen.Const(Step.Add)),
                    (4, Gen.Const(Step.AddAfter)),
                    (6, Gen.Const(Step.Get)),
                    (5, Gen.Const(Step.Done)),
                    (3, Gen.Const(Step.Advance)),
                    (1, Gen.Const(Step.ShutDown))),
                Gen.Int[0, 4],
                Gen.Int[-1, 1],
                Gen.Int[0, 5])
            .Array[0, 60]
            .SampleAsync(RunAsync, iter: 3000);

    private static async Task RunAsync((Step Step, int Key, int Priority, int Milliseconds)[] steps)
    {
        var clock = new TestClock();
        using var queue = new DelayingQueue<int>(clock);
        var model = new QueueModel();
        foreach (var (step, key, priority, milliseconds) in steps)
        {
            switch (step)
            {
                case Step.Add:
                    queue.Add(key, priority);
                    model.Add(key, priority);
                    break;
                case Step.AddAfter:
                    queue.AddAfter(key, TimeSpan.FromMilliseconds(milliseconds), priority);
                    model.AddAfter(key, milliseconds, priority);
                    break;
                case Step.Get when model.CanGet:
                    var got = queue.GetAsync(CancellationToken.None).AsTask();
                    Assert.That(got.IsCompleted, Is.True);
                    Assert.That(await got, Is.EqualTo(model.Get()));
                    break;
                case Step.Done:
                    queue.Done(key);
                    model.Done(key);
                    break;
                case Step.Advance:
                    clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
                    model.Advance(milliseconds);
                    break;
                case Step.ShutDown:
                    queue.ShutDown();
                    model.ShutDown();
                    break;
            }

            Assert.That((queue.Count, queue.DelayedCount), Is.EqualTo((model.Waiting, model.Delayed)));
        }
    }
}
