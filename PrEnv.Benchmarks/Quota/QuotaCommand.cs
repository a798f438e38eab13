using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;

namespace PrEnv.Benchmarks.Quota;

/// <summary>What an hour costs: 100 resources on 100 repositories with 10 open pull requests each, and one token for all of them.</summary>
internal sealed class QuotaCommand(TextWriter output)
{
    private const int Repositories = 100;
    private const int PullRequests = 10;
    private const int Changes = 200;
    private const string Owner = "octo-org";
    private const string Token = "quota-token";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var github = await GitHubServer.StartAsync(new GitHubServerOptions { TimeProvider = time }, cancellationToken);
        github.AddToken(Token);
        await using var controller = new SimulatedController(time, github.BaseUrl);
        for (var i = 0; i < Repositories; i++)
            Add(github, controller, i);
        await controller.RunUntilAsync(time.GetUtcNow() + TimeSpan.FromMinutes(10), cancellationToken);
        await output.WriteLineAsync($"HelmReleases: {controller.Cluster.Releases}, commit statuses: {Posts(github)}");

        Reset(github, controller);
        await controller.RunUntilAsync(time.GetUtcNow() + Hour, cancellationToken);
        await PrintAsync("an hour with nothing changed", github, controller);

        Reset(github, controller);
        for (var i = 0; i < Changes; i++)
        {
            Change(github, i);
            await controller.RunUntilAsync(time.GetUtcNow() + (Hour / Changes), cancellationToken);
        }

        await PrintAsync($"an hour with {Changes} changes", github, controller);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"charged per change: {(double)github.Requests.Counters.Charged / Changes:0.00}"));
    }

    private static string Name(int repository) => string.Create(CultureInfo.InvariantCulture, $"shop-{repository:000}");

    private static void Add(GitHubServer github, SimulatedController controller, int repository)
    {
        var name = Name(repository);
        github.CreateRepository(Owner, name, isPrivate: true);
        github.Grant(Token, Owner, name);
        for (var i = 0; i < PullRequests; i++)
            github.OpenPullRequest(Owner, name);
        controller.Cluster.Add(new PREphemeralEnvController
        {
            Metadata = new ObjectMeta { Namespace = name, Name = name, Uid = name, Generation = 1 },
            Spec = new PREphemeralEnvControllerSpec
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
            },
        });
        controller.Wake(new ResourceKey(name, name));
    }

    // In turn a push, an opening and a closing, each time in another repository.
    private static void Change(GitHubServer github, int change)
    {
        var (name, oldest) = (Name(change * 37 % Repositories), 1 + (change / Repositories));
        if (change % 3 == 0)
            github.Push(Owner, name, PullRequests);
        else if (change % 3 == 1)
            github.OpenPullRequest(Owner, name);
        else
            github.Close(Owner, name, oldest);
    }

    private static void Reset(GitHubServer github, SimulatedController controller)
    {
        github.Requests.Reset();
        controller.Cluster.Writes = 0;
    }

    private static int Posts(GitHubServer github) => github.Requests.Entries.Count(entry => entry.Method != "GET");

    private Task PrintAsync(string what, GitHubServer github, SimulatedController controller)
    {
        var counters = github.Requests.Counters;
        return output.WriteLineAsync(
            $"{what}: {counters.Charged} requests charged, {counters.Uncharged} not; {Posts(github)} writes to GitHub, "
            + $"{controller.Cluster.Writes} to Kubernetes");
    }
}
