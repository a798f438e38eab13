using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Probing;

/// <summary>The targets and what is known of each. Thread-safe; it has no clock and does no I/O.</summary>
internal sealed class ProbeResults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceKey, ProbeEntry> _entries = [];
    private readonly Dictionary<ResourceKey, HashSet<ResourceKey>> _releases = [];

    /// <summary>Makes these the owner's targets. Returns the releases that are due at once.</summary>
    public IReadOnlyList<ResourceKey> Replace(ResourceKey owner, IReadOnlyCollection<ProbeTarget> targets)
    {
        List<ResourceKey> due = [];
        List<ProbeEntry> dropped = [];
        lock (_gate)
        {
            var before = _releases.GetValueOrDefault(owner) ?? [];
            HashSet<ResourceKey> now = [.. targets.Select(target => target.Release)];
            foreach (var gone in before.Except(now))
                Drop(owner, gone, dropped);
            foreach (var target in targets)
            {
                if (Accept(target, dropped))
                    due.Add(target.Release);
            }

            if (now.Count > 0)
                _releases[owner] = now;
            else
                _releases.Remove(owner);
        }

        // Outside the lock: it cancels probes in progress, whose answers are no longer needed.
        foreach (var entry in dropped)
            entry.Dispose();
        return due;
    }

    /// <summary>What is known of that revision; null when it is not a target.</summary>
    public ProbeObservation? Observe(ResourceKey release, ProbeRevision revision)
    {
        lock (_gate)
            return _entries.TryGetValue(release, out var entry) && entry.Observation.Revision == revision ? entry.Observation : null;
    }

    /// <summary>The observations of the owner's targets so far, except those that have not been probed yet.</summary>
    public ImmutableDictionary<ProbeRevision, ProbeObservation> ObservationsOf(ResourceKey owner)
    {
        lock (_gate)
        {
            return (_releases.GetValueOrDefault(owner) ?? [])
                .Select(release => _entries.GetValueOrDefault(release))
                .OfType<ProbeEntry>()
                .Where(entry => entry.Target.Owner == owner && IsKnown(entry.Observation))
                .ToImmutableDictionary(entry => entry.Target.Revision, entry => entry.Observation);
        }
    }

    /// <summary>The target to probe; null when it is no longer a target.</summary>
    public ProbeEntry? Find(ResourceKey release)
    {
        lock (_gate)
            return _entries.GetValueOrDefault(release);
    }

    /// <summary>Records an answer. Null when it came too late: the entry has been replaced by another revision's, or is gone.</summary>
    public ProbeChange? Record(ProbeEntry entry, ProbeResult result)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(entry.Target.Release, out var current) || current != entry)
                return null;
            var before = entry.Observation;
            entry.Observation = ProbeRules.Add(before, result);
            return new ProbeChange(entry.Target, before, entry.Observation);
        }
    }

    private void Drop(ResourceKey owner, ResourceKey release, List<ProbeEntry> dropped)
    {
        // Another owner may have taken over the release meanwhile.
        if (_entries.TryGetValue(release, out var entry) && entry.Target.Owner == owner && _entries.Remove(release))
            dropped.Add(entry);
    }

    /// <summary>True when it must be probed at once: it is new, or something other than its deadline has changed.</summary>
    private bool Accept(ProbeTarget target, List<ProbeEntry> dropped)
    {
        if (_entries.TryGetValue(target.Release, out var entry) && entry.Target.Revision == target.Revision)
        {
            var isSame = IsSameQuestion(entry.Target, target);
            entry.Target = target;
            return !isSame;
        }

        if (entry is not null)
            dropped.Add(entry);
        _entries[target.Release] = new ProbeEntry(target);
        return true;
    }

    private static bool IsKnown(ProbeObservation seen) => seen.Succeeded || seen.ConsecutiveFailures > 0 || seen.Obstacle is not null;

    // Not ==: the codes are compared one by one.
    private static bool IsSameQuestion(ProbeTarget before, ProbeTarget after) =>
        before.RequestTimeout == after.RequestTimeout
        && before.Interval == after.Interval
        && before.Secrets == after.Secrets
        && before.ExpectedStatusCodes.SequenceEqual(after.ExpectedStatusCodes);
}

/// <summary>What an answer changed.</summary>
internal sealed record ProbeChange(ProbeTarget Target, ProbeObservation Earlier, ProbeObservation Observation)
{
    public ProbeVerdict Before => ProbeRules.Verdict(Earlier);

    public ProbeVerdict After => ProbeRules.Verdict(Observation);
}
