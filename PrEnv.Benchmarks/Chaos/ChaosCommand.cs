using System.Collections.Concurrent;
using System.Diagnostics;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>
/// Three controllers on a real API server while everything goes wrong that can, and people go on working. Do never two act at once, and is
/// the world, once nothing goes wrong any more, what the open pull requests ask for? The seed repeats what is done, not what comes of it:
/// these are real processes.
/// </summary>
internal sealed class ChaosCommand(TimeSpan duration, int seed, TextWriter output) : IAsyncDisposable
{
    private const int Instances = 3;

    // Waiting for a limit of GitHub's to end, and for the longest back-off.
    private static readonly TimeSpan Mercy = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("prenv-chaos-").FullName;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly ConcurrentBag<Candidate> _everybody = [];
    private readonly Stopwatch _clock = new();
    private ChaosCluster _cluster = null!;
    private GitHubServer _github = null!;
    private Flux _flux = null!;
    private ChaosRepositories _repositories = null!;

    /// <summary>Runs; true if nothing was wrong.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"Seed {seed}, {duration.TotalMinutes:0.#} minutes, logs in {_folder}");
        _cluster = Push(await ChaosCluster.StartAsync(_folder, cancellationToken));
        _github = Push(await GitHubServer.StartAsync(new GitHubServerOptions { RequestsPerHour = 10_000_000 }, cancellationToken));
        _flux = Push(Flux.Start(_cluster.Configuration));
        var environments = Push(await EnvironmentServer.StartAsync(_flux.Environments, cancellationToken: cancellationToken));
        var slots = Enumerable.Range(0, Instances).Select(_ => new Slot(_folder, _cluster, _github.BaseUrl, _everybody)).ToList();
        _repositories = new ChaosRepositories(_github, _cluster.Client, environments.BaseUrl);
        var hooks = slots.Select(slot => new Uri($"http://127.0.0.1:{slot.Ports.Webhook}/webhooks/github")).ToList();
        await _repositories.CreateAsync(hooks, cancellationToken);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lives = Task.WhenAll(slots.Select(slot => slot.RunAsync(end.Token)));
        _clock.Start();
        var troubles = new Troubles(_cluster, _github, [.. _repositories.Names], _flux, slots, Tell);
        await MakeTroubleAsync(troubles, cancellationToken);
        Tell("nothing goes wrong any more");
        var (wrong, took) = await SettleAsync(cancellationToken);
        await end.CancelAsync();
        await lives;
        return Report(troubles, slots, wrong, took, await FencingLog.ReadAsync(_cluster, _github, _everybody));
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task MakeTroubleAsync(Troubles troubles, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(duration);
        await Task.WhenAll(troubles.RunAsync(seed, enough.Token), LiveAsync(enough.Token));
    }

    private async Task LiveAsync(CancellationToken enough)
    {
        var random = new Random(seed + 2);
        try
        {
            while (true)
            {
                await _repositories.ActAsync(random, enough);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 1500)), TimeProvider.System, enough);
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // They go home.
        }
    }

    private async Task<(IReadOnlyList<string> Wrong, TimeSpan Took)> SettleAsync(CancellationToken cancellationToken)
    {
        var judgement = new Judgement(_cluster.Client, _github, _repositories, _flux.Environments);
        var clock = Stopwatch.StartNew();
        IReadOnlyList<string> wrong = ["nothing could be read"];
        while (wrong.Count > 0 && clock.Elapsed < Mercy)
        {
            await Task.Delay(Second, TimeProvider.System, cancellationToken);
            await ChaosCluster.TryAsync(async token => wrong = await judgement.LookAsync(token), cancellationToken);
        }

        return (wrong, clock.Elapsed);
    }

    private bool Report(
        Troubles troubles, IReadOnlyList<Slot> slots, IReadOnlyList<string> wrong, TimeSpan took, FencingLog log)
    {
        foreach (var (what, count) in troubles.Counts)
            Print(what, $"{count}");
        Print("people did something", $"{_repositories.Done} times");
        Print("lives of controllers", $"{_everybody.Count}");
        Print("terms of office", $"{log.Trail.Terms.Count}, {log.Trail.Terms.Count(t => t.IsReleased)} of them given up");
        Print("from the last renewal to the next leader", string.Join(", ", log.Gaps.Order().Select(g => $"{g.TotalSeconds:0.0}")) + " s");
        Print("writes to the API server and to GitHub", $"{log.Writes.Count(w => w.What.Contains(' ') && char.IsLower(w.What[0]))} and "
            + $"{log.Writes.Count(w => char.IsUpper(w.What[0]))}");
        Print("of these, arrived in time and answered after the term", $"{log.Late.Count}");

        var faults = new List<string>();
        faults.AddRange(log.Trespasses.Select(write => $"written by who did not lead: {write}"));
        faults.AddRange(
            log.Deletions.Where(d => !_repositories.WasClosed(d.Namespace["envs-".Length..], d.Number))
                .Select(d => $"deleted although it was never closed: {d}"));
        // 0: asked to stop; 1: the Lease is lost, or no API server at the start; 137: killed; 143: asked to stop at the very start.
        faults.AddRange(slots.SelectMany(slot => slot.Ends)
            .Where(e => e.Code is not (0 or 1 or 137 or 143)).Select(e => $"exit code {e.Code}: {e.Log}"));
        faults.AddRange(wrong.Select(what => $"at the end: {what}"));
        Print("after the end of all trouble, until all was as it should be", wrong.Count == 0 ? $"{took.TotalSeconds:0} s" : "never");
        foreach (var fault in faults)
            output.WriteLine("WRONG: " + fault);
        Print("wrong", $"{faults.Count}");
        if (faults.Count == 0)
            Directory.Delete(_folder, recursive: true);
        return faults.Count == 0;
    }

    private void Tell(string what) => output.WriteLine($"{_clock.Elapsed:mm\\:ss} {what}");

    private void Print(string what, string figure) => output.WriteLine($"{what,-62} {figure}");

    private T Push<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
