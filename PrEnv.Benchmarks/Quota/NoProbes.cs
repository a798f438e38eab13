using System.Collections.Immutable;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Benchmarks.Quota;

/// <summary>No resource here has a health check.</summary>
internal sealed class NoProbes : IProbeSchedule
{
    public void Replace(ResourceKey owner, IReadOnlyCollection<ProbeTarget> targets)
    {
        // There are none.
    }

    public ImmutableDictionary<ProbeRevision, ProbeObservation> ObservationsOf(ResourceKey owner) =>
        ImmutableDictionary<ProbeRevision, ProbeObservation>.Empty;

    public void Forget(ResourceKey owner)
    {
        // There was none.
    }
}
