using System.Collections.Immutable;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Flux;

namespace PrEnv.Tests.Planning.Recorded;

/// <summary>Which commit Flux attempted last, and how that stands: taken from the recording, with no rule of the controller's.</summary>
internal sealed record RecordedAttempt
{
    private ImmutableDictionary<long, string> Commits { get; init; } = ImmutableDictionary<long, string>.Empty;

    /// <summary>Null before the first attempt.</summary>
    public string? Commit { get; private init; }

    /// <summary>Has Flux said that it went well, failed or was given up?</summary>
    public bool Succeeded { get; private init; }

    /// <summary>See <see cref="Succeeded"/>.</summary>
    public bool Failed { get; private init; }

    public RecordedAttempt After(HelmRelease release, FluxMoment seen)
    {
        var commits = Commits.SetItem(release.Metadata.Generation, ReleaseValues.Read(release.Spec).PrSha!);
        return new RecordedAttempt
        {
            Commits = commits,
            Commit = commits.GetValueOrDefault(seen.Attempted),
            Succeeded = seen.Ready.StartsWith("True", StringComparison.Ordinal),
            Failed = seen.Ready.StartsWith("False", StringComparison.Ordinal),
        };
    }
}
