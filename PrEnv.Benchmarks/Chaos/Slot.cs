using System.Collections.Concurrent;
using System.Globalization;
using PrEnv.Benchmarks.Load;
using PrEnv.Sandbox.Loopback;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>A place for one controller: whenever one has ended, the next is started, as a kubelet does.</summary>
internal sealed class Slot(string folder, ChaosCluster cluster, Uri github, ConcurrentBag<Candidate> everybody)
{
    // As short as a busy machine allows: there is more to see in the same time.
    private static readonly string[] Election =
    [
        "--leader-elect", "--leader-elect-namespace", ChaosCluster.Namespace,
        "--leader-elect-lease-duration", Seconds(Lease), "--leader-elect-renew-deadline", Seconds(RenewDeadline),
        "--leader-elect-retry-period", "500ms",
    ];

    private Candidate? _current;

    public static TimeSpan Lease => TimeSpan.FromSeconds(8);

    public static TimeSpan RenewDeadline => TimeSpan.FromSeconds(5);

    /// <summary>Where it listens in all its lives.</summary>
    public ControllerPorts Ports { get; } = ControllerPorts.Free();

    /// <summary>Who lives here now; null between two lives.</summary>
    public Candidate? Current => Volatile.Read(ref _current);

    /// <summary>How lives ended, by exit code.</summary>
    public ConcurrentQueue<(int Code, string Log)> Ends { get; } = new();

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await using var candidate = await StartAsync(stop);
                Volatile.Write(ref _current, candidate);
                try
                {
                    Ends.Enqueue((await candidate.Process.WaitForExitAsync(stop), candidate.Process.LogPath));
                }
                finally
                {
                    Volatile.Write(ref _current, null);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All is over.
        }
    }

    private async Task<Candidate> StartAsync(CancellationToken stop)
    {
        var (user, kubeconfig, way) = await cluster.CreateAccountAsync(stop);
        var toGitHub = TcpProxy.Start(github);
        var log = Path.Combine(folder, user[(user.LastIndexOf(':') + 1)..] + ".log");
        var process = ControllerProcess.Start(
            log,
            [
                "run", "--kubeconfig", kubeconfig, "--github-api-url", $"http://127.0.0.1:{toGitHub.Port}/", .. Ports.Flags, .. Election,
                "--github-writes-per-minute", "100000", "--health-check-deny-cidrs", "169.254.0.0/16", "--log-format", "text",
            ]);
        var candidate = new Candidate(user, way, toGitHub, process);
        everybody.Add(candidate);
        return candidate;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s");
}
