using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Kubernetes.Releases;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Kubernetes.Watching;

[TestFixture]
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class ListWatchClusterTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private ClusterClient _client = null!;

    [SetUp]
    public async Task ConnectAsync() => _client = await ClusterClient.ConnectAsync(CancellationToken.None);

    [TearDown]
    public void Disconnect() => _client.Dispose();

    [Test]
    public async Task Watch_FromTheListsVersion_BringsEveryChangeSince(CancellationToken ct)
    {
        var page = await _client.Releases().ListAsync(new ListOptions("0", 500), ct);
        var release = await _client.CreateReleaseAsync("relpr-1", ct);
        await _client.NewApplier().OrphanAsync(release.Metadata.KeyOf(), release.Metadata.Uid, ct);
        await _client.NewApplier().DeleteAsync(release.Metadata.KeyOf(), release.Metadata.Uid, "", unsuspend: false, ct);

        var events = await TakeAsync(new WatchOptions(page.ResourceVersion, Long), e => e.Type == WatchEventType.Deleted, ct);

        Assert.That(
            string.Join(' ', events.Where(e => e.Type != WatchEventType.Bookmark).Select(e => e.Type)),
            Is.EqualTo("Added Modified Deleted"));
        Assert.That(events.Select(e => e.ResourceVersion), Is.Unique.And.None.Null);
    }

    [Test]
    public async Task List_InPages_BringsEveryObjectOnce(CancellationToken ct)
    {
        foreach (var number in Enumerable.Range(1, 5))
            await _client.CreateReleaseAsync($"relpr-{number}", ct);

        var pages = new List<ListPage<HelmRelease>>();
        do
        {
            pages.Add(await _client.Releases().ListAsync(new ListOptions("", 2, pages.LastOrDefault()?.Continue), ct));
        }
        while (pages[^1].Continue is not null);

        Assert.That(string.Join(' ', pages.Select(p => p.Items.Length)), Is.EqualTo("2 2 1"));
        Assert.That(
            string.Join(' ', pages.SelectMany(p => p.Items).Select(r => r.Metadata.Name)),
            Is.EqualTo("relpr-1 relpr-2 relpr-3 relpr-4 relpr-5"));
    }

    [Test]
    public async Task List_NotOlderThanAWrite_HasThatWrite(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-1", ct);

        var page = await _client.Releases().ListAsync(new ListOptions(release.Metadata.ResourceVersion, 500), ct);

        Assert.That(page.Items.Single().Metadata.Uid, Is.EqualTo(release.Metadata.Uid));
    }

    [Test]
    public async Task List_BySelector_BringsTheOwnersOnly(CancellationToken ct)
    {
        var uid = _client.Namespace;
        await _client.CreateReleaseAsync("relpr-1", ct, ownerUid: uid);
        await _client.CreateReleaseAsync("relpr-2", ct, ownerUid: "other");

        var page = await _client.ListWatches.Releases(labelSelector: $"{Core.Resources.OwnerLabels.Uid}={uid}")
            .ListAsync(new ListOptions(""), ct);

        Assert.That(page.Items.Single().Metadata.Name, Is.EqualTo("relpr-1"));
    }

    [Test]
    public async Task Watch_FromAVersionThatIsForgotten_SaysExpired(CancellationToken ct)
    {
        var status = await FailureAsync(new WatchOptions("1", Long), ct);

        Assert.That(status?.IsExpired, Is.True, status?.ToString());
    }

    [Test]
    public async Task List_OfAVersionThatIsNotYet_SaysTooLarge(CancellationToken ct)
    {
        var now = long.Parse(
            (await _client.Releases().ListAsync(new ListOptions(""), ct)).ResourceVersion,
            System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(
            async () => await _client.Releases().ListAsync(new ListOptions($"{now + 1_000_000}"), ct),
            Throws.InstanceOf<ApiStatusException>().With.Matches<ApiStatusException>(e => e!.Status.IsTooLargeResourceVersion()));
    }

    [Test]
    public async Task Watch_ItsTimeIsOver_EndsWithoutException(CancellationToken ct)
    {
        var page = await _client.Releases().ListAsync(new ListOptions(""), ct);

        var events = await _client.Releases().WatchAsync(new WatchOptions(page.ResourceVersion, TimeSpan.FromSeconds(1)), ct)
            .ToListAsync(ct);

        Assert.That(events.Where(e => e.Type != WatchEventType.Bookmark), Is.Empty);
    }

    [Test]
    [Category("Modern")]
    public async Task Watch_WithInitialEvents_ListsAndMarksTheEndOrIsRefused(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-1", ct);
        try
        {
            var events = await TakeAsync(new WatchOptions("", Long, SendInitialEvents: true), e => e.InitialEventsEnd, ct);

            Assert.That(events.First().Object?.Metadata.Uid, Is.EqualTo(release.Metadata.Uid));
            Assert.That(events[^1].ResourceVersion, Is.Not.Empty);
        }
        catch (ApiStatusException e) when (!_client.Cluster.HasCrdServer)
        {
            // Servers before 1.27 do not know streaming lists.
            Assert.That(e.Status.Code, Is.EqualTo(422));
        }
    }

    [Test]
    public async Task Watch_Cancelled_EndsAtOnce(CancellationToken ct)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var page = await _client.Releases().ListAsync(new ListOptions(""), ct);
        await using var events = _client.Releases().WatchAsync(new WatchOptions(page.ResourceVersion, Long), cancel.Token)
            .GetAsyncEnumerator(cancel.Token);
        var next = events.MoveNextAsync().AsTask();

        await cancel.CancelAsync();

        Assert.That(async () => await next.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task List_KindThatIsNotServed_IsNotFound(CancellationToken ct)
    {
        var unknown = new CustomResourceListWatch<HelmRelease>(
            _client.Raw,
            new ListWatchTarget(new ApiResource("unknown.example", "v1", "things")),
            ResourceJson.Default.HelmRelease,
            r => r,
            TimeProvider.System,
            new RecordingLogger<CustomResourceListWatch<HelmRelease>>());

        Assert.That(
            async () => await unknown.ListAsync(new ListOptions(""), ct),
            Throws.InstanceOf<ApiStatusException>().With.Matches<ApiStatusException>(e => e!.Status.IsNotFound));
    }

    private async Task<ApiStatus?> FailureAsync(WatchOptions options, CancellationToken ct)
    {
        try
        {
            return (await TakeAsync(options, e => e.Error is not null, ct)).LastOrDefault().Error;
        }
        catch (ApiStatusException e)
        {
            return e.Status;
        }
    }

    private async Task<List<WatchEvent<HelmRelease>>> TakeAsync(
        WatchOptions options, Predicate<WatchEvent<HelmRelease>> last, CancellationToken ct)
    {
        var events = new List<WatchEvent<HelmRelease>>();
        await foreach (var change in _client.FollowAsync(options, ct))
        {
            events.Add(change);
            if (last(change))
                break;
        }

        return events;
    }
}
