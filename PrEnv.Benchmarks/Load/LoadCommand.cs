using System.Diagnostics;
using System.Net;
using System.Text.Json;
using k8s;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Load;

/// <summary>The end-to-end load: so many open pull requests on one resource, on a real API server.</summary>
internal sealed class LoadCommand(int count, TimeSpan settledFor, TextWriter output) : IAsyncDisposable
{
    private const string Owner = "octo-org";
    private const string Repository = "shop";
    private const string Token = "load-token";
    private const int RawParallelism = 16;
    private const int Pushes = 200;

    // What a push brings about beside the new commit, a status of 500 rows among it, is over by then.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private Stage _stage = null!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _stage = await Stage.StartAsync("load", ["raw-1", "envs", "raw-2"], cancellationToken);
        await _stage.CreateSecretAsync("load-token", Token, cancellationToken);

        var raw1 = await RawAsync("raw-1", cancellationToken);
        Print("raw parallel create loop, before", $"{raw1:0} releases/s");

        var github = _stage.Push(await GitHubServer.StartAsync(new GitHubServerOptions { RequestsPerHour = 1_000_000 }, cancellationToken));
        github.CreateRepository(Owner, Repository, isPrivate: true);
        github.AddToken(Token);
        github.Grant(Token, Owner, Repository, AccessLevel.Push);
        for (var i = 0; i < count; i++)
            github.OpenPullRequest(Owner, Repository);
        var controller = StartController(github, "first");
        var own = await CreateAsync(cancellationToken);
        Print("PrEnv", $"{own:0} releases/s");

        var fluxOptions = new HelmControllerOptions { ChartDuration = null, InstallDuration = TimeSpan.Zero };
        var flux = _stage.Push(HelmControllerDouble.Start(_stage.Configuration, fluxOptions));
        _stage.Push(await EnvironmentServer.StartAsync(flux.Environments, cancellationToken: cancellationToken));
        await SettleAsync(github, cancellationToken);
        await MeasureSettledAsync(github, controller, cancellationToken);
        await MeasureWebhooksAsync(github, controller, cancellationToken);

