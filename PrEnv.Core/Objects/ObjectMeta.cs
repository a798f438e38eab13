using System.Text.Json.Serialization;

namespace PrEnv.Core.Objects;

/// <summary>
/// The part of Kubernetes' <c>ObjectMeta</c> that the controller uses.
/// See https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/.
/// </summary>
public sealed record ObjectMeta
{
    /// <summary>Name, unique in the namespace.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace; empty for a cluster-scoped object.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Unique in space and time: a deleted and recreated object has another.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Opaque version, changed by every write.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Counts changes of the spec.</summary>
    public long Generation { get; init; }

    /// <summary>When the server created it.</summary>
    public DateTimeOffset CreationTimestamp { get; init; }

    /// <summary>Set once deletion was requested; the object is removed once its finalizers are.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>Labels; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Finalizers; null when there are none.</summary>
    public IReadOnlyList<string>? Finalizers { get; init; }

    /// <summary>Namespace and name.</summary>
    [JsonIgnore]
    public ResourceKey Key => new(Namespace, Name);

    /// <summary>The label's value, or null.</summary>
    public string? Label(string name) => Labels?.GetValueOrDefault(name);

    /// <summary>The annotation's value, or null.</summary>
    public string? Annotation(string name) => Annotations?.GetValueOrDefault(name);
}
