using PrEnv.Core.Objects;

namespace PrEnv.Core.Ranking;

/// <summary>A pull request that has an environment or may get one, as the ranking sees it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="HealthUrl">The URL that says whether its environment is ready; null if there is none or it is not known.</param>
/// <param name="IsLeaving">Its environment is being removed, and may still answer.</param>
/// <param name="Claim">What it has to do with the limit of environments.</param>
internal sealed record Candidate(int Number, string? HealthUrl, bool IsLeaving, PlaceClaim Claim = PlaceClaim.None)
{
    /// <summary>The resource that it is of, if that is another one; null: it is of the same.</summary>
    public ResourceKey? Resource { get; init; }

    /// <summary>When its environment was made.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The namespace that its environment has or is to get; null: none of its own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Does it have that namespace already?</summary>
    public bool HasNamespace { get; init; }

    /// <summary>Has its environment failed?</summary>
    public bool HasFailed { get; init; }
}
