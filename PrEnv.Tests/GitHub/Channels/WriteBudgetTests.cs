using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.GitHub.Channels;

namespace PrEnv.Tests.GitHub.Channels;

internal sealed class WriteBudgetTests
{
    [Test]
    public void TryTake_Burst_ThenSaysWhenThereIsOneMore()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(20, 60, time);

        Assert.That(Enumerable.Range(0, 20).Select(_ => budget.TryTake(out var wait)), Is.All.True);
        Assert.That(budget.TryTake(out var until), Is.False);
        Assert.That(until, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void TryTake_AtTheSaidTime_HasExactlyOne()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(2, 60, time);
        budget.TryTake(out _);
        budget.TryTake(out _);
        budget.TryTake(out var wait);

        time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.That(budget.TryTake(out _), Is.False);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(budget.TryTake(out _), Is.True);
        Assert.That(budget.TryTake(out _), Is.False);
    }

    [Test]
    public void TryTake_AfterADay_HasABurstAndNoMore()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(3, 60, time);
        time.Advance(TimeSpan.FromDays(1));

        Assert.That(Enumerable.Range(0, 4).Select(_ => budget.TryTake(out var wait)), Is.EqualTo((bool[])[true, true, true, false]));
    }

    /// <summary>Whatever the calls: never more than the burst and what has flowed in since.</summary>
    [Test]
    public void TryTake_AnyCalls_StaysWithinTheRate() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 600], Gen.Int[0, 5_000].List[1, 200]).Sample((burst, perMinute, pauses) =>
        {
            var time = new FakeTimeProvider();
            var start = time.GetUtcNow();
            var budget = new WriteBudget(burst, perMinute, time);
            var taken = 0;
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                while (budget.TryTake(out _)) taken++;
            }

            var elapsed = time.GetUtcNow() - start;
            return taken <= burst + (elapsed / TimeSpan.FromMinutes(1) * perMinute) + 0.001;
        });
}
