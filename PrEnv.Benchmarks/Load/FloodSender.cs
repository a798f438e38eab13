using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace PrEnv.Benchmarks.Load;

/// <summary>
/// Sends at a fixed rate, whatever the receiver does: late answers slow nothing down. As many connections as it takes; 10 seconds for an
/// answer, as GitHub waits.
/// </summary>
internal sealed class FloodSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Patience,
    };

    /// <summary>Sends so many a second for so long and waits for the last answer.</summary>
    public async Task<FloodAnswers> SendAsync(
        int perSecond, TimeSpan duration, Func<int, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var total = (int)(perSecond * duration.TotalSeconds);
        var sending = new List<Task<FloodAnswer>>(total);
        var start = Stopwatch.GetTimestamp();
        while (sending.Count < total)
        {
            var due = Math.Min(total, (int)(perSecond * Stopwatch.GetElapsedTime(start).TotalSeconds));
            while (sending.Count < due)
                sending.Add(SendAsync(request(sending.Count), cancellationToken));
            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }

        var took = Stopwatch.GetElapsedTime(start);
        return new FloodAnswers(await Task.WhenAll(sending), took);
    }

    public void Dispose() => _http.Dispose();

    private async Task<FloodAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, cancellationToken);
                return new FloodAnswer(response.StatusCode, Stopwatch.GetElapsedTime(start));
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return new FloodAnswer(null, Stopwatch.GetElapsedTime(start));
            }
        }
    }
}

/// <summary>One answer; null: none in time.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FloodAnswer(HttpStatusCode? Status, TimeSpan Took);

/// <summary>All answers, in the order of the requests, and how long it took to send these.</summary>
internal sealed record FloodAnswers(FloodAnswer[] All, TimeSpan Took)
{
    /// <summary>"15000 × 202, 3 × none", of the requests whose place leaves that remainder.</summary>
    public string Statuses(int remainder) => string.Join(
        ", ",
        All.Where((_, i) => i % 2 == remainder).GroupBy(a => a.Status).OrderByDescending(g => g.Count())
            .Select(
                g => $"{g.Count()} × "
                    + (g.Key is { } status ? ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture) : "no answer")));

    /// <summary>So many percent were answered within that time.</summary>
    public TimeSpan Percentile(int percent) =>
        All.Select(a => a.Took).Order().ElementAt(Math.Min(All.Length - 1, All.Length * percent / 100));
}