        await controller.StopAsync();
        await MeasureStartAsync(github, cancellationToken);
        var raw2 = await RawAsync("raw-2", cancellationToken);
        Print("raw parallel create loop, after", $"{raw2:0} releases/s");
        Print("ratio PrEnv / mean of raw", $"{own / ((raw1 + raw2) / 2):0.00}");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    // The reference: the same bodies by the same client library, as fast as it goes.
    private async Task<double> RawAsync(string @namespace, CancellationToken cancellationToken)
    {
        var clock = await CreationClock.SetAsync(_stage.Watches.Releases(), @namespace, cancellationToken);
        var rate = clock.RateAsync(count, cancellationToken);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = RawParallelism, CancellationToken = cancellationToken },
            async (number, token) => await _stage.Client.CustomObjects.CreateNamespacedCustomObjectAsync(
                Body(@namespace, number), HelmRelease.Group, HelmRelease.Version, @namespace, HelmRelease.Plural,
                cancellationToken: token));
        return await rate;
    }

    private async Task<double> CreateAsync(CancellationToken cancellationToken)
    {
        var clock = await CreationClock.SetAsync(_stage.Watches.Releases(), "envs", cancellationToken);
        var rate = clock.RateAsync(count, cancellationToken);
        await new MeasuredResource("load", Owner, "load-token", "envs") { Repository = Repository }.ApplyAsync(
            _stage.Client, cancellationToken);
        return await rate;
    }

    private async Task SettleAsync(GitHubServer github, CancellationToken cancellationToken)
    {
        while (github.Statuses(Owner, Repository).Count < count || await ReadyAsync(cancellationToken) < count)
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);

        // What was posted last is still being noted on its release.
        for (var before = -1L; ;)
        {
            var writes = await ApiServerWrites.CountAsync(_stage.Client, cancellationToken);
            if (writes == before)
                return;
            before = writes;
            await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System, cancellationToken);
        }
    }

    private async Task MeasureSettledAsync(GitHubServer github, ControllerProcess controller, CancellationToken cancellationToken)
    {
        github.Requests.Reset();
        var (writes, usage, clock) = (
            await ApiServerWrites.CountAsync(_stage.Client, cancellationToken), ProcessUsage.Of(controller.Id), Stopwatch.StartNew());
        var resident = new List<double>();
        while (clock.Elapsed < settledFor)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            resident.Add(ProcessUsage.Of(controller.Id).ResidentMiB);
        }

        resident.Sort();
        var (end, elapsed) = (ProcessUsage.Of(controller.Id), clock.Elapsed);
        Print("settled: resident memory", $"{resident[resident.Count / 2]:0} MiB, at most {resident[^1]:0} MiB");
        Print("settled: of that, anonymous", $"{end.AnonymousMiB:0} MiB at the end");
        Print("settled: processor", $"{100 * (end.Cpu - usage.Cpu) / elapsed:0.0} % of a core over {elapsed.TotalSeconds:0} s");
        Print("settled: writes to Kubernetes", $"{await ApiServerWrites.CountAsync(_stage.Client, cancellationToken) - writes}");
        Print("settled: requests to GitHub", $"{github.Requests.Counters.Charged} charged, {github.Requests.Counters.Uncharged} not");
    }

    private async Task MeasureWebhooksAsync(GitHubServer github, ControllerProcess controller, CancellationToken cancellationToken)
    {
        github.AddWebhook(Owner, Repository, new Uri($"http://127.0.0.1:{_stage.WebhookPort}/webhooks/github"), Token);
        github.Requests.Reset();
        await MeasureWebhooksAsync(github, controller, "settled", Settling, cancellationToken);
        await MeasureWebhooksAsync(github, controller, "without a pause", TimeSpan.Zero, cancellationToken);
        Print("requests to GitHub per push", $"{github.Requests.Counters.Charged / (2.0 * Pushes):0.00} charged");
    }

    private async Task MeasureWebhooksAsync(
        GitHubServer github, ControllerProcess controller, string how, TimeSpan pause, CancellationToken cancellationToken)
    {
        var (before, reconciles) = (ProcessUsage.Of(controller.Id).Cpu, await _stage.CountReconcilesAsync(cancellationToken));
        var times = await new WebhookFigure(github, Owner, Repository, _stage.Watches.Releases()).MeasureAsync(
            Pushes, count, pause, cancellationToken);
        Print($"push to HelmRelease, {how}: median", $"{times[times.Count / 2].TotalMilliseconds:0.0} ms");
        Print($"push to HelmRelease, {how}: 99 %", $"{times[times.Count * 99 / 100].TotalMilliseconds:0} ms");
        Print($"processor per push, {how}", $"{(ProcessUsage.Of(controller.Id).Cpu - before).TotalMilliseconds / Pushes:0.0} ms");
        Print($"reconciles per push, {how}", $"{(await _stage.CountReconcilesAsync(cancellationToken) - reconciles) / Pushes:0.0}");
    }

    private async Task MeasureStartAsync(GitHubServer github, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        var controller = StartController(github, "second");
        while (!await IsReadyAsync(http, cancellationToken))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        Print("start of the process to synced", $"{clock.Elapsed.TotalSeconds:0.0} s");
        await controller.StopAsync();
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{_stage.HealthPort}/readyz"), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private ControllerProcess StartController(GitHubServer github, string name) => _stage.StartController(github, name);

    private async Task<int> ReadyAsync(CancellationToken cancellationToken)
    {
        var resource = (JsonElement)await _stage.Client.CustomObjects.GetNamespacedCustomObjectAsync(
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, "default", PREphemeralEnvController.Plural, "load",
            cancellationToken);
        return resource.Deserialize(ResourceJson.Default.PREphemeralEnvController)!.Status?.EnvironmentsReady ?? 0;
    }

    private static object Body(string @namespace, int number)
    {
        var owner = new PREphemeralEnvController
        {
            Metadata = new ObjectMeta { Name = "load", Namespace = "default", Uid = "00000000-0000-0000-0000-000000000000" },
            Spec = new PREphemeralEnvControllerSpec
            {
                GitHubPRRepository = new GitHubPRRepository { User = Owner, Repo = Repository },
                EnvCreationHelmRepo = new EnvCreationHelmRepo
                {
                    FluxSourceRepoName = "infra",
                    HelmChartPath = "charts/env",
                    DestinationNamespace = @namespace,
                },
            },
        };
        var spec = SpecReader.Read(owner, new ControllerSettings()).Spec!;
        var wish = new ReleaseWish
        {
            Resource = owner,
            Template = ReleaseTemplate.Of(spec),
            PullRequest = new PullRequest { Number = number, HeadSha = new string('a', 40) },
        };
        var desired = DesiredReleases.For(wish, DateTimeOffset.UnixEpoch);
        return new
        {
            apiVersion = $"{HelmRelease.Group}/{HelmRelease.Version}",
            kind = HelmRelease.Kind,
            metadata = new { name = desired.Key.Name, @namespace, labels = desired.Labels, annotations = desired.Annotations },
            spec = JsonSerializer.SerializeToElement(desired.Spec, ResourceJson.Default.HelmReleaseSpec),
        };
    }

    private void Print(string what, string figure) => output.WriteLine($"{what,-45} {figure}");
}
