using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The part of a <c>v1 Namespace</c> that the controller uses.</summary>
public sealed record ClusterNamespace
{
    /// <inheritdoc cref="IClusterObject.Metadata"/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What Kubernetes reports; null before it has.</summary>
    public ClusterNamespaceStatus? Status { get; init; }

    /// <summary>Is it being deleted?</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTerminating => Metadata.DeletionTimestamp is not null;
}

/// <summary>The status fields that the controller reads.</summary>
public sealed record ClusterNamespaceStatus
{
    /// <summary>What keeps a namespace from being removed; null when there are none.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }
}

/// <summary>A page of namespaces.</summary>
public sealed record ClusterNamespaceList
{
    /// <summary>The namespaces; null when there are none.</summary>
    public IReadOnlyList<ClusterNamespace>? Items { get; init; }
}
