using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Publishing;

/// <summary>What is to be written for each resource: the newest status, and every event in order. Thread-safe.</summary>
internal sealed class PendingPublications
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKey, Entry> _entries = [];
    private readonly Dictionary<ResourceKey, DateTimeOffset> _rests = [];
    private readonly Dictionary<ResourceKey, (PREphemeralEnvControllerStatus Sent, PREphemeralEnvControllerStatus? Kept)> _pruned = [];

    /// <summary>The status that is about to be written; null when there is none.</summary>
    public PREphemeralEnvControllerStatus? StatusOf(PREphemeralEnvController resource)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(resource.Metadata.Key, out var entry)
                && entry.Resource.Metadata.Uid == resource.Metadata.Uid
                    ? entry.Status
                    : null;
        }
    }

    /// <summary>Adds events, and replaces an older status; false when there is nothing to write.</summary>
    public bool Add(ResourceKey key, PREphemeralEnvController resource, Publication publication, bool isLast)
    {
        var differs = !Same(resource.Status, publication.Status);
        lock (_lock)
        {
            var isChanged = differs && !IsPruned(key, resource.Status, publication.Status);
            var isOfThis = _entries.TryGetValue(key, out var entry) && entry.Resource.Metadata.Uid == resource.Metadata.Uid;
            if (!isChanged && publication.Events.IsEmpty && !isOfThis)
                return false;
            if (!isOfThis)
                _entries[key] = entry = new Entry { Resource = resource };
            entry!.Resource = resource;
            entry.Status = publication.Status;
            entry.IsChanged |= isChanged;
            entry.IsLast = isLast;
            foreach (var told in publication.Events)
                entry.Events.Enqueue(told);
            return true;
        }
    }

    /// <summary>The event to write next; null when none is left.</summary>
    public (PREphemeralEnvController Resource, PlannedEvent Event)? NextEvent(ResourceKey key)
    {
        lock (_lock)
            return _entries.TryGetValue(key, out var entry) && entry.Events.TryPeek(out var next) ? (entry.Resource, next) : null;
    }

    /// <summary>The next event has been written.</summary>
    public void EventDone(ResourceKey key, PlannedEvent done)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Events.TryPeek(out var next) && ReferenceEquals(next, done))
                entry.Events.Dequeue();
        }
    }

    /// <summary>What is to be written now; null when nothing is.</summary>
    public (PREphemeralEnvController Resource, PREphemeralEnvControllerStatus Status, bool IsChanged, bool IsLast)? Find(ResourceKey key)
    {
        lock (_lock)
            return _entries.TryGetValue(key, out var entry) ? (entry.Resource, entry.Status, entry.IsChanged, entry.IsLast) : null;
    }

    /// <summary>
    /// The API server has kept less of a status than was sent: the definition is older than this program, or a policy changes it. The same
    /// is not sent again until one of the two changes.
    /// </summary>
    public void Note(ResourceKey key, PREphemeralEnvControllerStatus sent, PREphemeralEnvControllerStatus? kept)
    {
        lock (_lock)
        {
            if (Same(kept, sent))
                _pruned.Remove(key);
            else
                _pruned[key] = (sent, kept);
        }
    }

    /// <summary>That status has been written. False when a newer one is already waiting.</summary>
    public bool Done(ResourceKey key, PREphemeralEnvControllerStatus written, DateTimeOffset restsUntil)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
                return false;
            _rests[key] = restsUntil;
            return ReferenceEquals(entry.Status, written) && entry.Events.Count == 0 && _entries.Remove(key);
        }
    }

    /// <summary>Before that, only the final report on a resource is written.</summary>
    public DateTimeOffset RestsUntil(ResourceKey key)
    {
        lock (_lock)
            return _rests.GetValueOrDefault(key);
    }

    /// <summary>Resources for which something is to be written.</summary>
    public IReadOnlyList<ResourceKey> Keys()
    {
        lock (_lock)
            return [.. _entries.Keys];
    }

    public void Forget(ResourceKey key)
    {
        lock (_lock)
        {
            _entries.Remove(key);
            _rests.Remove(key);
            _pruned.Remove(key);
        }
    }

    private bool IsPruned(ResourceKey key, PREphemeralEnvControllerStatus? stored, PREphemeralEnvControllerStatus wanted) =>
        _pruned.TryGetValue(key, out var pruned) && Same(pruned.Sent, wanted) && stored is not null && Same(pruned.Kept, stored);

    // Records compare collections by reference.
    private static bool Same(PREphemeralEnvControllerStatus? one, PREphemeralEnvControllerStatus other) =>
        one is not null
        && (one.Conditions ?? []).SequenceEqual(other.Conditions ?? [])
        && (one.Environments ?? []).SequenceEqual(other.Environments ?? [])
        && one with { Conditions = other.Conditions, Environments = other.Environments } == other;

    private sealed class Entry
    {
        /// <summary>The resource as it was when something was last submitted.</summary>
        public required PREphemeralEnvController Resource { get; set; }

        public PREphemeralEnvControllerStatus Status { get; set; } = new();

        /// <summary>Does the status differ from the stored one?</summary>
        public bool IsChanged { get; set; }

        public bool IsLast { get; set; }

        public Queue<PlannedEvent> Events { get; } = [];
    }
}
