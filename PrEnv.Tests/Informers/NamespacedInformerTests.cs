using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

/// <summary>One store of several namespaces, each with a list and a watch of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class NamespacedInformerTests : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TestClock _clock = new();
    private readonly ScriptedServer _a = new();
    private readonly ScriptedServer _b = new();
    private readonly ListLogger _log = new();
    private readonly SharedInformer<TestObject> _informer;
    private Task _run = Task.CompletedTask;

    public NamespacedInformerTests() => _informer = new SharedInformer<TestObject>(
        [new InformerSource<TestObject>("a", _a), new InformerSource<TestObject>("b", _b)],
        new ReflectorOptions { Name = "things", UseStreamingList = false, Random = () => 0 },
        _clock,
        _log,
        indexers: null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.Soon();
        _stop.Dispose();
    }

    [Test]
    public async Task WaitForSync_OneNamespaceCannotBeListed_WaitsForBothAndNamesTheOne()
    {
        _a.ThenList(Page("10", In("a", "x", "9")));
        _b.ThenListFails(new ApiStatus(403, "Forbidden", "may not list"));
        var handler = new RecordingHandler();
        _informer.AddHandler(handler);
        Start();
        await _a.NextWatchAsync();
        await handler.NextAsync(1);
        var late = new RecordingHandler();
        _informer.AddHandler(late);
        await late.NextAsync(1);
        Assert.That(_informer.HasSynced, Is.False);

        await _clock.NextPauseAsync();
        Assert.That(_informer.LastListFailure!.Code, Is.EqualTo(403));
        Assert.That(_log.Messages, Has.Some.Contains("Listing things in namespace b failed: 403 Forbidden: may not list"));
        _b.ThenList(Page("11", In("b", "y", "8")));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _informer.WaitForSyncAsync(CancellationToken.None).Soon();

        Assert.That(_informer.HasSynced, Is.True);
        Assert.That(_informer.LastListFailure, Is.Null);
        Assert.That(_informer.Store.List().Select(o => o.Metadata.Key.ToString()), Is.EquivalentTo(["a/x", "b/y"]));
    }

    [Test]
    public async Task Relist_OfOneNamespace_DeletesNothingOfTheOther()
    {
        _a.ThenList(Page("10", In("a", "x", "9"))).ThenList(Page("30"));
        _b.ThenList(Page("20", In("b", "y", "19")));
        Start();
        var (watch, _) = (await _a.NextWatchAsync(), await _b.NextWatchAsync());
        await _informer.WaitForSyncAsync(CancellationToken.None).Soon();
        watch.Post(Error(Statuses.Expired));
        await _clock.NextPauseAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _a.NextWatchAsync();

        Assert.That(_informer.Store.List().Select(o => o.Metadata.Key.ToString()), Is.EqualTo(["b/y"]));
    }

    [Test]
    public async Task LastListFailure_KindIsMissing_SaysSoWhateverTheOtherSays()
    {
        _a.ThenListFails(new ApiStatus(403, "Forbidden", "may not list"));
        _b.ThenListFails(Statuses.NotFound);
        Start();
        await _a.ListAsked;
        await _b.ListAsked;
        await _clock.NextPauseAsync();
        await _clock.NextPauseAsync();

        Assert.That(_informer.LastListFailure!.IsNotFound, Is.True);
    }

    private static TestObject In(string @namespace, string name, string version) =>
        Of(name, version) with { Metadata = Of(name, version).Metadata with { Namespace = @namespace } };

    private void Start() => _run = Task.Run(() => _informer.RunAsync(_stop.Token));
}
