using System.Collections.Concurrent;
using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Memory;

/// <summary>
/// What the last reconcile of each resource has known beyond what the cluster keeps, for people to look at. Only the instance that
/// reconciles has any of it. Thread-safe.
/// </summary>
internal sealed class LatestReconciles
{
    private readonly ConcurrentDictionary<ResourceKey, LatestReconcile> _latest = new();

    /// <summary>Called when pull requests are known to be other than before. From any thread; must be quick.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Null if this process has not reconciled this very resource.</summary>
    public LatestReconcile? Of(PREphemeralEnvController resource) =>
        _latest.TryGetValue(resource.Metadata.Key, out var known) && known.Snapshot.Resource.Metadata.Uid == resource.Metadata.Uid
            ? known
            : null;

    /// <summary>A reconcile has been concluded.</summary>
    public void Remember(ResourceKey key, Snapshot snapshot, Plan plan, Publication publication)
    {
        var before = Of(snapshot.Resource);
        var rest = plan.KeepsEnvironments && before is not null ? before.Rest : RestOf(plan, publication);
        var stored = snapshot.Resource.Status?.Environments ?? [];
        var earlier = (before?.Earlier ?? EarlierRows.None).After(stored, publication.Rows);
        _latest[key] = new LatestReconcile(snapshot, plan, rest, earlier);
        if (!AreSame(before?.Snapshot.Remembered, snapshot.Remembered) || rest.Length > 0 || before is { Rest.Length: > 0 })
            Changed();
    }

    /// <summary>The resource is gone.</summary>
    public void Forget(ResourceKey key) => _latest.TryRemove(key, out _);

    // What is not kept is as old as the last plan: since when it has been so is known only where the plan says it.
    private static ImmutableArray<EnvironmentStatus> RestOf(Plan plan, Publication publication)
    {
        const int Room = PREphemeralEnvControllerStatus.MaxEnvironments;
        if (publication.Rows.Length <= Room)
            return [];
        var stated = plan.Environments.ToDictionary(e => e.PrNumber, e => e.Since);
        return [.. publication.Rows.Skip(Room).Select(row => row with { Since = stated.GetValueOrDefault(row.PrNumber) })];
    }

    private static bool AreSame(IReadOnlyDictionary<int, PullRequest>? before, IReadOnlyDictionary<int, PullRequest> now) =>
        ReferenceEquals(before, now)
        || (before?.Count == now.Count && now.All(known => before.GetValueOrDefault(known.Key) == known.Value));
}
