using CsCheck;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>Own cases: client-go leaves the bucket to a library and tests it nowhere.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TokenBucketTests
{
    private readonly TestClock _clock = new();

    [Test]
    public void TokenBucketBurstThenSteadyRate()
    {
        var limiter = new BucketRateLimiter<string>(10, 3, _clock);
        Assert.That(
            RateLimiterTests.Delays(limiter, "any", 6).Select(d => d.TotalMilliseconds), Is.EqualTo([0.0, 0.0, 0.0, 100.0, 200.0, 300.0]));
    }

    [Test]
    public void TokenBucketClockGoingBackwards()
    {
        var clock = new SteppingClock { Now = TimeSpan.FromHours(2).Ticks };
        var limiter = new BucketRateLimiter<string>(10, 1, clock);
        limiter.When("any");
        clock.Now = TimeSpan.FromHours(3).Ticks;
        limiter.When("any");
        clock.Now -= TimeSpan.FromMinutes(30).Ticks;

        Assert.That(limiter.When("any").TotalMilliseconds, Is.EqualTo(100));
    }

    [Test]
    public void TokenBucketReservationOrder() =>
        Gen.Int[0, 400].Array[1, 60].Sample(pauses =>
        {
            var clock = new TestClock();
            var limiter = new BucketRateLimiter<int>(10, 5, clock);
            var slots = new List<double>();
            var now = 0.0;
            foreach (var pause in pauses)
            {
                clock.Advance(TimeSpan.FromMilliseconds(pause));
                now += pause;
                slots.Add(now + limiter.When(0).TotalMilliseconds);
            }

            Assert.That(slots, Is.Ordered);

            // Six tokens in a row take at least the time that the sixth needs to come.
            for (var i = 5; i < slots.Count; i++)
                Assert.That(slots[i] - slots[i - 5], Is.GreaterThanOrEqualTo(100 - 1e-6));
        });

    [Test]
    public void TokenBucketFillsUpToTheBurst()
    {
        var limiter = new BucketRateLimiter<string>(10, 2, _clock);
        RateLimiterTests.Delays(limiter, "any", 3);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.That(limiter.When("any").TotalMilliseconds, Is.EqualTo(100), "the token of that time was reserved before");

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.That(
            RateLimiterTests.Delays(limiter, "any", 3).Select(d => d.TotalMilliseconds), Is.EqualTo([0.0, 0.0, 100.0]));
    }

    [Test]
    public void TokenBucketIsChargedEvenWhenItDoesNotDecide()
    {
        var limiter = RateLimiters.Default<string>(_clock);
        Assert.That(limiter.When("one").TotalMilliseconds, Is.EqualTo(5));
        for (var i = 1; i < 100; i++)
            limiter.When($"key-{i}");

        Assert.That(limiter.When("another").TotalMilliseconds, Is.EqualTo(100));
    }

    private sealed class SteppingClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
