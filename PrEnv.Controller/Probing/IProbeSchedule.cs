using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Probing;

/// <summary>Probes what it is told to, and shows what was seen.</summary>
internal interface IProbeSchedule
{
    /// <summary>Replaces the owner's targets. A revision that is still among them keeps its observation.</summary>
    void Replace(ResourceKey owner, IReadOnlyCollection<ProbeTarget> targets);

    /// <summary>What was seen of the owner's present targets; one that was not asked yet is not among them.</summary>
    ImmutableDictionary<ProbeRevision, ProbeObservation> ObservationsOf(ResourceKey owner);

    /// <summary>Drops all of the owner's targets.</summary>
    void Forget(ResourceKey owner);
}
