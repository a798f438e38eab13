using PrEnv.Core.Informers;

namespace PrEnv.Tests.Informers;

internal sealed class ReflectorBackoffTests
{
    [Test]
    public void Backoff_QuietForLong_StartsSmallAgain()
    {
        var clock = new Support.TestClock();
        var backoff = new Backoff(new ReflectorOptions { Random = () => 0 }, clock);
        backoff.Next();
        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.That(backoff.Next().TotalSeconds, Is.EqualTo(1.6));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(backoff.Next().TotalSeconds, Is.EqualTo(0.8));
    }

    [TestCase(0, 0.0, 0.8)]
    [TestCase(0, 1.0, 1.6)]
    [TestCase(2, 0.5, 4.8)]
    [TestCase(100_000, 0.0, 30.0)]
    [TestCase(100_000, 1.0, 60.0)]
    public void Backoff_AnyAttempt_IsBoundedAndJittered(int attempts, double chance, double seconds) =>
        Assert.That(Backoff.Delay(new ReflectorOptions(), attempts, chance).TotalSeconds, Is.EqualTo(seconds).Within(1e-6));
}
