using System.Diagnostics;
using PrEnv.Core.Informers;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub;

namespace PrEnv.Benchmarks.Load;

/// <summary>
/// How long it takes from a push, which GitHub announces by a webhook, until the HelmRelease is stored with the new commit, seen by a
/// watch. The sending and the watch are part of it.
/// </summary>
internal sealed class WebhookFigure(GitHubServer github, string owner, string repository, IListWatch<HelmRelease> releases)
{
    /// <summary>
    /// One push after the other, on pull requests 1 to <paramref name="pullRequests"/> by turns, with a pause after each in which the
    /// environment settles; sorted.
    /// </summary>
    public async Task<IReadOnlyList<TimeSpan>> MeasureAsync(
        int pushes, int pullRequests, TimeSpan pause, CancellationToken cancellationToken)
    {
        var version = (await releases.ListAsync(new ListOptions(""), cancellationToken)).ResourceVersion;
        await using var changes = releases.WatchAsync(new WatchOptions(version, TimeSpan.FromMinutes(10)), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var times = new List<TimeSpan>(pushes);
        for (var i = 0; i < pushes; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var pushed = github.Push(owner, repository, 1 + (i % pullRequests));
            while (await changes.MoveNextAsync())
            {
                if (changes.Current.Object is { } release && ReleaseValues.Read(release.Spec).PrSha == pushed.HeadSha)
                    break;
            }

            times.Add(Stopwatch.GetElapsedTime(start));
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }

        times.Sort();
        return times;
    }
}
