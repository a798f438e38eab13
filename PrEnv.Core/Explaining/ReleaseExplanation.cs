using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Explaining;

/// <summary>A HelmRelease, and what Flux says of it. Messages are Flux's and Helm's own.</summary>
public sealed record ReleaseExplanation
{
    /// <summary>Its name.</summary>
    public required ResourceKey Name { get; init; }

    /// <summary>Its UID.</summary>
    public required string Uid { get; init; }

    /// <summary>The resource that its labels name, if that is another one or none: it is not the resource's own; otherwise null.</summary>
    public ResourceKey? OtherOwner { get; init; }

    /// <summary>Is it the resource's own?</summary>
    public required bool IsOwned { get; init; }

    /// <summary>The commit that it installs; null if its values name none.</summary>
    public string? Commit { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the controller last created or changed it; null when it does not say.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Since when it has been being deleted; null: it is not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Was it suspended by hand? Flux then does nothing with it.</summary>
    public required bool IsSuspended { get; init; }

    /// <summary>The generation that the API server has.</summary>
    public required long Generation { get; init; }

    /// <summary>The generation that Flux attempted last; null before the first attempt.</summary>
    public long? AttemptedGeneration { get; init; }

    /// <summary>What Flux says of the present generation.</summary>
    public required ReleaseVerdict State { get; init; }

    /// <summary>Flux's conditions; empty before it has seen the release.</summary>
    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>Helm's revisions, as far as they are kept, newest first.</summary>
    public ImmutableArray<HelmReleaseSnapshot> History { get; init; } = [];

    /// <summary>Why the HelmChart behind it is not ready, as source-controller says; null if it is or was not asked.</summary>
    public string? ChartProblem { get; init; }

    /// <summary>Paths of the fields that an admission policy overrides.</summary>
    public ImmutableArray<string> OverriddenFields { get; init; } = [];
}

/// <summary>What Flux says of the present generation of a release.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReleaseVerdict>))]
public enum ReleaseVerdict
{
    /// <summary><see cref="ReleaseStateKind.Progressing"/>.</summary>
    Progressing,

    /// <summary><see cref="ReleaseStateKind.Ready"/>.</summary>
    Ready,

    /// <summary><see cref="ReleaseStateKind.Failed"/>.</summary>
    Failed,
}
