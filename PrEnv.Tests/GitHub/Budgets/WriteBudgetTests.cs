using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.GitHub.Budgets;

namespace PrEnv.Tests.GitHub.Budgets;

internal sealed class WriteBudgetTests
{
    [Test]
    public void TryTake_Burst_ThenSaysWhenThereIsOneMore()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(30, 60, null, time);

        Assert.That(Enumerable.Range(0, 30).Select(_ => budget.TryTake(out var wait)), Is.All.True);
        Assert.That(budget.TryTake(out var until), Is.False);
        Assert.That(until, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void TryTake_AtTheSaidTime_HasExactlyOne()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(2, 60, null, time);
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
        var budget = new WriteBudget(3, 60, null, time);
        time.Advance(TimeSpan.FromDays(1));

        Assert.That(Enumerable.Range(0, 4).Select(_ => budget.TryTake(out var wait)), Is.EqualTo((bool[])[true, true, true, false]));
    }

    [Test]
    public void TryTake_GitHubSaysSlower_IsHalfAsFastWithoutABurst_AndRecovers()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(30, 60, null, time);
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            budget.SlowDown();
            budget.TryTake(out var wait);
            waits.Add(wait.TotalSeconds);
        }

        Assert.That(waits, Is.EqualTo(new double[] { 2, 4, 8, 8, 8 }));
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.That(Enumerable.Range(0, 31).Count(_ => budget.TryTake(out var wait)), Is.EqualTo(30));
        budget.TryTake(out var last);
        Assert.That(last, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void TryTake_ByTheHour_SpreadsTheSecondHalfOverWhatIsLeft()
    {
        var time = new FakeTimeProvider();
        var budget = new WriteBudget(30, 60, 500, time);
        var taken = new List<double>();
        for (var second = 0; second < 3600; second++)
        {
            while (budget.TryTake(out _))
                taken.Add(second);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(taken, Has.Count.InRange(480, 500));
        Assert.That(taken.Count(second => second < 240), Is.InRange(250, 270), "a burst of 30, then one a second");
        Assert.That(taken.Zip(taken.Skip(1), (one, next) => next - one).Max(), Is.LessThan(20), "no long silence");
    }

    [Test]
    public void TryTake_AnyCalls_StaysWithinTheHour() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[2, 100], Gen.Int[0, 120_000].List[1, 300]).Sample((burst, perHour, pauses) =>
        {
            var time = new FakeTimeProvider();
            var budget = new WriteBudget(burst, 60, perHour, time);
            var taken = new List<DateTimeOffset>();
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                while (budget.TryTake(out _))
                    taken.Add(time.GetUtcNow());
            }

            return taken.All(start => taken.Count(at => at >= start && at < start + TimeSpan.FromHours(1)) <= perHour);
        });

    [Test]
    public void TryTake_AtTheSaidTime_ByTheHour_HasOne() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[2, 40], Gen.Int[0, 30_000].List[1, 100]).Sample((burst, perHour, pauses) =>
        {
            var time = new FakeTimeProvider();
            var budget = new WriteBudget(burst, 60, perHour, time);
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                if (budget.TryTake(out var wait))
                    continue;
                time.Advance(wait);
                if (!budget.TryTake(out _))
                    return false;
            }

            return true;
        });

    /// <summary>Whatever the calls: never more than the burst and what has flowed in since.</summary>
    [Test]
    public void TryTake_AnyCalls_StaysWithinTheRate() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 600], Gen.Int[0, 5_000].List[1, 200]).Sample((burst, perMinute, pauses) =>
        {
            var time = new FakeTimeProvider();
            var start = time.GetUtcNow();
            var budget = new WriteBudget(burst, perMinute, null, time);
            var taken = 0;
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                while (budget.TryTake(out _))
                    taken++;
            }

            var elapsed = time.GetUtcNow() - start;
            return taken <= burst + (elapsed / TimeSpan.FromMinutes(1) * perMinute) + 0.001;
        });
}
