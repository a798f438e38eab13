using System.Diagnostics;
using System.Globalization;

namespace PrEnv.Benchmarks.Page;

/// <summary>How long an answer takes, from the request to its last byte; the best too, as the machine has other work.</summary>
internal sealed class AnswerFigures(PageServer server, Action<string, string> print)
{
    private const int Warming = 50;

    private const int Rounds = 200;

    /// <param name="what">For people.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="changes">Does something change before each request, so that nothing that was made before can be used?</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task MeasureAsync(string what, string path, bool changes, CancellationToken cancellationToken)
    {
        var (times, bytes) = (new List<double>(Rounds), 0);
        var cpu = TimeSpan.Zero;
        for (var round = -Warming; round < Rounds; round++)
        {
            if (changes)
                server.Change();
            if (round == 0)
                cpu = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            bytes = (await server.GetAsync(path, cancellationToken)).Length;
            if (round >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        cpu = Environment.CpuUsage.TotalTime - cpu;
        times.Sort();
        print(what, string.Create(
            CultureInfo.InvariantCulture,
            $"best {times[0]:0.0} ms, median {times[Rounds / 2]:0.0} ms, 95 % {times[Rounds * 95 / 100]:0.0} ms, "
            + $"processor {cpu.TotalMilliseconds / Rounds:0.0} ms with the client, {bytes / 1024.0:0.0} KiB"));
    }
}
