using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PrEnv.Benchmarks.Planning;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Pages;
using PrEnv.Core.Informers;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Page;

/// <summary>The page as the leader serves it, with so many settled environments, on a port of this machine.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly Store<PREphemeralEnvController> _resources = new();
    private readonly Store<HelmRelease> _releases = new(ClusterView.Indexes);
    private readonly LatestReconciles _latest = new();
    private readonly PageChanges _changes = new();
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly IReadOnlyDictionary<int, PullRequest> _listing;

    private PageServer(Snapshot snapshot)
    {
        // The process has them in any case, to plan with.
        _listing = ((PullRequestListing.Complete)snapshot.Listing!).PullRequests.ToDictionary(p => p.Number);
        snapshot = snapshot with { Remembered = _listing };
        _resources.Upsert(snapshot.Resource);
        foreach (var release in snapshot.Releases)
            _releases.Upsert(release);
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        _latest.Changed = _changes.Note;
        _latest.Remember(snapshot.Resource.Metadata.Key, snapshot, plan, Conclusion.Conclude(snapshot, plan, [], []));

        var catalog = new Catalog(_resources, _releases, _latest, _changes, new AlwaysLeading(), new Uri("https://api.github.com/"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        new PageRoutes(catalog, () => true, _changes, new EventStreams(_changes, TimeProvider.System), TimeProvider.System).Map(_app);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    }

    /// <param name="count">How many environments.</param>
    public static async Task<PageServer> StartAsync(int count)
    {
        var server = new PageServer(SettledSnapshot.Of(count));
        await server._app.StartAsync();
        server._http.BaseAddress = new Uri(server._app.Urls.First());
        return server;
    }

    /// <summary>Something has changed: what was made for earlier viewers is out of date.</summary>
    public void Change() => _changes.Note();

    public async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) =>
        await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken);

    /// <summary>Streams that have said their first words.</summary>
    public async Task<IReadOnlyList<Stream>> OpenStreamsAsync(int count, CancellationToken cancellationToken)
    {
        var streams = new List<Stream>();
        for (var i = 0; i < count; i++)
        {
            var address = new Uri("/events?since=" + Uri.EscapeDataString(_changes.Version), UriKind.Relative);
            var stream = await _http.GetStreamAsync(address, cancellationToken);
            await stream.ReadExactlyAsync(new byte[1], cancellationToken);
            streams.Add(stream);
        }

        return streams;
    }

    /// <summary>What is alive with what the page keeps, and without.</summary>
    public string Kept()
    {
        var with = LiveBytes();
        foreach (var resource in _resources.List())
            _latest.Forget(resource.Metadata.Key);
        var without = LiveBytes();
        GC.KeepAlive(_listing);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(with - without) / 1024.0 / 1024:0.0} MiB of {with / 1024.0 / 1024:0.0} MiB alive");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static long LiveBytes()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
