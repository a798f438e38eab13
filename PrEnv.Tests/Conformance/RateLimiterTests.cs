using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's <c>util/workqueue/default_rate_limiters_test.go</c>.</summary>
internal sealed class RateLimiterTests
{
    [Test]
    public void ItemExponentialFailureRateLimiter()
    {
        var limiter = new ItemExponentialFailureRateLimiter<string>(Milliseconds(1), TimeSpan.FromSeconds(1));
        Assert.That(Delays(limiter, "one", 5), Is.EqualTo(Milliseconds([1, 2, 4, 8, 16])));
        Assert.That(Delays(limiter, "two", 2), Is.EqualTo(Milliseconds([1, 2])));
        Assert.That(limiter.NumRequeues("one"), Is.EqualTo(5));

        limiter.Forget("one");
        Assert.That(limiter.NumRequeues("one"), Is.Zero);
        Assert.That(limiter.When("one"), Is.EqualTo(Milliseconds(1)));
        Assert.That(limiter.NumRequeues("two"), Is.EqualTo(2));
    }

    [TestCase(1, 1000 * 1000)]
    [TestCase(60_000, 60 * 60_000)]
    public void ItemExponentialFailureRateLimiterOverFlow(int baseMilliseconds, int maxMilliseconds)
    {
        var limiter = new ItemExponentialFailureRateLimiter<string>(Milliseconds(baseMilliseconds), Milliseconds(maxMilliseconds));
        var delays = Delays(limiter, "one", 2100);

        Assert.That(delays, Is.Ordered);
        Assert.That(delays[^1], Is.EqualTo(Milliseconds(maxMilliseconds)));
    }

    [Test]
    public void ItemFastSlowRateLimiter()
    {
        var limiter = new ItemFastSlowRateLimiter<string>(Milliseconds(5), TimeSpan.FromSeconds(10), 3);
        Assert.That(
            Delays(limiter, "one", 5).Select(d => d.TotalMilliseconds), Is.EqualTo([5.0, 5.0, 5.0, 10_000.0, 10_000.0]));
        Assert.That(limiter.When("two"), Is.EqualTo(Milliseconds(5)));

        limiter.Forget("one");
        Assert.That(limiter.When("one"), Is.EqualTo(Milliseconds(5)));
    }

    [Test]
    public void MaxOfRateLimiter()
    {
        var fastSlow = new ItemFastSlowRateLimiter<string>(Milliseconds(5), TimeSpan.FromSeconds(3), 3);
        var exponential = new ItemExponentialFailureRateLimiter<string>(Milliseconds(1), TimeSpan.FromSeconds(1));
        var limiter = new MaxOfRateLimiter<string>(fastSlow, exponential);
        Assert.That(
            Delays(limiter, "one", 5).Select(d => d.TotalMilliseconds), Is.EqualTo([5.0, 5.0, 5.0, 3000.0, 3000.0]));

        exponential.When("one");
        Assert.That(limiter.NumRequeues("one"), Is.EqualTo(6));
        limiter.Forget("one");
        Assert.That((fastSlow.NumRequeues("one"), exponential.NumRequeues("one")), Is.EqualTo((0, 0)));
    }

    [Test]
    public void WithMaxWaitRateLimiter()
    {
        var limiter = new WithMaxWaitRateLimiter<string>(
            new ItemExponentialFailureRateLimiter<string>(Milliseconds(1), TimeSpan.FromSeconds(10)), Milliseconds(5));

        Assert.That(Delays(limiter, "one", 5), Is.EqualTo(Milliseconds([1, 2, 4, 5, 5])));
        Assert.That(limiter.NumRequeues("one"), Is.EqualTo(5));
        limiter.Forget("one");
        Assert.That(limiter.When("one"), Is.EqualTo(Milliseconds(1)));
    }

    internal static TimeSpan[] Delays(IRateLimiter<string> limiter, string key, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => limiter.When(key))];

    private static IEnumerable<TimeSpan> Milliseconds(int[] counts) => counts.Select(Milliseconds);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
