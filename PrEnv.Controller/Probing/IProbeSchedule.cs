using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Probing;

/// <summary>Probes the targets that it is given, and returns the observations.</summary>
internal interface IProbeSchedule
{
    /// <summary>Replaces the owner's targets. A revision that remains among them keeps its observation.</summary>
    void Replace(ResourceKey owner, IReadOnlyCollection<ProbeTarget> targets);

    /// <summary>The observations of the owner's current targets, except those that have not been probed yet.</summary>
    ImmutableDictionary<ProbeRevision, ProbeObservation> ObservationsOf(ResourceKey owner);

    /// <summary>Removes all of the owner's targets.</summary>
    void Forget(ResourceKey owner);
}
