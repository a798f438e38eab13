using CsCheck;
using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

/// <summary>Any sequence of calls, compared step by step with a model so plain that it is right by reading.</summary>
internal sealed class WorkQueueModelTests
{
    private enum Step
    {
        Add,
        Get,
        Done,
        ShutDown,
    }

    [Test]
    public Task AnySequence_ComparedWithModel_BehavesTheSame() =>
        Gen.Select(
                Gen.Frequency((8, Gen.Const(Step.Add)), (6, Gen.Const(Step.Get)), (5, Gen.Const(Step.Done)), (1, Gen.Const(Step.ShutDown))),
                Gen.Int[0, 4])
            .Array[0, 60]
            .SampleAsync(RunAsync, iter: 3000);

    private static async Task RunAsync((Step Step, int Key)[] steps)
    {
        using var queue = new WorkQueue<int>();
        var waiting = new List<int>();
        var held = new List<int>();
        var again = new HashSet<int>();
        var shutDown = false;
        foreach (var (step, key) in steps)
        {
            switch (step)
            {
                case Step.Add:
                    queue.Add(key);
                    if (!shutDown && held.Contains(key))
                        again.Add(key);
                    else if (!shutDown && !waiting.Contains(key))
                        waiting.Add(key);
                    break;
                case Step.Get when waiting.Count > 0 || shutDown:
                    var got = queue.GetAsync(CancellationToken.None).AsTask();
                    Assert.That(got.IsCompleted, Is.True);
                    Assert.That(await got, Is.EqualTo(new WorkItem<int>(waiting.FirstOrDefault(), waiting.Count == 0)));
                    if (waiting.Count == 0)
                        break;
                    held.Add(waiting[0]);
                    waiting.RemoveAt(0);
                    break;
                case Step.Done:
                    queue.Done(key);
                    if (held.Remove(key) && again.Remove(key))
                        waiting.Add(key);
                    break;
                case Step.ShutDown:
                    queue.ShutDown();
                    shutDown = true;
                    break;
            }

            Assert.That(queue.Count, Is.EqualTo(waiting.Count));
        }
    }
}
