using System.Collections.Concurrent;
using System.Diagnostics;
using PrEnv.Core.Informers;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Scale;

/// <summary>Sees by a watch of its own which commits are in HelmReleases, and since when. Thread-safe.</summary>
internal sealed class CommitEye : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _commits = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IListWatch<HelmRelease> _releases;
    private readonly Task _watching;
    private int _created;

    private CommitEye(IListWatch<HelmRelease> releases)
    {
        _releases = releases;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>How many releases were made since it looks.</summary>
    public int Created => Volatile.Read(ref _created);

    public static async Task<CommitEye> OpenAsync(IListWatch<HelmRelease> releases)
    {
        var eye = new CommitEye(releases);
        await await Task.WhenAny(eye._open.Task, eye._watching);
        return eye;
    }

    /// <summary>The timestamp at which the first release with that commit was seen.</summary>
    public async Task<long> SeenAsync(string commit, CancellationToken cancellationToken)
    {
        var seen = Of(commit).Task.WaitAsync(cancellationToken);
        return await await Task.WhenAny(seen, FailAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task<long> FailAsync()
    {
        await _watching;
        throw new InvalidOperationException("The watch has ended.");
    }

    private async Task WatchAsync()
    {
        try
        {
            var version = (await _releases.ListAsync(new ListOptions(""), _stop.Token)).ResourceVersion;
            _open.TrySetResult();
            while (true)
            {
                await foreach (var change in _releases.WatchAsync(new WatchOptions(version, TimeSpan.FromMinutes(10)), _stop.Token))
                {
                    version = change.ResourceVersion ?? version;
                    if (change is { Type: WatchEventType.Added, Object: not null })
                        Interlocked.Increment(ref _created);
                    if (change.Object is { } release && ReleaseValues.Read(release.Spec).PrSha is { } commit)
                        Of(commit).TrySetResult(Stopwatch.GetTimestamp());
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private TaskCompletionSource<long> Of(string commit) =>
        _commits.GetOrAdd(commit, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}
