using System.Collections.Concurrent;
using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using Hints = System.Collections.Immutable.ImmutableDictionary<int, PrEnv.Core.Model.ExpectedPullRequest?>;

namespace PrEnv.Controller.Memory;

/// <summary>Is told that something on GitHub may have changed. Thread-safe, and answers at once.</summary>
internal interface IResourceWaker
{
    /// <summary>
    /// That pull request is to be read again for that resource, and again until GitHub shows what is expected of it.
    /// </summary>
    void PullRequestChanged(ResourceKey resource, int number, ExpectedPullRequest? expected = null);

    /// <summary>That check is to be read again for that resource, if a pull request waits for it.</summary>
    void CheckChanged(ResourceKey resource, CheckNews news);
}

/// <summary>
/// What was announced and has not been read yet. Losing it costs time, not truth: the next listing brings it as well. Thread-safe.
/// </summary>
internal sealed class PullRequestHints(RateLimitingQueue<ResourceKey> queue) : IResourceWaker
{
    // What goes beyond is found by the next look.
    private const int MostChecks = 10_000;

    private readonly ConcurrentDictionary<ResourceKey, Hints> _pending = new();

    private readonly ConcurrentDictionary<ResourceKey, ImmutableHashSet<CheckNews>> _checks = new();

    public void PullRequestChanged(ResourceKey resource, int number, ExpectedPullRequest? expected = null)
    {
        _pending.AddOrUpdate(
            resource, static (_, hint) => Hints.Empty.Add(hint.Number, hint.Expected),
            static (_, known, hint) => known.SetItem(hint.Number, hint.Expected ?? known.GetValueOrDefault(hint.Number)),
            (Number: number, Expected: expected));
        queue.Add(resource);
    }

    public void CheckChanged(ResourceKey resource, CheckNews news)
    {
        _checks.AddOrUpdate(
            resource, static (_, added) => [added], static (_, known, added) => known.Count < MostChecks ? known.Add(added) : known, news);
        queue.Add(resource);
    }

    /// <summary>The checks that were announced since the last call.</summary>
    public ImmutableHashSet<CheckNews> TakeChecks(ResourceKey resource) => _checks.TryRemove(resource, out var news) ? news : [];

    /// <summary>The numbers that were announced since the last call, and what was said of each.</summary>
    public Hints Take(ResourceKey resource) => _pending.TryRemove(resource, out var hints) ? hints : Hints.Empty;

    /// <summary>The resource is gone.</summary>
    public void Forget(ResourceKey resource)
    {
        _pending.TryRemove(resource, out _);
        _checks.TryRemove(resource, out _);
    }
}
