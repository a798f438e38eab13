using CsCheck;
using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

internal sealed class DelayOrderTests
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
            .Array[0, 300]
            .Sample(Run);

    private static void Run((Step Step, int Which, long Time)[] steps)
    {
        var table = new KeyTable<int>();
        var delays = new DelayOrder<int>(table);
        var model = new List<(int Slot, long ReadyAt, int Order)>();
        var order = 0;
        foreach (var (step, which, time) in steps)
        {
            var index = model.Count == 0 ? -1 : which % model.Count;
            switch (step)
            {
                case Step.Push:
                    model.Add((table.FindOrAdd(order, KeyTable<int>.HashOf(order)), time, order++));
                    delays.Push(model[^1].Slot, time);
                    break;
                case Step.MoveUp when index >= 0:
                    delays.MoveUp(model[index].Slot, time);
                    if (time < model[index].ReadyAt)
                        model[index] = (model[index].Slot, time, order++);
                    break;
                case Step.Remove when index >= 0:
                    // Another key gets the slot next, while the old ticket is still there.
                    delays.Remove(model[index].Slot);
                    table.Remove(model[index].Slot);
                    model.RemoveAt(index);
                    break;
                case Step.Pop:
                    var first = model.Where(m => m.ReadyAt <= time).OrderBy(m => m.ReadyAt).ThenBy(m => m.Order).FirstOrDefault();
                    Assert.That(delays.PopReady(time), Is.EqualTo(first.Slot));
                    if (first.Slot != KeyTable<int>.None)
                        table.Remove(first.Slot);
                    model.Remove(first);
                    break;
            }

            Assert.That(delays.Count, Is.EqualTo(model.Count));
            Assert.That(delays.Next, Is.EqualTo(model.Count == 0 ? null : model.Min(m => m.ReadyAt)));
            Assert.That(delays.TicketCount, Is.LessThan((2 * model.Count) + 65));
        }
    }
}
