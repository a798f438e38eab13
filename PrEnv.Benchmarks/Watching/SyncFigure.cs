using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Watching;

/// <summary>The first list, until a handler has heard of everything, against reading the same bytes and throwing them away.</summary>
internal sealed class SyncFigure(RawKubernetes client, ListWatchFactory watches, Action<string, string> print)
{
    private const int Rounds = 11;

    private static readonly byte[] EndOfInitialEvents = [.. "k8s.io/initial-events-end"u8];

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var read = await StreamsAsync(cancellationToken) ? (Func<Task<long>>)(() => ReadStreamAsync(cancellationToken)) : () =>
            ReadListAsync(cancellationToken);
        var (reads, syncs) = (new List<Usage>(), new List<Usage>());
        var bytes = 0L;

        // In turn: what slows the machine down slows both. The first round warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            var reading = await MeasureAsync(async () => bytes = await read());
            var syncing = await MeasureAsync(() => SyncAsync(cancellationToken));
            if (round == 0)
                continue;
            reads.Add(reading);
            syncs.Add(syncing);
        }

        var (reference, own) = (Median(reads, u => u.Seconds), Median(syncs, u => u.Seconds));
        print("initial sync: bytes of the list", $"{bytes / 1024.0 / 1024:0.0} MiB");
        print("initial sync: read and thrown away", $"{reference:0.00} s, {Median(reads, u => u.CpuSeconds):0.00} s of processor");
        print("initial sync: informer", $"{own:0.00} s, {Median(syncs, u => u.CpuSeconds):0.00} s of processor");
        print("initial sync: ratio of the medians", $"{own / reference:0.00}");
        print("initial sync: ratio of the fastest rounds", $"{syncs.Min(u => u.Seconds) / reads.Min(u => u.Seconds):0.00}");
        var ratios = reads.Zip(syncs, (reading, syncing) => syncing.Seconds / reading.Seconds).Order().ToArray();
        print("initial sync: ratio, from best to worst round", string.Join(' ', ratios.Select(ratio => $"{ratio:0.00}")));
    }

    private async Task<bool> StreamsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadStreamAsync(cancellationToken);
            print("initial sync", "streamed");
            return true;
        }
        catch (ApiStatusException refused)
        {
            print("initial sync", $"listed: streaming is refused with {refused.Status.Code}");
            return false;
        }
    }

    private Task<long> ReadListAsync(CancellationToken cancellationToken) =>
        ReadAsync(until: null, cancellationToken, ("limit", "500"), ("resourceVersion", "0"));

    private Task<long> ReadStreamAsync(CancellationToken cancellationToken) => ReadAsync(
        EndOfInitialEvents, cancellationToken,
        ("watch", "true"), ("sendInitialEvents", "true"), ("resourceVersionMatch", "NotOlderThan"), ("allowWatchBookmarks", "true"));

    /// <summary>Reads to the end, or until those bytes have come.</summary>
    private async Task<long> ReadAsync(byte[]? until, CancellationToken cancellationToken, params (string Name, string? Value)[] query)
    {
        using var response = await client.OpenAsync(
            ApiRequest.Get(ApiResource.WithQuery(ApiResource.HelmReleases.CollectionPath(null), query)), cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        var (total, kept) = (0L, 0);
        while (await body.ReadAsync(buffer.AsMemory(kept), cancellationToken) is > 0 and var count)
        {
            total += count;
            if (until is null)
                continue;
            var seen = buffer.AsSpan(0, kept + count);
            if (seen.IndexOf(until) >= 0)
                break;

            // They may come in two parts.
            kept = Math.Min(until.Length - 1, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }

        return total;
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var informer = new SharedInformer<HelmRelease>(
            watches.Releases(), new ReflectorOptions(), TimeProvider.System, NullLogger.Instance);
        informer.AddHandler(new CountingHandler());
        var run = informer.RunAsync(stop.Token);
        await informer.WaitForSyncAsync(stop.Token);
        await stop.CancelAsync();
        await run;
    }

    private static async Task<Usage> MeasureAsync(Func<Task> act)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await act();
        var elapsed = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return new Usage(elapsed, (process.TotalProcessorTime - cpu).TotalSeconds);
    }

    private static double Median(IEnumerable<Usage> usages, Func<Usage, double> of) => usages.Select(of).Order().ElementAt(Rounds / 2);

    private sealed record Usage(double Seconds, double CpuSeconds);
}
