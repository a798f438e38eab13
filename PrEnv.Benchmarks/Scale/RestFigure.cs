using System.Diagnostics;
using PrEnv.Benchmarks.Load;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Scale;

/// <summary>What processes use and do while nothing changes.</summary>
/// <param name="Memory">Resident memory of each, in MiB: the median of a reading each second.</param>
/// <param name="Processor">Of each, as a share of a core.</param>
/// <param name="Writes">To Kubernetes, by all.</param>
/// <param name="Charged">Requests to GitHub that count, by all.</param>
/// <param name="Polls">Requests to GitHub that do not.</param>
/// <param name="Elapsed">How long that was.</param>
internal sealed record RestFigure(
    IReadOnlyList<double> Memory, IReadOnlyList<double> Processor, long Writes, int Charged, int Polls, TimeSpan Elapsed)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static async Task<RestFigure> MeasureAsync(
        Stage stage, GitHubServer github, IReadOnlyList<ControllerProcess> controllers, TimeSpan duration,
        CancellationToken cancellationToken)
    {
        github.Requests.Reset();
        var (writes, clock) = (await ApiServerWrites.CountAsync(stage.Client, cancellationToken), Stopwatch.StartNew());
        var before = controllers.Select(c => ProcessUsage.Of(c.Id).Cpu).ToList();
        var readings = controllers.Select(_ => new List<double>()).ToList();
        while (clock.Elapsed < duration)
        {
            await Task.Delay(Second, TimeProvider.System, cancellationToken);
            for (var i = 0; i < controllers.Count; i++)
                readings[i].Add(ProcessUsage.Of(controllers[i].Id).ResidentMiB);
        }

        var elapsed = clock.Elapsed;
        var processor = controllers.Select((c, i) => (ProcessUsage.Of(c.Id).Cpu - before[i]) / elapsed).ToList();
        var counters = github.Requests.Counters;
        return new RestFigure(
            [.. readings.Select(r => r.Order().ElementAt(r.Count / 2))], processor,
            await ApiServerWrites.CountAsync(stage.Client, cancellationToken) - writes, counters.Charged, counters.Uncharged, elapsed);
    }

    /// <summary>Processor time of a poll: what the process needs beyond one that has nothing to do.</summary>
    public TimeSpan ProcessorOfPoll(RestFigure idle) => (Processor[0] - idle.Processor[0]) * Elapsed / Math.Max(1, Polls);
}
