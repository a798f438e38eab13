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
                Gen.Frequency(
                    (6, Gen.Const(Step.Push)), (3, Gen.Const(Step.MoveUp)), (2, Gen.Const(Step.Remove)), (1, Gen.Const(Step.Pop))),
                Gen.Int[0, 1000],
                Gen.Long[0, 30])
            .Array[0, 300]
            .Sample(Run);

    [Test]
    public void MoveUpAndRemove_ManyTimes_OldTicketsAreThrownAwayAndTheOrderIsKept()
    {
        var (delays, slots) = OfKeys(200);
        foreach (var slot in slots)
            delays.Push(slot, 10_000 + slot);
        for (var step = 1; step <= 5; step++)
        {
            foreach (var slot in slots)
            {
                delays.MoveUp(slot, 10_000 + slot - (1000 * step));
                Assert.That(delays.TicketCount, Is.LessThan((2 * delays.Count) + 65));
            }
        }

        // From the last to the first, so that no old ticket is found at the top.
        foreach (var slot in slots[50..].Reverse())
        {
            delays.Remove(slot);
            Assert.That(delays.TicketCount, Is.LessThan((2 * delays.Count) + 65));
        }

        var ready = new int[200];
        Assert.That(ready[..delays.PopReady(long.MaxValue, ready)], Is.EqualTo(slots[..50]));
        Assert.That((delays.Count, delays.TicketCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void PopReady_OnlyOldTicketsFirst_TakesNoMoreThanThereIsRoomFor()
    {
        var (delays, slots) = OfKeys(5);
        foreach (var slot in slots)
            delays.Push(slot, slot);
        foreach (var slot in slots[..4])
            delays.Remove(slot);

        var ready = new int[2];
        Assert.That((delays.PopReady(10, ready), delays.TicketCount, delays.Next), Is.EqualTo((0, 3, (long?)slots[2])));
        Assert.That((delays.PopReady(10, ready), delays.TicketCount, delays.Next), Is.EqualTo((0, 1, (long?)slots[4])));
        Assert.That((delays.PopReady(10, ready), ready[0], delays.Next), Is.EqualTo((1, slots[4], (long?)null)));
    }

    [Test]
    public void PopReady_OldTicketsAreMostOfWhatIsLeft_TheyAreThrownAway()
    {
        var (delays, slots) = OfKeys(101);
        foreach (var slot in slots)
            delays.Push(slot, 100);
        foreach (var slot in slots[1..])
            delays.MoveUp(slot, 10);

        var ready = new int[200];
        Assert.That(ready[..delays.PopReady(10, ready)], Is.EqualTo(slots[1..]));
        Assert.That((delays.Count, delays.TicketCount), Is.EqualTo((1, 1)));
    }

    private static (DelayOrder<int> Delays, int[] Slots) OfKeys(int count)
    {
        var table = new KeyTable<int>();
        return (new DelayOrder<int>(table), [.. Enumerable.Range(0, count).Select(key => table.FindOrAdd(key, KeyTable<int>.HashOf(key)))]);
    }

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
                    var popped = PopAll(delays, time);
                    Assert.That(
                        popped,
                        Is.EqualTo(model.Where(m => m.ReadyAt <= time).OrderBy(m => m.ReadyAt).ThenBy(m => m.Order).Select(m => m.Slot)));
                    popped.ForEach(table.Remove);
                    model.RemoveAll(m => m.ReadyAt <= time);
                    break;
            }

            Assert.That(delays.Count, Is.EqualTo(model.Count));
            Assert.That(model.All(m => delays.Next <= m.ReadyAt), Is.True);
            Assert.That(delays.TicketCount, Is.LessThan((2 * model.Count) + 65));
        }
    }

    private static List<int> PopAll(DelayOrder<int> delays, long time)
    {
        var popped = new List<int>();
        var room = new int[3];
        while (delays.Next <= time)
            popped.AddRange(room[..delays.PopReady(time, room)]);
        return popped;
    }
}
