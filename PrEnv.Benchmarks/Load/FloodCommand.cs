using System.Diagnostics;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Load;

/// <summary>
/// A flood of webhook deliveries, every other one forged, while pull requests on several repositories are pushed to with every good one. Is
/// none of the good ones lost, does memory stay where it was, and does everything else go on?
/// </summary>
internal sealed class FloodCommand(TextWriter output) : IAsyncDisposable
{
    private const int PerSecond = 2000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Stage _stage = null!;
    private ReleaseEye _eye = null!;
    private FloodRepositories _repositories = null!;
    private ControllerProcess _controller = null!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _stage = await Stage.StartAsync("flood", FloodRepositories.Namespaces, cancellationToken);
        _eye = _stage.Push(new ReleaseEye(_stage.Watches.Releases()));
        var github = _stage.Push(await GitHubServer.StartAsync(new GitHubServerOptions { RequestsPerHour = 1_000_000 }, cancellationToken));
        _repositories = new FloodRepositories(github, _stage);
        await _repositories.CreateAsync(cancellationToken);
        var fluxOptions = new HelmControllerOptions { ChartDuration = null, InstallDuration = TimeSpan.Zero };
        var flux = _stage.Push(HelmControllerDouble.Start(_stage.Configuration, fluxOptions));
        _stage.Push(await EnvironmentServer.StartAsync(flux.Environments, cancellationToken: cancellationToken));
        _controller = _stage.StartController(github, "controller");
        await _eye.UntilAsync(() => _repositories.AreAllShownBy(_eye), cancellationToken);

        var atRest = await RestAsync(cancellationToken);
        var before = await PhaseAsync(Task.Delay(Calm, TimeProvider.System, cancellationToken), cancellationToken);
        github.Requests.Reset();
        using var sender = new FloodSender();
        var flood = sender.SendAsync(PerSecond, Duration, _repositories.NextDelivery, cancellationToken);
        var caughtUp = CatchUpAsync(flood, cancellationToken);
        var during = await PhaseAsync(caughtUp, cancellationToken);
        var charged = github.Requests.Counters.Charged;
        var after = await PhaseAsync(Task.Delay(Calm, TimeProvider.System, cancellationToken), cancellationToken);
        var afterOne = await RestAsync(cancellationToken);
        await sender.SendAsync(PerSecond, Duration, _repositories.NextDelivery, cancellationToken);
        var afterTwo = await RestAsync(cancellationToken);

        PrintAnswers(await flood);
        Print("from the last answer to the newest commits in all releases", $"{(await caughtUp).TotalMilliseconds:0} ms");
        Print("requests to GitHub that count, during the flood", $"{charged}");
        Print("before the flood", before.ToString());
        Print("during", during.ToString());
        Print("after", after.ToString());
        Print("resident memory at rest: before, after one flood, after two", $"{atRest:0} MiB, {afterOne:0} MiB, {afterTwo:0} MiB");
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    // From the last answer on.
    private async Task<TimeSpan> CatchUpAsync(Task flood, CancellationToken cancellationToken)
    {
        await flood;
        var start = Stopwatch.GetTimestamp();
        await _eye.UntilAsync(() => _repositories.AreAllShownBy(_eye), cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    // Long enough for the process to give back what a burst took.
    private async Task<double> RestAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Calm, TimeProvider.System, cancellationToken);
        return ProcessUsage.Of(_controller.Id).ResidentMiB;
    }

    // What is seen from outside until something is over.
    private async Task<FloodPhase> PhaseAsync(Task end, CancellationToken cancellationToken)
    {
        var (updates, usage, reconciles, clock) = (
            _eye.Updates, ProcessUsage.Of(_controller.Id), await _stage.CountReconcilesAsync(cancellationToken), Stopwatch.StartNew());
        var sender = Environment.CpuUsage.TotalTime;
        var (resident, latencies) = (new List<double>(), new List<TimeSpan>());
        while (!end.IsCompleted)
        {
            var second = Task.Delay(Second, TimeProvider.System, cancellationToken);
            latencies.Add(await _repositories.ChangeBystanderAsync(_eye, cancellationToken));
            resident.Add(ProcessUsage.Of(_controller.Id).ResidentMiB);
            await second;
        }

        await end;
        var (elapsed, used) = (clock.Elapsed, ProcessUsage.Of(_controller.Id));
        latencies.Sort();
        return new FloodPhase(
            resident.Max(), resident[^1], (_eye.Updates - updates) / elapsed.TotalSeconds,
            (await _stage.CountReconcilesAsync(cancellationToken) - reconciles) / elapsed.TotalSeconds,
            latencies[latencies.Count / 2], latencies[^1], (used.Cpu - usage.Cpu) / elapsed,
            (Environment.CpuUsage.TotalTime - sender) / elapsed);
    }

    private void PrintAnswers(FloodAnswers answers)
    {
        Print("deliveries", $"{answers.All.Length}, {answers.All.Length / answers.Took.TotalSeconds:0} a second");
        Print("answers to the good ones", answers.Statuses(0));
        Print("answers to the forged ones", answers.Statuses(1));
        Print(
            "time to answer: median, 99 %, longest",
            string.Join(", ", ((int[])[50, 99, 100]).Select(p => $"{answers.Percentile(p).TotalMilliseconds:0} ms")));
    }

    private void Print(string what, string figure) => output.WriteLine($"{what,-60} {figure}");
}

/// <summary>What was seen in one phase.</summary>
internal sealed record FloodPhase(
    double Peak, double End, double Updates, double Reconciles, TimeSpan Median, TimeSpan Longest, double Processor, double SenderProcessor)
{
    public override string ToString() =>
        $"memory up to {Peak:0} MiB, {End:0} MiB at the end; {Updates:0.0} new commits in HelmReleases and {Reconciles:0.0} reconciles a "
        + "second; "
        + $"an unrelated change: {Median.TotalMilliseconds:0} ms, at most {Longest.TotalMilliseconds:0} ms; "
        + $"processor {Processor:0.00} of a core, {SenderProcessor:0.00} for the sender and the doubles";
}
