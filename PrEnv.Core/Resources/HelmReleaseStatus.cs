using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The status fields that the controller reads.</summary>
public sealed record HelmReleaseStatus
{
    /// <summary>Last generation that became ready or stalled; -1 by the CRD's default.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Conditions; null when there are none.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>The condition of that type, or null.</summary>
    public Condition? Condition(string type) => Conditions?.FirstOrDefault(c => c.Type == type);
}
