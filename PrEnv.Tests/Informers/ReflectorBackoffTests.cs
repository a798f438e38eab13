using PrEnv.Core.Informers;

namespace PrEnv.Tests.Informers;

internal sealed class ReflectorBackoffTests
{
    [Test]
    public void Next_QuietForLong_StartsSmallAgain()
    {
        var clock = new Support.TestClock();
        var backoff = new ReflectorBackoff(new ReflectorOptions { Random = () => 0 }, clock);
        backoff.Next();
        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.That(backoff.Next().TotalSeconds, Is.EqualTo(1.6));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(backoff.Next().TotalSeconds, Is.EqualTo(0.8));
    }
}
