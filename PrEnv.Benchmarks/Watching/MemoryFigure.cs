using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Watching;

/// <summary>The memory of a full store, against the bytes of what is kept; then the same while the objects change.</summary>
internal sealed class MemoryFigure(RawKubernetes client, ListWatchFactory watches, Action<string, string> print)
{
    private const int ChangesPerSecond = 100;
    private const double MiB = 1024 * 1024;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(30);

    public async Task MeasureAsync(int count, TimeSpan churn, CancellationToken cancellationToken)
    {
        var empty = LiveBytes();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var informer = new SharedInformer<HelmRelease>(
            watches.Releases(), new ReflectorOptions(), TimeProvider.System, NullLogger.Instance);
        informer.AddHandler(new CountingHandler());
        var run = informer.RunAsync(stop.Token);
        await informer.WaitForSyncAsync(cancellationToken);

        var own = LiveBytes() - empty;
        var kept = informer.Store.List().Sum(Kept);
        print("store: bytes of what is kept", $"{kept / MiB:0.0} MiB in {informer.Store.Count} objects");
        print("store: memory of the informer", $"{own / MiB:0.0} MiB, {(double)own / informer.Store.Count:0} bytes for each object");
        print("store: ratio", $"{(double)own / kept:0.00}");
        print("store: live heap of the process", $"{(own + empty) / MiB:0.0} MiB");
        if (churn > TimeSpan.Zero)
            await ChurnAsync(count, churn, cancellationToken);

        await stop.CancelAsync();
        await run;
        GC.KeepAlive(informer);
    }

    private async Task ChurnAsync(int count, TimeSpan duration, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var samples = new List<double> { OldGenerationMiB() };
        for (var commit = 1; clock.Elapsed < duration; commit++)
        {
            await BigReleases.TouchAsync(client, 1 + (commit * 7919 % count), commit, cancellationToken);
            var ahead = TimeSpan.FromSeconds((double)commit / ChangesPerSecond) - clock.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(1))
                await Task.Delay(ahead, TimeProvider.System, cancellationToken);
            if (clock.Elapsed < samples.Count * SampleEvery)
                continue;
            samples.Add(OldGenerationMiB());
        }

        print(
            $"churn: {duration.TotalMinutes:0.#} minutes, gen-2 heap every {SampleEvery.TotalSeconds:0} s",
            string.Join(' ', samples.Select(s => $"{s:0.0}")) + " MiB");
    }

    // The whole collection: what is left is alive.
    private static long LiveBytes()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static double OldGenerationMiB()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[2].SizeAfterBytes / MiB;
    }

    /// <summary>Key, labels, generation, conditions and values, as UTF-8; numbers and times 8 bytes.</summary>
    private static long Kept(HelmRelease release)
    {
        var bytes = Bytes(release.Metadata.Namespace) + Bytes(release.Metadata.Name) + sizeof(long);
        bytes += release.Metadata.Labels?.Sum(label => Bytes(label.Key) + Bytes(label.Value)) ?? 0;
        bytes += release.Status?.Conditions?.Sum(
            c => Bytes(c.Type) + Bytes(c.Status) + Bytes(c.Reason) + Bytes(c.Message) + (2 * sizeof(long))) ?? 0;
        return bytes + release.Spec.Values.Length;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
