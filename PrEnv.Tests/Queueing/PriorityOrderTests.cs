using CsCheck;
using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

internal sealed class PriorityOrderTests
{
    [Test]
    public async Task Get_EndlessStreamOfHigherKeys_LowOneIsTheTenth()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("low", KeyPriority.Low);
        var overtaking = 0;
        while (overtaking < 100)
        {
            queue.Add($"change-{overtaking}");
            var key = await queue.TakeAsync();
            queue.Done(key);
            if (key == "low")
                break;
            overtaking++;
        }

        Assert.That(overtaking, Is.EqualTo(PriorityOrder<string>.MostOvertakings));
    }

    [Test]
    public async Task Get_ManyKeysOfTheInitialList_ChangesTakeNineOfTenTurns()
    {
        using var queue = new WorkQueue<string>();
        for (var i = 0; i < 1000; i++)
            queue.Add($"listed-{i}", KeyPriority.Low);
        var changes = 0;
        for (var turn = 0; turn < 1000; turn++)
        {
            queue.Add($"change-{turn}");
            var key = await queue.TakeAsync();
            queue.Done(key);
            changes += key.StartsWith("change", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.That(changes, Is.EqualTo(900));
    }

    [Test]
    public void Pop_AnyPushesBetween_KeyWaitsAtMostTenTurnsForEachOlderOne() =>
        Gen.Select(Gen.Int[-3, 3], Gen.Bool).Array[1, 300].Sample(steps =>
        {
            var table = new KeyTable<int>();
            var order = new PriorityOrder<int>(table);
            var waiting = new List<(int Slot, int Pops, int Older)>();
            foreach (var (key, (priority, pop)) in steps.Index())
            {
                if (pop && order.Count > 0)
                {
                    var popped = order.Pop();
                    var (_, pops, older) = waiting.Single(w => w.Slot == popped);
                    Assert.That(pops, Is.LessThan((PriorityOrder<int>.MostOvertakings + 1) * (older + 1)));
                    waiting = [.. waiting.Where(w => w.Slot != popped).Select(w => w with { Pops = w.Pops + 1 })];
                    continue;
                }

                var slot = table.FindOrAdd(key, KeyTable<int>.HashOf(key));
                table[slot].Priority = priority;
                waiting.Add((slot, 0, waiting.Count));
                order.Push(slot);
            }
        });
}
