using CsCheck;
using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

internal sealed class DelayHeapTests
{
    private enum Step
    {
        Push,
        MoveUp,
        Remove,
        Pop,
    }

    [Test]
    public void AnySequence_ComparedWithASortedList_BehavesTheSame() =>
        Gen.Select(
                Gen.Frequency((6, Gen.Const(Step.Push)), (3, Gen.Const(Step.MoveUp)), (2, Gen.Const(Step.Remove)), (2, Gen.Const(Step.Pop))),
                Gen.Int[0, 1000],
                Gen.Long[0, 30])
            .Array[0, 200]
            .Sample(Run);

    private static void Run((Step Step, int Which, long Time)[] steps)
    {
        var heap = new DelayHeap<int>();
        var model = new List<(KeyEntry<int> Entry, long ReadyAt, int Order)>();
        var order = 0;
        foreach (var (step, which, time) in steps)
        {
            var index = model.Count == 0 ? -1 : which % model.Count;
            switch (step)
            {
                case Step.Push:
                    model.Add((new KeyEntry<int> { Key = order }, time, order++));
                    heap.Push(model[^1].Entry, time);
                    break;
                case Step.MoveUp when index >= 0:
                    heap.MoveUp(model[index].Entry, time);
                    if (time < model[index].ReadyAt)
                        model[index] = (model[index].Entry, time, order++);
                    break;
                case Step.Remove when index >= 0:
                    heap.Remove(model[index].Entry);
                    model.RemoveAt(index);
                    break;
                case Step.Pop:
                    var first = model.Where(m => m.ReadyAt <= time).OrderBy(m => m.ReadyAt).ThenBy(m => m.Order).FirstOrDefault();
                    Assert.That(heap.PopReady(time), Is.SameAs(first.Entry));
                    model.Remove(first);
                    break;
            }

            Assert.That(heap.Count, Is.EqualTo(model.Count));
            Assert.That(heap.Next, Is.EqualTo(model.Count == 0 ? null : model.Min(m => m.ReadyAt)));
        }
    }
}
