using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Pages;
using PrEnv.Core.Informers;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Pages;

/// <summary>The page on a real server, and what it shows.</summary>
internal sealed class PageWorld : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly WebApplication _app;

    private PageWorld(TimeProvider time)
    {
        Streams = new EventStreams(Changes, time);
        Leadership.Setup(l => l.IsOpen).Returns(() => IsLeader);
        var catalog = new Catalog(Resources, Releases, Latest, Changes, Leadership.Object, new Uri("https://api.github.com/"));
        var routes = new PageRoutes(catalog, () => IsReady, Changes, Streams, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        routes.Map(_app);
        Latest.Changed = Changes.Note;
    }

    public FakeTimeProvider Time { get; private init; } = new(Some.Now);

    public Store<PREphemeralEnvController> Resources { get; } = new();

    public Store<HelmRelease> Releases { get; } = new(ClusterView.Indexes);

    public LatestReconciles Latest { get; } = new();

    public PageChanges Changes { get; } = new();

    public EventStreams Streams { get; }

    public Mock<IWriteFence> Leadership { get; } = new();

    public bool IsReady { get; set; } = true;

    public bool IsLeader { get; set; } = true;

    public Uri Url => new(_app.Urls.First());

    /// <param name="time">Default: the fake one.</param>
    public static async Task<PageWorld> StartAsync(TimeProvider? time = null)
    {
        var fake = new FakeTimeProvider(Some.Now);
        var world = new PageWorld(time ?? fake) { Time = fake };
        await world._app.StartAsync();
        return world;
    }

    /// <summary>A resource on octo/app with these rows.</summary>
    public PREphemeralEnvController Add(string name, params EnvironmentStatus[] rows)
    {
        var some = Some.Resource();
        var resource = some with
        {
            Metadata = some.Metadata with { Name = name, Uid = "uid-" + name },
            Status = some.Status! with
            {
                Environments = rows,
                OpenPullRequests = rows.Length,
                EnvironmentsTotal = rows.Length,
                EnvironmentsReady = rows.Count(r => r.Phase == EnvironmentPhase.Ready),
                Conditions = [new Condition { Type = "Ready", Status = "True", Reason = "Ready", Message = "All is well." }],
            },
        };
        Resources.Upsert(resource);
        Changes.Note();
        return resource;
    }

    /// <summary>A row that is ready since an hour.</summary>
    public static EnvironmentStatus Row(int number, string phase = EnvironmentPhase.Ready, string? message = "It answers.") => new()
    {
        PrNumber = number,
        HeadSha = Some.Sha,
        Phase = phase,
        Reason = "ProbeSucceeded",
        Message = message,
        Url = string.Create(CultureInfo.InvariantCulture, $"https://pr-{number}.example.com/"),
        Since = Some.Now - TimeSpan.FromHours(1),
        HelmRelease = string.Create(CultureInfo.InvariantCulture, $"envs/relpr-{number}"),
    };

    /// <summary>A publication with rows that the status has no room for.</summary>
    public static Publication WithRest(PREphemeralEnvController resource, params IEnumerable<EnvironmentStatus> rest) =>
        new(resource.Status!, [])
        {
            Rows = [.. Enumerable.Repeat(Row(1), PREphemeralEnvControllerStatus.MaxEnvironments), .. rest],
        };

    /// <summary>What a reconcile of this process would have known.</summary>
    public void Reconciled(PREphemeralEnvController resource, params PullRequest[] pullRequests) => Latest.Remember(
        resource.Metadata.Key,
        new Snapshot
        {
            Resource = resource,
            Spec = Some.Reading(resource),
            Now = Some.Now,
            Remembered = pullRequests.ToDictionary(p => p.Number),
        },
        new Plan { Overall = OverallVerdict.Well("All is well.") },
        new Publication(resource.Status!, []) { Rows = [.. (resource.Status!.Environments ?? []).OfType<EnvironmentStatus>()] });

    /// <summary>A reconcile of this process that found the first row and concluded the second.</summary>
    public void Saw(PREphemeralEnvController resource, EnvironmentStatus before, EnvironmentStatus after)
    {
        resource = resource with { Status = resource.Status! with { Environments = [before] } };
        Latest.Remember(
            resource.Metadata.Key,
            new Snapshot { Resource = resource, Spec = Some.Reading(resource), Now = Some.Now },
            new Plan { Overall = OverallVerdict.Well("All is well.") },
            new Publication(resource.Status, []) { Rows = [after] });
    }

    /// <summary>The same of a reconcile that has really planned.</summary>
    public void Planned(PREphemeralEnvController resource, params PullRequest[] pullRequests) => Planned(resource, [], pullRequests);

    /// <summary>The same with these HelmReleases in the cluster.</summary>
    public void Planned(PREphemeralEnvController resource, ImmutableArray<HelmRelease> releases, params PullRequest[] pullRequests)
    {
        var snapshot = new Snapshot
        {
            Resource = resource,
            Spec = Some.Reading(resource),
            Now = Some.Now,
            Releases = releases,
            Listing = new PullRequestListing.Complete([.. pullRequests]),
            Remembered = pullRequests.ToDictionary(p => p.Number),
        };
        Latest.Remember(
            resource.Metadata.Key, snapshot, Core.Planning.EnvironmentReconciler.Reconcile(snapshot),
            new Publication(resource.Status!, []));
    }

    /// <summary>A HelmRelease of a resource.</summary>
    public HelmRelease AddRelease(
        PREphemeralEnvController owner, int number, PullRequest? pullRequest = null, Func<HelmRelease, HelmRelease>? change = null)
    {
        var spec = Some.Spec(owner);
        var desired = DesiredReleases.For(
            new ReleaseWish
            {
                Resource = owner,
                Template = ReleaseTemplate.Of(spec),
                PullRequest = pullRequest ?? Some.PullRequest(number),
            },
            Some.Now);
        var release = new HelmRelease
        {
            Metadata = new ObjectMeta
            {
                Namespace = desired.Key.Namespace,
                Name = desired.Key.Name,
                Uid = string.Create(CultureInfo.InvariantCulture, $"uid-{owner.Metadata.Name}-{number}"),
                Generation = 1,
                CreationTimestamp = Some.Now - TimeSpan.FromDays(2),
                Labels = desired.Labels,
                Annotations = desired.Annotations,
            },
            Spec = desired.Spec,
        };
        release = change?.Invoke(release) ?? release;
        Releases.Upsert(release);
        Changes.Note();
        return release;
    }

    public async Task<HttpResponseMessage> SendAsync(string path, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(Url, path));
        return await _http.SendAsync(request).Soon();
    }

    /// <summary>An answer whose status is 200.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var answer = await SendAsync(path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await GetAsync(path))!;

    /// <summary>Numbers of the environments that the JSON of the overview has.</summary>
    public async Task<int[]> NumbersAsync(string query) =>
        [.. (await GetJsonAsync("/api/environments" + query))["environments"]!.AsArray().Select(e => (int)e!["number"]!)];

    /// <summary>An event stream, line by line.</summary>
    public async Task<StreamReader> OpenEventsAsync(string query = "")
    {
        var stream = await _http.GetStreamAsync(new Uri(Url, "/events" + query)).Soon();
        return new StreamReader(stream);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
