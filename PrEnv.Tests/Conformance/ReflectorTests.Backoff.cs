using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Tests.Informers;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class ReflectorTests
{
    [Test]
    public async Task ReflectorListAndWatchInitConnBackoff()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10")).ThenWatchFails([.. Enumerable.Repeat(Statuses.Unreachable, 8)]);
        reflector.Start();
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
            pauses.Add((await reflector.Clock.SkipPauseAsync()).TotalSeconds);
        for (var i = 0; i < 9; i++)
            await reflector.Server.NextWatchAsync();

        Assert.That(pauses, Is.EqualTo([0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30.0, 30.0]));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task NewReflectorWithCustomBackoff()
    {
        var options = new ReflectorOptions
        {
            BackoffBase = TimeSpan.FromSeconds(3),
            BackoffCap = TimeSpan.FromSeconds(5),
            BackoffJitter = 2,
        };
        await using var reflector = new ReflectorHarness(options) { Chance = 0.5 };
        reflector.Server.ThenListFails(Statuses.Internal, Statuses.Internal);
        reflector.Start();

        Assert.That((await reflector.Clock.SkipPauseAsync()).TotalSeconds, Is.EqualTo(6));
        Assert.That((await reflector.Clock.SkipPauseAsync()).TotalSeconds, Is.EqualTo(10));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task BackoffOnTooManyRequests_NoRelistOnTooManyRequests(bool asEvent)
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        if (asEvent)
            reflector.Server.ThenWatchSends(Added(Of("a", "11")), Error(Statuses.TooManyRequests));
        else
            reflector.Server.ThenWatchFails(Statuses.TooManyRequests);
        reflector.Start();
        Assert.That(await reflector.Clock.SkipPauseAsync(), Is.EqualTo(TimeSpan.FromMilliseconds(800)));
        await reflector.Server.NextWatchAsync();
        var watch = await reflector.Server.NextWatchAsync();

        Assert.That(watch.Options.ResourceVersion, Is.EqualTo(asEvent ? "11" : "10"));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task BackoffOnTooManyRequests_RetryAfter()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10")).ThenWatchFails(Statuses.TooManyRequests with { RetryAfter = TimeSpan.FromSeconds(42) });
        reflector.Start();

        Assert.That(await reflector.Clock.SkipPauseAsync(), Is.EqualTo(TimeSpan.FromSeconds(42)));
    }

    [Test]
    public async Task RetryInternalError_WithoutBudget()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"), Page("20")).ThenWatchFails(Statuses.Internal);
        reflector.Start();
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RetryInternalError_WithinBudget()
    {
        await using var reflector = new ReflectorHarness(new ReflectorOptions { InternalErrorBudget = TimeSpan.FromSeconds(2) });
        reflector.Server.ThenList(Page("10"), Page("20")).ThenWatchFails([.. Enumerable.Repeat(Statuses.Internal, 3)]);
        reflector.Start();
        await reflector.Clock.SkipPauseAsync();
        await reflector.Clock.SkipPauseAsync();
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));

        // The third failure comes 2.4 s after the first.
        await reflector.Clock.SkipPauseAsync();
        for (var i = 0; i < 4; i++)
            await reflector.Server.NextWatchAsync();
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(2));
    }

    [Test]
    public void RetryInternalError_OneSuccessResetsTheBudget()
    {
        var clock = new Support.TestClock();
        var budget = new RetryBudget(TimeSpan.FromSeconds(2), clock);
        Assert.That(budget.Failed(), Is.True);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(budget.Failed(), Is.False);
        budget.Succeeded();
        Assert.That(budget.Failed(), Is.True);
    }

    [Test]
    public async Task ReflectorListAndWatchWithErrors()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server
            .ThenListFails(Statuses.Internal)
            .ThenList(Page("1", Of("a", "1")))
            .ThenListThrows(new IOException("connection reset"))
            .ThenListThrows(new InvalidOperationException("a bug in the adapter"))
            .ThenList(Page("4", Of("b", "3"), Of("c", "4")))
            .ThenList(Page("9", Of("c", "9")));
        reflector.Server
            .ThenWatchSends(Added(Of("b", "2")), Error(Statuses.Expired))
            .ThenWatchSends(Deleted(Of("b", "5")), Error(new ApiStatus(403, "Forbidden", "no")));
        reflector.Start();
        for (var i = 0; i < 5; i++)
            await reflector.Clock.SkipPauseAsync();
        for (var i = 0; i < 3; i++)
            await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Names, Is.EqualTo(["c"]));
        Assert.That(reflector.Store.Get(KeyOf("c"))!.Metadata.ResourceVersion, Is.EqualTo("9"));
    }
}
