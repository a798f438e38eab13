using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Composition;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Kubernetes.Watching;

/// <summary>An API server whose watch cache lags behind: who asks for any version gets the past.</summary>
[TestFixture]
internal sealed class LaggingServerTests
{
    private static readonly string Past = Samples.Release("relpr-1", version: "7");

    private static readonly string Present = Samples.Release("relpr-2", uid: "uid-2", version: "70");

    [Test]
    public async Task FirstState_OfReleases_IsNotThatOfThePast([Values] bool streams)
    {
        await using var server = await StartAsync(streams);
        using var client = server.Client();
        var factory = new ListWatchFactory(client, TimeProvider.System, NullLoggerFactory.Instance);

        Assert.That(await NamesAsync(factory.Releases(), HelmRelease.Plural), Is.EqualTo(["relpr-2"]));
    }

    [Test]
    public async Task FirstState_OfResources_IsNotThatOfThePast([Values] bool streams)
    {
        await using var server = await StartAsync(streams);
        using var client = server.Client();
        var factory = new ListWatchFactory(client, TimeProvider.System, NullLoggerFactory.Instance);

        Assert.That(await NamesAsync(factory.Resources(), PREphemeralEnvController.Plural), Is.EqualTo(["relpr-2"]));
    }

    [Test]
    public async Task ListAgain_AfterAnExpiredWatch_IsNotOlderThanWhatWasSeen([Values] bool streams)
    {
        var again = new TaskCompletionSource();
        var syncs = 0;
        await using var server = await StartAsync(streams, () =>
        {
            if (++syncs == 2)
                again.TrySetResult();
            return syncs == 1;
        });
        using var client = server.Client();
        var factory = new ListWatchFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        var informer = Informer(factory.Releases(), HelmRelease.Plural);
        using var stop = new CancellationTokenSource();
        var run = informer.RunAsync(stop.Token);
        await again.Task.Soon();
        await stop.CancelAsync();
        await run;

        Assert.That(server.Requests.Select(r => r.Query.GetValueOrDefault("resourceVersion")), Has.None.EqualTo("0"));
        Assert.That(informer.Store.List().Select(r => r.Metadata.Name), Is.EqualTo(["relpr-2"]));
    }

    private static async Task<IEnumerable<string>> NamesAsync<T>(IListWatch<T> listWatch, string name)
        where T : class, IClusterObject
    {
        var informer = Informer(listWatch, name);
        using var stop = new CancellationTokenSource();
        var handler = informer.AddHandler(new Deaf<T>(), "deaf");
        var run = informer.RunAsync(stop.Token);
        await handler.Synced.Soon();
        var names = informer.Store.List().Select(o => o.Metadata.Name).ToList();
        await stop.CancelAsync();
        await run;
        return names;
    }

    private static SharedInformer<T> Informer<T>(IListWatch<T> listWatch, string name)
        where T : class, IClusterObject =>
        new(
            listWatch, ReconcileHostExtensions.ReadingOf(name) with { BackoffBase = TimeSpan.FromMilliseconds(1) }, TimeProvider.System,
            NullLogger.Instance);

    // The first plain watch is refused as expired, if asked for.
    private static Task<FakeApiServer> StartAsync(bool streams, Func<bool>? expires = null) => FakeApiServer.StartAsync(
        async (context, request) =>
        {
            var item = request.Query.GetValueOrDefault("resourceVersion") == "0" ? Past : Present;
            context.Response.ContentType = "application/json";
            if (!request.Query.ContainsKey("watch"))
            {
                await context.Response.WriteAsync($$$"""{"metadata":{"resourceVersion":"70"},"items":[{{{item}}}]}""");
                return;
            }

            var isStreamingList = request.Query.ContainsKey("sendInitialEvents");
            if (isStreamingList && !streams)
            {
                context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                await context.Response.WriteAsync(Samples.Failure(422, "Invalid", "sendInitialEvents is forbidden"));
                return;
            }

            if (isStreamingList)
            {
                await context.Response.WriteAsync(Samples.Line("ADDED", item) + Samples.Line(
                    "BOOKMARK",
                    """{"metadata":{"resourceVersion":"70","annotations":{"k8s.io/initial-events-end":"true"}}}"""));
            }

            if (expires?.Invoke() == true)
                await context.Response.WriteAsync(Samples.Line("ERROR", Samples.Failure(410, "Expired")));
            await context.Response.Body.FlushAsync();
            await context.UntilItsClientLeaves();
        });

    private sealed class Deaf<T> : IInformerHandler<T>
        where T : class, IClusterObject
    {
        public void OnAdded(T item, bool isInInitialList)
        {
        }

        public void OnUpdated(T old, T item)
        {
        }

        public void OnDeleted(Tombstone<T> tombstone)
        {
        }
    }
}
