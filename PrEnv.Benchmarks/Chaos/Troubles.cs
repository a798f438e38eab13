using System.Collections.Concurrent;
using PrEnv.Sandbox.GitHub;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>
/// What goes wrong, one thing after the other, on two tracks at a time: with the controllers, and with the world around them.
/// </summary>
internal sealed class Troubles(
    ChaosCluster cluster, GitHubServer github, IReadOnlyList<string> names, Flux flux, IReadOnlyList<Slot> slots, Action<string> tell)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How often each thing happened.</summary>
    public IEnumerable<KeyValuePair<string, int>> Counts => _counts.OrderBy(c => c.Key, StringComparer.Ordinal);

    public Task RunAsync(int seed, CancellationToken stop) => Task.WhenAll(
        RepeatAsync(new Random(seed), HitControllerAsync, stop),
        RepeatAsync(new Random(seed + 1), HitWorldAsync, stop));

    private static async Task RepeatAsync(Random random, Func<Random, CancellationToken, Task> hit, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Between(random, TimeSpan.FromSeconds(1), Recovery), TimeProvider.System, stop);
                await hit(random, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All is over, and what was broken is whole again.
        }
    }

    private async Task HitControllerAsync(Random random, CancellationToken stop)
    {
        // The leader more often than not: who asked GitHub last.
        var last = github.Requests.Entries is [.., var newest] ? newest.Host : null;
        var leader = slots.FirstOrDefault(slot => slot.Current?.GitHubHost == last);
        var slot = leader is not null && random.Next(100) < 65 ? leader : slots[random.Next(slots.Count)];
        if (slot.Current is not { } victim)
            return;
        var who = slot == leader ? "leader" : "candidate";
        var past = Between(random, Slot.Lease, Slot.Lease + TimeSpan.FromSeconds(6));
        var brief = Between(random, TimeSpan.FromSeconds(1), Slot.RenewDeadline);
        await (random.Next(7) switch
        {
            0 => DoAsync($"{who} killed", () => SignalAsync(victim, "KILL", TimeSpan.Zero, stop)),
            1 => DoAsync($"{who} asked to stop", () => SignalAsync(victim, "TERM", TimeSpan.Zero, stop)),
            2 => DoAsync($"{who} paused past the lease", () => SignalAsync(victim, "STOP", past, stop)),
            3 => DoAsync($"{who} paused briefly", () => SignalAsync(victim, "STOP", brief, stop)),
            4 => DoAsync($"{who} cut off from the API server", () => CutOffAsync(past, stop, victim.Cluster)),
            5 => DoAsync($"{who} cut off from GitHub", () => CutOffAsync(past, stop, victim.GitHub)),
            _ => DoAsync($"{who} cut off from both", () => CutOffAsync(brief, stop, victim.Cluster, victim.GitHub)),
        });
    }

    private Task HitWorldAsync(Random random, CancellationToken stop) => random.Next(10) switch
    {
        0 => DoAsync("API server restarts", () => RestartAsync(Between(random, TimeSpan.Zero, TimeSpan.FromSeconds(6)), stop)),
        1 or 2 => DoAsync("etcd is slow", () => StallAsync(random, stop)),
        3 => DoAsync("Flux killed", () => flux.KillAsync(Between(random, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)), stop)),
        4 => DoAsync("GitHub shows a repository as it was", () => LagAsync(random, stop)),
        _ => FailGitHubAsync(random, stop),
    };

    private async Task FailGitHubAsync(Random random, CancellationToken stop)
    {
        var (name, rule) = GitHubTroubles.Any(random);
        await DoAsync($"GitHub: {name}", async () =>
        {
            github.Faults.Add(rule);
            try
            {
                await Task.Delay(Between(random, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15)), TimeProvider.System, stop);
            }
            finally
            {
                github.Faults.Clear();
            }
        });
    }

    private async Task DoAsync(string what, Func<Task> act)
    {
        tell(what);
        _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
        await act();
    }

    private static async Task SignalAsync(Candidate victim, string signal, TimeSpan duration, CancellationToken stop)
    {
        Signal(signal);
        if (signal != "STOP")
            return;
        try
        {
            await Task.Delay(duration, TimeProvider.System, stop);
        }
        finally
        {
            Signal("CONT");
        }

        void Signal(string name)
        {
            try
            {
                victim.Process.Signal(name);
            }
            catch (InvalidOperationException)
            {
                // It has ended in the meantime.
            }
        }
    }

    // What the network held back is lost with the connections: TCP would bring it late, from a sender that may be gone.
    private static async Task CutOffAsync(TimeSpan duration, CancellationToken stop, params Sandbox.Loopback.TcpProxy[] ways)
    {
        foreach (var way in ways)
            way.Silence();
        try
        {
            await Task.Delay(duration, TimeProvider.System, stop);
        }
        finally
        {
            foreach (var way in ways)
            {
                way.Cut();
                way.Speak();
            }
        }
    }

    private async Task RestartAsync(TimeSpan away, CancellationToken stop)
    {
        await cluster.Plane.StopApiServerAsync(CancellationToken.None);
        try
        {
            await Task.Delay(away, TimeProvider.System, stop);
        }
        finally
        {
            await cluster.Plane.StartApiServerAsync(CancellationToken.None);
        }
    }

    private async Task StallAsync(Random random, CancellationToken stop)
    {
        for (var burst = 0; burst < 8; burst++)
        {
            await cluster.Plane.StallDataAsync(Between(random, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3)), stop);
            await Task.Delay(Between(random, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)), TimeProvider.System, stop);
        }
    }

    private async Task LagAsync(Random random, CancellationToken stop)
    {
        var name = names[random.Next(names.Count)];
        github.LagBehind(ChaosRepositories.Owner, name);
        try
        {
            await Task.Delay(Between(random, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(12)), TimeProvider.System, stop);
        }
        finally
        {
            github.LagBehind(ChaosRepositories.Owner, name, isBehind: false);
        }
    }

    private static TimeSpan Between(Random random, TimeSpan least, TimeSpan most) => least + ((most - least) * random.NextDouble());
}
