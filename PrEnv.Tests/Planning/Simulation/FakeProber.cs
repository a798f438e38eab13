using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>Probes on virtual time: from 1 s to 30 s apart while nothing has answered, then at the interval.</summary>
internal sealed class FakeProber(Func<ProbeTarget, string?> ask)
{
    private readonly Dictionary<ResourceKey, Probe> _probes = [];

    public ImmutableDictionary<ProbeRevision, ProbeObservation> Seen =>
        _probes.Values.Where(p => p.Seen is not null).ToImmutableDictionary(p => p.Target.Revision, p => p.Seen!);

    public IEnumerable<ProbeTarget> Targets => _probes.Values.Select(p => p.Target);

    public DateTimeOffset Next => _probes.Count == 0 ? DateTimeOffset.MaxValue : _probes.Values.Min(p => p.Due);

    public void Replace(IReadOnlyCollection<ProbeTarget> targets, DateTimeOffset now)
    {
        foreach (var gone in _probes.Keys.Except(targets.Select(t => t.Release)).ToList())
            _probes.Remove(gone);
        foreach (var target in targets)
        {
            if (_probes.TryGetValue(target.Release, out var known) && known.Target.Revision == target.Revision)
                known.Target = target;
            else
                _probes[target.Release] = new Probe(target, now);
        }
    }

    /// <summary>True when a verdict has changed, so that the resource is to be looked at.</summary>
    public bool Step(DateTimeOffset now)
    {
        var changed = false;
        foreach (var probe in _probes.Values.Where(p => p.Due <= now))
            changed |= Ask(probe, now);
        return changed;
    }

    private bool Ask(Probe probe, DateTimeOffset now)
    {
        var (before, failure) = (probe.Seen, ask(probe.Target));
        var failures = failure is null ? 0 : (before?.ConsecutiveFailures ?? 0) + 1;
        probe.Seen = new ProbeObservation(probe.Target.Revision, before?.Succeeded == true || failure is null, failures, failure);
        var patient = probe.Seen.Succeeded || now >= probe.Target.Deadline;
        probe.Delay = TimeSpan.FromSeconds(Math.Min(30, Math.Max(1, probe.Delay.TotalSeconds * 2)));
        probe.Due = now + (patient ? probe.Target.Interval : probe.Delay);
        return before is null || before.Succeeded != probe.Seen.Succeeded || before.LastFailure != failure
            || before.ConsecutiveFailures >= 3 != probe.Seen.ConsecutiveFailures >= 3;
    }

    private sealed class Probe(ProbeTarget target, DateTimeOffset due)
    {
        public ProbeTarget Target { get; set; } = target;

        public DateTimeOffset Due { get; set; } = due;

        public TimeSpan Delay { get; set; }

        public ProbeObservation? Seen { get; set; }
    }
}
