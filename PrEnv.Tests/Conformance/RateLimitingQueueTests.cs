using PrEnv.Core.Queueing;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>The case of client-go's <c>util/workqueue/rate_limiting_queue_test.go</c>, and what its comments promise.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RateLimitingQueueTests
{
    private readonly TestClock _clock = new();

    [Test]
    public async Task RateLimitingQueue()
    {
        using var queue = NewQueue();
        queue.AddRateLimited("one");
        await ExpectAfterAsync(queue, "one", 1);
        queue.AddRateLimited("one");
        await ExpectAfterAsync(queue, "one", 2);
        queue.AddRateLimited("two");
        await ExpectAfterAsync(queue, "two", 1);
        Assert.That((queue.NumRequeues("one"), queue.NumRequeues("two")), Is.EqualTo((2, 1)));

        queue.Forget("one");
        Assert.That((queue.NumRequeues("one"), queue.NumRequeues("two")), Is.EqualTo((0, 1)));
        queue.AddRateLimited("one");
        await ExpectAfterAsync(queue, "one", 1);
    }

    [Test]
    public async Task Forget_WhileTheKeyWaits_LeavesItsTime()
    {
        using var queue = NewQueue();
        queue.AddRateLimited("one");
        queue.Forget("one");

        await ExpectAfterAsync(queue, "one", 1);
    }

    private RateLimitingQueue<string> NewQueue() =>
        new(new ItemExponentialFailureRateLimiter<string>(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), _clock);

    private async Task ExpectAfterAsync(RateLimitingQueue<string> queue, string key, int milliseconds)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds) - TimeSpan.FromTicks(1));
        Assert.That(queue.Count, Is.Zero, "too early");
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(await queue.TakeAllAsync(), Is.EqualTo([key]));
    }
}
