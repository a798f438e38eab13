using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Core.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

internal sealed class ReflectorHealthTests
{
    [Test]
    public async Task LastListFailure_KindAppears_IsSetThenNull()
    {
        await using var reflector = new ReflectorHarness();
        var told = new List<int?>();
        reflector.Reflector.ListFailureChanged += (_, change) => told.Add(change.Failure?.Code);
        reflector.Server.ThenListFails(Statuses.NotFound, Statuses.NotFound).ThenList(Page("10"));
        Assert.That(reflector.Reflector.LastListFailure, Is.Null, "not asked yet");

        var pause = await reflector.Start().Clock.NextPauseAsync();
        Assert.That(reflector.Reflector.LastListFailure!.IsNotFound, Is.True);
        reflector.Clock.Advance(pause);
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Reflector.LastListFailure, Is.Null);
        Assert.That(told, Is.EqualTo(new int?[] { 404, null }).AsCollection, "told of changes only");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task List_KindMissingForLong_IsTriedEveryTenSeconds(bool streaming)
    {
        await using var reflector = new ReflectorHarness(streaming: streaming) { Chance = 0.9 };
        const int Attempts = 10;
        reflector.Server.ThenListFails([.. Enumerable.Repeat(Statuses.NotFound, Attempts)]);
        reflector.Server.ThenWatchFails([.. Enumerable.Repeat(Statuses.NotFound, Attempts)]);
        reflector.Start();
        for (var i = 0; i < Attempts; i++)
            Assert.That(await reflector.Clock.SkipPauseAsync(), Is.LessThanOrEqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task ListFailureChanged_Throws_TheReflectorGoesOn()
    {
        await using var reflector = new ReflectorHarness(new ReflectorOptions
        {
            OnFailure = _ => throw new InvalidOperationException("boom"),
        });
        reflector.Reflector.ListFailureChanged += (_, _) => throw new InvalidOperationException("boom");
        reflector.Server.ThenListFails(Statuses.Internal).ThenList(Page("10"));
        await reflector.Start().Clock.SkipPauseAsync();

        await reflector.Server.NextWatchAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Run_AdapterThrowsWhereItMustNot_GoesOnAfterAPause(bool streaming)
    {
        var clock = new TestClock();
        var store = new Store<TestObject>();
        var reflector = new Reflector<TestObject>(
            new BrokenListWatch(), store, new ReflectorOptions { UseStreamingList = streaming }, clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var run = Task.Run(() => reflector.RunAsync(stop.Token));
        await clock.SkipPauseAsync();
        await clock.SkipPauseAsync();
        await stop.CancelAsync();

        await run.Soon();
    }

    /// <summary>Throws from the call itself, before there is a sequence to read.</summary>
    private sealed class BrokenListWatch : IListWatch<TestObject>
    {
        public Task<ListPage<TestObject>> ListAsync(ListOptions options, CancellationToken cancellationToken) =>
            Task.FromResult(Page("10"));

        public IAsyncEnumerable<WatchEvent<TestObject>> WatchAsync(WatchOptions options, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("boom");
    }
}
