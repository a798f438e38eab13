using System.Globalization;

namespace PrEnv.Benchmarks.Page;

/// <summary>What the page costs: its answers over HTTP, what it keeps, and streams of events that are open.</summary>
/// <param name="output">Gets the figures.</param>
internal sealed class PageCommand(TextWriter output)
{
    private const int Streams = 100;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var count in (int[])[1000, 5000])
        {
            await using var server = await PageServer.StartAsync(count);
            var figures = new AnswerFigures(server, Print);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} environments of one resource"));
            await figures.MeasureAsync("/, nothing has changed", "/", false, cancellationToken);
            await figures.MeasureAsync("/, something has changed before each", "/", true, cancellationToken);
            await figures.MeasureAsync("/?q= a search", "/?q=number+77", true, cancellationToken);
            await figures.MeasureAsync("an environment", "/environments/default/load/77", true, cancellationToken);
            await figures.MeasureAsync("/api/ of an environment", "/api/environments/default/load/77", true, cancellationToken);
            await figures.MeasureAsync("/api/environments", "/api/environments", true, cancellationToken);
            await figures.MeasureAsync("a badge", "/badge/default/load/77.svg", true, cancellationToken);
            Print("kept for the page at most", server.Kept());
            if (count == 1000)
                await MeasureStreamsAsync(server, cancellationToken);
        }
    }

    // Half a minute without a stream, then twice as long with them: a proxy wants to hear something every 45 s.
    private async Task MeasureStreamsAsync(PageServer server, CancellationToken cancellationToken)
    {
        var without = await SpentAsync(Watched, cancellationToken);
        var streams = await server.OpenStreamsAsync(Streams, cancellationToken);
        var opened = await SpentAsync(Watched, cancellationToken);
        var later = await SpentAsync(Watched, cancellationToken);
        foreach (var stream in streams)
            await stream.DisposeAsync();
        Print("processor in 30 s without a stream", Milliseconds(without));
        Print($"with {Streams}, first 30 s", Milliseconds(opened));
        Print($"with {Streams}, next 30 s, in which each is kept alive", Milliseconds(later));
    }

    private static async Task<TimeSpan> SpentAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        // What was begun before ends.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        var before = Environment.CpuUsage.TotalTime;
        await Task.Delay(time, TimeProvider.System, cancellationToken);
        return Environment.CpuUsage.TotalTime - before;
    }

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms of a core");

    private void Print(string what, string figure) => output.WriteLine($"  {what,-56} {figure}");
}
