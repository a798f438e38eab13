using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Kubernetes.Watching;

[TestFixture]
internal sealed class WatchTests
{
    private static readonly WatchOptions Options = new("5", TimeSpan.FromMinutes(5));

    private RecordingLogger<CustomResourceListWatch<HelmRelease>> _log = null!;

    [SetUp]
    public void StartLog() => _log = new RecordingLogger<CustomResourceListWatch<HelmRelease>>();

    [Test]
    public async Task Watch_Changes_AreYieldedWithTheirVersions()
    {
        await using var server = await StreamAsync(
            Samples.Line("ADDED", Samples.Release(version: "6"))
            + Samples.Line("MODIFIED", Samples.Release(version: "7"))
            + Samples.Line("DELETED", Samples.Release(version: "8")));

        var events = await WatchAllAsync(server);

        Assert.That(
            events.Select(e => (e.Type, e.ResourceVersion, e.Object?.Metadata.Name)),
            Is.EqualTo(new[]
            {
                (WatchEventType.Added, "6", "relpr-22"), (WatchEventType.Modified, "7", "relpr-22"), (
                    WatchEventType.Deleted, "8", "relpr-22"),
            }));
    }

    [Test]
    public async Task Watch_ServerClosesQuietly_EndsWithoutException()
    {
        await using var server = await StreamAsync("");

        Assert.That(await WatchAllAsync(server), Is.Empty);
    }

    [Test]
    public async Task Watch_HalfALineThenTheEnd_YieldsTheWholeOnesAndEnds([Values] bool abort)
    {
        var received = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync(async (context, _) =>
        {
            await context.Response.WriteAsync(Samples.Line("ADDED", Samples.Release()) + """{"type":"MODIFIED","obj""");
            await context.Response.Body.FlushAsync();
            await received.Task;
            if (abort)
                context.Abort();
        });
        using var client = server.Client();
        await using var events = Open(client).WatchAsync(Options, CancellationToken.None).GetAsyncEnumerator();
        Assert.That(await events.MoveNextAsync().Soon(), Is.True);

        received.SetResult();

        Assert.That(await events.MoveNextAsync().Soon(), Is.False);
        Assert.That(_log.Entries.Any(e => e.Message.Contains("was interrupted", StringComparison.Ordinal)), Is.EqualTo(abort));
    }

    [Test]
    public async Task Watch_LineInManyPieces_IsPutTogether()
    {
        await using var server = await FakeApiServer.StartAsync(async (context, _) =>
        {
            foreach (
                var letter in Samples.Line("ADDED", Samples.Release(metadata: ""","labels":{"app.kubernetes.io/managed-by":"grün"}""")))
            {
                await context.Response.WriteAsync(letter.ToString());
                await context.Response.Body.FlushAsync();
            }
        });

        var events = await WatchAllAsync(server);

        Assert.That(events.Single().Object?.Metadata.Label("app.kubernetes.io/managed-by"), Is.EqualTo("grün"));
    }

    // Of the second, the type stands behind the object, which takes the slower way.
    [Test]
    public async Task Watch_ObjectThatIsNestedVeryDeep_IsReadAsTheOthers()
    {
        var labels = ""","labels":{"app.kubernetes.io/managed-by":"prenv-controller"}""";
        var deep = $$$""","spec":{"values":{"prNumber":1,"a":{{{new string('[', 3000)}}}{{{new string(']', 3000)}}}}}""";
        var release = Samples.Release(version: "8", metadata: labels, more: deep);
        await using var server = await StreamAsync(
            Samples.Line("MODIFIED", release) + $$"""{"object":{{release}},"type":"MODIFIED"}""" + "\n"
            + Samples.Line("DELETED", Samples.Release(version: "9")));

        var events = await WatchAllAsync(server);

        Assert.That(events.Select(e => e.Object?.Spec.PrNumber), Is.EqualTo(new int?[] { 1, 1, null }));
        Assert.That(events.Select(e => e.Type), Has.None.EqualTo(WatchEventType.Error));
    }

    [Test]
    public async Task Watch_LineOfTwoMebibytes_IsRead()
    {
        var values = $$$"""{"prNumber":22,"text":"{{{new string('x', 2 * 1024 * 1024)}}}"}""";
        var labels = ""","labels":{"app.kubernetes.io/managed-by":"prenv-controller"}""";
        await using var server = await StreamAsync(
            Samples.Line("MODIFIED", Samples.Release(version: "8", metadata: labels, more: $$""","spec":{"values":{{values}}}"""))
            + Samples.Line("DELETED", Samples.Release(version: "9")));

        var events = await WatchAllAsync(server);

        Assert.That(Encoding.UTF8.GetString(events[0].Object!.Spec.Values), Is.EqualTo(values));
        Assert.That(events[1].ResourceVersion, Is.EqualTo("9"));
    }

