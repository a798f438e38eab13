using System.Collections.Concurrent;
using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Controller.Memory;

/// <summary>Is told that something on GitHub may have changed. Thread-safe, and answers at once.</summary>
internal interface IResourceWaker
{
    /// <summary>That pull request is to be looked at again, for that resource.</summary>
    void PullRequestChanged(ResourceKey resource, int number);
}

/// <summary>
/// What was announced and not yet looked at. Losing it costs time, not truth: the next listing brings it as well. Thread-safe.
/// </summary>
internal sealed class PullRequestHints(RateLimitingQueue<ResourceKey> queue) : IResourceWaker
{
    private readonly ConcurrentDictionary<ResourceKey, ImmutableHashSet<int>> _pending = new();

    public void PullRequestChanged(ResourceKey resource, int number)
    {
        _pending.AddOrUpdate(resource, static (_, n) => [n], static (_, known, n) => known.Add(n), number);
        queue.Add(resource);
    }

    /// <summary>The numbers that were announced since the last call.</summary>
    public ImmutableHashSet<int> Take(ResourceKey resource) => _pending.TryRemove(resource, out var numbers) ? numbers : [];

    /// <summary>The resource is gone.</summary>
    public void Forget(ResourceKey resource) => _pending.TryRemove(resource, out _);
}
