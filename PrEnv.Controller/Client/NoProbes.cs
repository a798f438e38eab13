using System.Collections.Immutable;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Client;

/// <summary>A command probes nothing: what the controller saw is in its status.</summary>
internal sealed class NoProbes : IProbeSchedule
{
    public void Replace(ResourceKey owner, IReadOnlyCollection<ProbeTarget> targets)
    {
    }

    public ImmutableDictionary<ProbeRevision, ProbeObservation> ObservationsOf(ResourceKey owner) =>
        ImmutableDictionary<ProbeRevision, ProbeObservation>.Empty;

    public void Forget(ResourceKey owner)
    {
    }
}
