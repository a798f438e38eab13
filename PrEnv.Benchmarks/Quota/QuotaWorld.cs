using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Benchmarks.Planning;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Benchmarks.Quota;

/// <summary>Resources on repositories of their own, with 10 open pull requests each and one token for all, on simulated time.</summary>
internal sealed class QuotaWorld : IAsyncDisposable
{
    private const int PullRequests = 10;
    private const string Owner = "octo-org";
    private const string Token = "quota-token";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time;
    private readonly GitHubServer _github;
    private readonly SimulatedController _controller;
    private readonly int _repositories;

    private QuotaWorld(FakeTimeProvider time, GitHubServer github, int repositories)
    {
        (_time, _github, _repositories) = (time, github, repositories);
        _controller = new SimulatedController(time, github.BaseUrl);
    }

    public CountedCluster Cluster => _controller.Cluster;

    /// <summary>The states that GitHub was told, of all commits.</summary>
    public IEnumerable<string> States =>
        Enumerable.Range(0, _repositories).SelectMany(i => _github.Statuses(Owner, Name(i))).Select(s => s.State);

    /// <summary>Starts so many repositories with a resource each, and lets them settle.</summary>
    public static async Task<QuotaWorld> StartAsync(
        int repositories, Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec> change, CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var github = await GitHubServer.StartAsync(new GitHubServerOptions { TimeProvider = time }, cancellationToken);
        github.AddToken(Token);
        var world = new QuotaWorld(time, github, repositories);
        for (var i = 0; i < repositories; i++)
            world.Add(Name(i), change);
        await world.RunAsync(Settling, cancellationToken);
        return world;
    }

    /// <summary>Every filter, checks, a limit, expiry, sleep and big values, all of which let every environment be.</summary>
    public static PREphemeralEnvControllerSpec WithEverything(PREphemeralEnvControllerSpec spec) =>
        SettledSnapshot.EveryLifetime(SettledSnapshot.BigValues(spec)) with
        {
            PullRequests = SettledSnapshot.EveryFilter with { Paths = ["src/**"], ExcludePaths = ["**/*.md"] },
        };

    /// <summary>An hour in which nothing changes.</summary>
    public async Task<HourlyCost> RestAsync(CancellationToken cancellationToken)
    {
        Reset();
        await RunAsync(Hour, cancellationToken);
        return Cost();
    }

    /// <summary>An hour with so many changes: by turns a push, an opening and a closing, each time in another repository.</summary>
    public async Task<HourlyCost> ChangeAsync(int changes, CancellationToken cancellationToken)
    {
        Reset();
        for (var i = 0; i < changes; i++)
        {
            Change(i);
            await RunAsync(Hour / changes, cancellationToken);
        }

        return Cost();
    }

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        await _github.DisposeAsync();
    }

    private static string Name(int repository) => string.Create(CultureInfo.InvariantCulture, $"shop-{repository:000}");

    private void Add(string name, Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec> change)
    {
        _github.CreateRepository(Owner, name, isPrivate: true);
        _github.Grant(Token, Owner, name);
        for (var i = 0; i < PullRequests; i++)
            Open(name);
        Cluster.Add(new PREphemeralEnvController
        {
            Metadata = new ObjectMeta { Namespace = name, Name = name, Uid = name, Generation = 1 },
            Spec = change(new PREphemeralEnvControllerSpec
            {
                GitHubPRRepository = new GitHubPRRepository
                {
                    User = Owner,
                    Repo = name,
                    TokenSecretRef = new SecretKeyReference { Name = Token },
                },
                EnvCreationHelmRepo = new EnvCreationHelmRepo
                {
                    FluxSourceRepoName = "infra",
                    HelmChartPath = "charts/env",
                    DestinationNamespace = name,
                },
                ReadyWhen = "HelmReleaseReady",
            }),
        });
        _controller.Wake(new ResourceKey(name, name));
    }

    // What every filter admits, with its check passed.
    private void Open(string name)
    {
        var opened = _github.OpenPullRequest(
            Owner, name, new NewPullRequest { Branch = "feature/basket", Files = ["src/app.cs"], Labels = ["preview", "shop"] });
        Check(name, opened.HeadSha);
    }

    private void Check(string name, string sha) => _github.RunCheck(Owner, name, sha, SettledSnapshot.Check, "success");

    private void Change(int change)
    {
        var (name, oldest) = (Name(change * 37 % _repositories), 1 + (change / _repositories));
        if (change % 3 == 0)
            Check(name, _github.Push(Owner, name, PullRequests).HeadSha);
        else if (change % 3 == 1)
            Open(name);
        else
            _github.Close(Owner, name, oldest);
    }

    private Task RunAsync(TimeSpan time, CancellationToken cancellationToken) =>
        _controller.RunUntilAsync(_time.GetUtcNow() + time, cancellationToken);

    private void Reset()
    {
        _github.Requests.Reset();
        Cluster.Writes = 0;
    }

    private HourlyCost Cost()
    {
        var counters = _github.Requests.Counters;
        return new HourlyCost(
            counters.Charged, counters.Uncharged, _github.Requests.Entries.Count(entry => entry.Method != "GET"), Cluster.Writes);
    }
}
