using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The status fields that the controller reads.</summary>
public sealed record HelmReleaseStatus
{
    /// <summary>Last generation that became ready or stalled; -1 by the CRD's default.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>
    /// The generation of the last attempt, which success and failure are of; null before the first one, and where Flux does not tell.
    /// </summary>
    public long? LastAttemptedGeneration { get; init; }

    /// <summary>Digest of the values of that attempt.</summary>
    public string? LastAttemptedConfigDigest { get; init; }

    /// <summary><c>namespace/name</c> of the HelmChart that source-controller builds for the release; null when there is none.</summary>
    public string? HelmChart { get; init; }

    /// <summary>The Helm releases, newest first; null when there are none.</summary>
    public IReadOnlyList<HelmReleaseSnapshot>? History { get; init; }

    /// <summary>Conditions; null when there are none.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>The condition of that type, or null.</summary>
    public Condition? Condition(string type)
    {
        // Asked thousands of times for each plan: without an enumerator.
        for (var i = 0; i < Conditions?.Count; i++)
        {
            if (Conditions[i]?.Type == type)
                return Conditions[i];
        }

        return null;
    }
}
