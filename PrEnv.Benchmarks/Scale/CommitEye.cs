using System.Collections.Concurrent;
using System.Diagnostics;
using PrEnv.Benchmarks.Load;
using PrEnv.Core.Informers;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Scale;

/// <summary>Sees by a watch of its own which commits are in HelmReleases, and since when. Thread-safe.</summary>
internal sealed class CommitEye : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _commits = new(StringComparer.Ordinal);
    private readonly ReleaseWatch _watch;
    private int _created;

    private CommitEye(IListWatch<HelmRelease> releases) => _watch = new ReleaseWatch(releases, See);

    /// <summary>How many releases were made since it looks.</summary>
    public int Created => Volatile.Read(ref _created);

    public static async Task<CommitEye> OpenAsync(IListWatch<HelmRelease> releases, CancellationToken cancellationToken)
    {
        var eye = new CommitEye(releases);
        await eye._watch.OpenAsync(cancellationToken);
        return eye;
    }

    /// <summary>The timestamp at which the first release with that commit was seen.</summary>
    public Task<long> SeenAsync(string commit, CancellationToken cancellationToken) =>
        Of(commit).Task.WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private void See(HelmRelease release, bool isNew)
    {
        if (isNew)
            Interlocked.Increment(ref _created);
        if (ReleaseValues.Read(release.Spec).PrSha is { } commit)
            Of(commit).TrySetResult(Stopwatch.GetTimestamp());
    }

    private TaskCompletionSource<long> Of(string commit) =>
        _commits.GetOrAdd(commit, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}
