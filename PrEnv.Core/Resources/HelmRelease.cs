using System.Text.Json.Serialization;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The part of Flux's <c>helm.toolkit.fluxcd.io/v2 HelmRelease</c> that the controller uses.</summary>
public sealed record HelmRelease : IClusterObject
{
    /// <summary>API group.</summary>
    public const string Group = "helm.toolkit.fluxcd.io";

    /// <summary>API version.</summary>
    public const string Version = "v2";

    /// <summary>Kind.</summary>
    public const string Kind = "HelmRelease";

    /// <summary>Plural, as in URLs.</summary>
    public const string Plural = "helmreleases";

    private Cache _notes;

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What was asked for; empty when it is missing or null.</summary>
    public HelmReleaseSpec Spec { get; init => field = value ?? HelmReleaseSpec.Empty; } = HelmReleaseSpec.Empty;

    /// <summary>What helm-controller reports; null before it has seen the release.</summary>
    public HelmReleaseStatus? Status { get; init; }

    /// <summary>Is this an <see cref="Outline"/>? Then what it lacks says nothing.</summary>
    [JsonIgnore]
    public bool IsOutline { get; private init; }

    /// <summary>What its annotations say: asked for several times by each plan, and there are many plans for each change of it.</summary>
    internal ReleaseNotes Notes
    {
        get
        {
            if (_notes.Known is { } known && known.AreOf(this))
                return known;
            var read = new ReleaseNotes(this);
            _notes = new Cache(read);
            return read;
        }
    }

    /// <summary>Its name, labels and version alone: what an instance keeps of a release that is another instance's to handle.</summary>
    public HelmRelease Outline() => new() { Metadata = Metadata with { Annotations = null, Finalizers = null }, IsOutline = true };

    // What has been read makes no difference between two releases that are equal.
    private readonly struct Cache(ReleaseNotes known) : IEquatable<Cache>
    {
        public ReleaseNotes? Known { get; } = known;

        public bool Equals(Cache other) => true;

        public override bool Equals(object? obj) => obj is Cache;

        public override int GetHashCode() => 0;
    }
}