    [TestCase("""{"object":OBJECT,"type":"ADDED"}""")]
    [TestCase("""{"type":"ADDED","object":OBJECT,"more":{"object":1}}""")]
    [TestCase(""" { "type" : "ADDED" , "object" : OBJECT } """)]
    [TestCase("""{"type":"ADDED","object":OBJECT} """)]
    public async Task Watch_LineThatIsWrittenOtherwise_IsTheSameEvent(string line)
    {
        await using var server = await StreamAsync(line.Replace("OBJECT", Samples.Release(version: "8"), StringComparison.Ordinal) + "\n");

        var events = await WatchAllAsync(server);

        Assert.That(
            events.Select(e => (e.Type, e.ResourceVersion, e.Object?.Metadata.Name)),
            Is.EqualTo(new[] { (WatchEventType.Added, "8", "relpr-22") }));
        Assert.That(_log.Entries, Is.Empty);
    }

    [Test]
    public async Task Watch_ExpiredInTheStream_YieldsTheStatusAndEnds()
    {
        await using var server = await StreamAsync(
            Samples.Line("ERROR", Samples.Failure(410, "Expired", "too old resource version")) + Samples.Line("ADDED", Samples.Release()));

        var events = await WatchAllAsync(server);

        Assert.That(events, Has.Count.EqualTo(1));
        Assert.That(events[0].Type, Is.EqualTo(WatchEventType.Error));
        Assert.That(events[0].Error?.IsExpired, Is.True);
    }

