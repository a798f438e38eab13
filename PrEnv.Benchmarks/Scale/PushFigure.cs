using System.Diagnostics;
using PrEnv.Benchmarks.Load;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Scale;

/// <summary>
/// What a push costs that a webhook announces: how long it takes until the HelmRelease is stored with the new commit, seen by a watch, and
/// the processor time of the controller until all is settled again, reports on GitHub and in the status included.
/// </summary>
internal sealed record PushFigure(Percentiles Times, TimeSpan Processor)
{
    // What a push brings about beside the new commit is over by then.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Pushes, so many at a time: another one as soon as one of them is stored, after a pause if they come one at a time.
    /// </summary>
    /// <param name="push">Pushes to another pull request, and gives the commit.</param>
    /// <param name="eye">Sees the releases.</param>
    /// <param name="controller">Whose processor time counts.</param>
    /// <param name="pushes">How many.</param>
    /// <param name="atOnce">How many of them are under way at any time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PushFigure> MeasureAsync(
        Func<int, string> push, CommitEye eye, ControllerProcess controller, int pushes, int atOnce, CancellationToken cancellationToken)
    {
        var before = ProcessUsage.Of(controller.Id).Cpu;
        var times = new TimeSpan[pushes];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < pushes)
            {
                var start = Stopwatch.GetTimestamp();
                times[number] = Stopwatch.GetElapsedTime(start, await eye.SeenAsync(push(number), cancellationToken));
                if (atOnce == 1)
                    await Task.Delay(Settling, TimeProvider.System, cancellationToken);
            }
        }));
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        return new PushFigure(Percentiles.Of(times), (ProcessUsage.Of(controller.Id).Cpu - before) / pushes);
    }
}
