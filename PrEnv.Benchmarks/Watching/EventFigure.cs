using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Watching;

/// <summary>Watch events from the line to the handler, against parsing the line with <see cref="Utf8JsonReader"/> alone.</summary>
internal sealed class EventFigure(RawKubernetes client, Action<string, string> print)
{
    private const int Lines = 5_000;
    private const int Rounds = 9;
    private const int PerSecond = 1_000;
    private const string VersionName = "\"resourceVersion\":\"";

    // Of nine digits, as all later ones are.
    private const int FirstVersion = 100_000_000;

    private static readonly TimeSpan PacedFor = TimeSpan.FromSeconds(15);

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var lines = await CaptureAsync(cancellationToken);
        var body = lines.SelectMany(line => line).ToArray();
        var (parses, decodes, events) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var parse = Parse(lines);
            var decode = Decode(lines);
            var own = await RunAsync(new MemoryStream(body), lines.Count, cancellationToken);
            if (round == 0)
                continue;
            parses.Add(parse);
            decodes.Add(decode);
            events.Add(own);
        }

        var (reference, ours) = (Median(parses), Median(events));
        print("events: line of so many bytes", $"{body.Length / lines.Count}");
        print("events: parsed by Utf8JsonReader alone", $"{reference * 1e6 / lines.Count:0.0} us");
        print("events: decoded alone", $"{Median(decodes) * 1e6 / lines.Count:0.0} us");
        print("events: from the line to the handler", $"{ours * 1e6 / lines.Count:0.0} us");
        print("events: ratio of the medians", $"{ours / reference:0.00}");
        print("events: ratio of the fastest rounds", $"{events.Min() / parses.Min():0.00}");
        await PaceAsync(lines, cancellationToken);
    }

    // Real lines, of real objects: the server sends all of them when it is asked to watch from version 0.
    private async Task<List<byte[]>> CaptureAsync(CancellationToken cancellationToken)
    {
        using var response = await client.OpenAsync(
            ApiRequest.Get(ApiResource.WithQuery(
                ApiResource.HelmReleases.CollectionPath(null), ("watch", "true"), ("resourceVersion", "0"), ("timeoutSeconds", "60"))),
            cancellationToken);
        await using var reader = new LineReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var lines = new List<byte[]>();
        while (lines.Count < Lines && await reader.ReadLineAsync(cancellationToken) is { } line)
            lines.Add(Changed(BuffersExtensions.ToArray(line), FirstVersion + lines.Count));
        return lines;
    }

    // As if each object had just been changed: versions rise, and none comes twice.
    private static byte[] Changed(byte[] line, int version)
    {
        var text = Encoding.UTF8.GetString(line).Replace("\"type\":\"ADDED\"", "\"type\":\"MODIFIED\"", StringComparison.Ordinal);
        var start = text.IndexOf(VersionName, StringComparison.Ordinal) + VersionName.Length;
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, start), Digits(version), text.AsSpan(text.IndexOf('"', start)), "\n"));
    }

    private static string Digits(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static void SetVersion(byte[] line, int version) =>
        Encoding.UTF8.GetBytes(Digits(version)).CopyTo(
            line, line.AsSpan().IndexOf(Encoding.UTF8.GetBytes(VersionName)) + VersionName.Length);

    private static double Parse(List<byte[]> lines)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        foreach (var line in lines)
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                // That is all.
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Decode(List<byte[]> lines)
    {
        GC.Collect();
        var decoder = NewDecoder();
        var start = Stopwatch.GetTimestamp();
        foreach (var line in lines)
            decoder.Decode(new ReadOnlySequence<byte>(line, 0, line.Length - 1));
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static WatchLineDecoder<HelmRelease> NewDecoder() => new(new ObjectDecoder<HelmRelease>(
        WatchedJson.Default.HelmRelease, Trimming.Trim, HelmRelease.Plural, NullLogger.Instance, ReleaseReader.Read));

    private static async Task<double> RunAsync(Stream body, int count, CancellationToken cancellationToken)
    {
        GC.Collect();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = count;
        await using var run = new InformerRun(body, _ =>
        {
            if (--left == 0)
                done.SetResult();
        });
        var start = Stopwatch.GetTimestamp();
        run.Start();
        await done.Task.WaitAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task PaceAsync(List<byte[]> lines, CancellationToken cancellationToken)
    {
        var count = (int)(PerSecond * PacedFor.TotalSeconds);
        var sent = new ConcurrentQueue<long>();
        var delays = new List<double>(count);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pipe = new System.IO.Pipelines.Pipe();
        await using var run = new InformerRun(pipe.Reader.AsStream(), _ =>
        {
            sent.TryDequeue(out var at);
            delays.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            if (delays.Count == count)
                done.SetResult();
        });
        run.Start();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            while (clock.Elapsed.TotalSeconds < (double)i / PerSecond)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            var line = lines[i % lines.Count];
            SetVersion(line, FirstVersion + i);
            sent.Enqueue(Stopwatch.GetTimestamp());
            await pipe.Writer.WriteAsync(line, cancellationToken);
        }

        await done.Task.WaitAsync(cancellationToken);
        delays.Sort();
        print(
            $"events: line to handler at {PerSecond}/s",
            $"p50 {delays[count / 2]:0.00} ms, p99 {delays[count * 99 / 100]:0.00} ms, worst {delays[^1]:0.0} ms");
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    /// <summary>An informer whose watch is a stream of this process.</summary>
    private sealed class InformerRun(Stream body, Action<string> onChange) : IListWatch<HelmRelease>, IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly WatchLineDecoder<HelmRelease> _decoder = NewDecoder();

        private Task _run = Task.CompletedTask;

        public void Start()
        {
            var informer = new SharedInformer<HelmRelease>(
                this, new ReflectorOptions { UseStreamingList = false }, TimeProvider.System, NullLogger.Instance);
            informer.AddHandler(new CountingHandler { OnChange = onChange });
            _run = Task.Run(() => informer.RunAsync(_stop.Token));
        }

        public Task<ListPage<HelmRelease>> ListAsync(ListOptions options, CancellationToken cancellationToken) =>
            Task.FromResult(new ListPage<HelmRelease>([], "0", null));

        public async IAsyncEnumerable<WatchEvent<HelmRelease>> WatchAsync(
            WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using var lines = new LineReader(body);
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (_decoder.Decode(line) is { } change)
                    yield return change;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