    [Test]
    public async Task Watch_ObjectThatDoesNotFit_IsYieldedEmptyAndLoggedByNameOnly()
    {
        await using var server = await StreamAsync(
            Samples.Line("MODIFIED", Samples.Release(name: "odd", version: "9", more: ""","status":{"observedGeneration":"hunter2"}"""))
            + Samples.Line("ADDED", Samples.Release(version: "10")));

        var events = await WatchAllAsync(server);

        Assert.That(
            events.Select(e => (e.Type, e.Object is null, e.ResourceVersion)),
            Is.EqualTo(new[] { (WatchEventType.Modified, true, "9"), (WatchEventType.Added, false, "10") }));
        var (level, message) = _log.Entries.Single();
        Assert.That(level, Is.EqualTo(LogLevel.Error));
        Assert.That(message, Does.Contain("envs/odd").And.Contains("$.status.observedGeneration").And.Not.Contains("hunter2"));
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"metadata":{"resourceVersion":"9"}}""")]
    public async Task Watch_ObjectWithoutAName_IsYieldedEmptyAndLogged(string json)
    {
        await using var server = await StreamAsync(Samples.Line("ADDED", json));

        var events = await WatchAllAsync(server);

        Assert.That(events.Single().Object, Is.Null);
        Assert.That(_log.Entries.Single().Message, Does.Contain("an object without a name"));
    }

    [TestCase("<html>\n")]
    [TestCase("""{"type":"ADDED","object":{"metadata":""" + "\n")]
    [TestCase("""{"type":"ADDED"}""" + "\n")]
    [TestCase("[1]\n")]
    public async Task Watch_LineThatIsNoEvent_YieldsAnErrorForItsEventIsLost(string line)
    {
        await using var server = await StreamAsync(line + Samples.Line("ADDED", Samples.Release()));

        var events = await WatchAllAsync(server);

        Assert.That(events.Select(e => (e.Type, e.Error?.Reason)), Is.EqualTo(new[] { (WatchEventType.Error, "UnreadableAnswer") }));
    }

    [Test]
    public async Task Watch_UnknownType_IsSkipped()
    {
        await using var server = await StreamAsync(Samples.Line("PING", "{}") + Samples.Line("ADDED", Samples.Release()));

        Assert.That((await WatchAllAsync(server)).Select(e => e.Type), Is.EqualTo(new[] { WatchEventType.Added }));
    }

    [TestCase(""","annotations":{"k8s.io/initial-events-end":"true"}""", true)]
    [TestCase(""","annotations":{"k8s.io/initial-events-end":""}""", false)]
    [TestCase("", false)]
    public async Task Watch_Bookmark_HasItsVersionAndEndsInitialEventsOnlyWhenItSaysTrue(string annotations, bool ends)
    {
        await using var server = await StreamAsync(
            Samples.Line("BOOKMARK", $$$"""{"kind":"HelmRelease","metadata":{"resourceVersion":"11"{{{annotations}}}}}"""));

        var events = await WatchAllAsync(server);

        Assert.That(events, Is.EqualTo(new[] { new WatchEvent<HelmRelease>(WatchEventType.Bookmark, null, "11", InitialEventsEnd: ends) }));
    }

    [Test]
    public async Task Watch_ServerStalls_EndsAtTheDeadline()
    {
        var time = new FakeTimeProvider();
        await using var server = await StallAsync(new TaskCompletionSource());
        using var client = server.Client(time);
        await using var events = Open(client, time).WatchAsync(Options, CancellationToken.None).GetAsyncEnumerator();
        Assert.That(await events.MoveNextAsync().Soon(), Is.True);
        var next = events.MoveNextAsync();

        time.Advance(Options.Timeout);
        Assert.That(next.IsCompleted, Is.False, "the server's own time-out comes first");
        time.Advance(CustomResourceListWatch<HelmRelease>.DeadlineSlack);

        Assert.That(await next.Soon(), Is.False);
        Assert.That(_log.Entries.Select(e => e.Level), Does.Contain(LogLevel.Warning));
    }

    [Test]
    public async Task Watch_Cancelled_EndsAtOnceOnBothSides()
    {
        var left = new TaskCompletionSource();
        await using var server = await StallAsync(left);
        using var client = server.Client();
        using var cancel = new CancellationTokenSource();
        await using var events = Open(client).WatchAsync(Options, cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.That(await events.MoveNextAsync().Soon(), Is.True);
        var next = events.MoveNextAsync();

        await cancel.CancelAsync();

        Assert.That(async () => await next.Soon(), Throws.InstanceOf<OperationCanceledException>());
        await left.Task.Soon();
    }

    [Test]
    public async Task Watch_AbandonedByItsReader_IsClosedTowardsTheServer()
    {
        var left = new TaskCompletionSource();
        await using var server = await StallAsync(left);
        using var client = server.Client();

        await foreach (var _ in Open(client).WatchAsync(Options, CancellationToken.None))
        {
            break;
        }

        await left.Task.Soon();
    }

    [Test]
    public async Task Watch_Refused_Throws()
    {
        await using var server = await FakeApiServer.StartAsync((422, Samples.Failure(422, "Invalid")));

        Assert.That(
            async () => await WatchAllAsync(server),
            Throws.InstanceOf<ApiStatusException>().With.Property(nameof(ApiStatusException.Status)).Property(nameof(ApiStatus.Code))
            .EqualTo(422));
    }

    [Test]
    public async Task Watch_FromAVersion_SendsItWithBookmarksAndTimeout()
    {
        Assert.That(await QueryOfAsync(Options), Is.EqualTo("allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=300&watch=true"));
    }

    [Test]
    public async Task Watch_WithInitialEvents_AsksForThemNotOlderThanTheVersion()
    {
        Assert.That(
            await QueryOfAsync(new WatchOptions("", TimeSpan.FromSeconds(1.2), SendInitialEvents: true)),
            Is.EqualTo("allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=true&timeoutSeconds=2&watch=true"));
    }

    private async Task<string> QueryOfAsync(WatchOptions options)
    {
        await using var server = await StreamAsync("");
        await WatchAllAsync(server, options);
        var seen = server.Requests.Single();
        Assert.That(seen.Path, Is.EqualTo("/apis/helm.toolkit.fluxcd.io/v2/helmreleases"));
        return string.Join('&', seen.Query.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}={q.Value}"));
    }

    private async Task<List<WatchEvent<HelmRelease>>> WatchAllAsync(FakeApiServer server, WatchOptions? options = null)
    {
        using var client = server.Client();
        var events = new List<WatchEvent<HelmRelease>>();
        await foreach (var change in Open(client).WatchAsync(options ?? Options, CancellationToken.None))
        {
            events.Add(change);
        }

        return events;
    }

    private CustomResourceListWatch<HelmRelease> Open(RawKubernetes client, TimeProvider? time = null) => new(
        client, new ListWatchTarget(ApiResource.HelmReleases), WatchedJson.Default.HelmRelease, Trimming.Trim,
        time ?? TimeProvider.System, _log, ReleaseReader.Read);

    private static Task<FakeApiServer> StreamAsync(string body) =>
        FakeApiServer.StartAsync((context, _) => context.Response.WriteAsync(body));

    // One event, and then nothing until the client leaves.
    private static Task<FakeApiServer> StallAsync(TaskCompletionSource left) => FakeApiServer.StartAsync(async (context, _) =>
    {
        context.RequestAborted.Register(() => left.TrySetResult());
        await context.Response.WriteAsync(Samples.Line("ADDED", Samples.Release()));
        await context.Response.Body.FlushAsync();
        await left.Task;
    });
}
