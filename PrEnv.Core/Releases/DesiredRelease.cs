using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>The part of one HelmRelease that the controller owns: all that it applies, and nothing else.</summary>
public sealed record DesiredRelease
{
    /// <summary>Destination namespace and <c>relpr-N</c>.</summary>
    public required ResourceKey Key { get; init; }

    /// <summary>Owner labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Annotations except that of the last report, which has a field manager of its own.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>Spec as it is applied: what is wished for, and defaults.</summary>
    public required HelmReleaseSpec Spec { get; init; }

    /// <summary>
    /// The part of <see cref="Spec"/> that is wished for: only what of this is missing or different is drift. Default: all of it.
    /// </summary>
    public HelmReleaseSpec Wish { get => field ?? Spec; init; }
}
