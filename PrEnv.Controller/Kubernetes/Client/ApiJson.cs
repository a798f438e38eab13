using System.Text.Json.Serialization;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>JSON of the API machinery's own objects, by source generation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(MetadataOnly))]
[JsonSerializable(typeof(SecretBody))]
[JsonSerializable(typeof(HelmChartBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(EventSeriesPatch))]
[JsonSerializable(typeof(DeleteOptionsBody))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary><c>metav1.Status</c>.</summary>
internal sealed record StatusBody(string? Kind, string? Message, string? Reason, int? Code, StatusDetails? Details);

/// <summary>What is read of the answer of <c>/version</c>.</summary>
internal sealed record VersionBody(string? GitVersion);

internal sealed record StatusDetails(int? RetryAfterSeconds, IReadOnlyList<StatusCause>? Causes, string? Kind);

internal sealed record StatusCause(string? Reason);

/// <summary><c>metadata</c> of a list.</summary>
internal sealed record ListMeta(string? ResourceVersion, string? Continue);

/// <summary>What is read of a bookmark, and of an object that does not fit the model.</summary>
internal sealed record MetadataOnly
{
    public PartialMetadata? Metadata { get; init; }

    /// <summary>For logs.</summary>
    [JsonIgnore]
    public string Key => $"{Metadata?.Namespace}/{Metadata?.Name}";

    /// <summary>True on the bookmark that ends a streaming list.</summary>
    [JsonIgnore]
    public bool EndsInitialEvents =>
        Metadata?.Annotations is { } annotations && annotations.GetValueOrDefault("k8s.io/initial-events-end") == "true";
}

internal sealed record PartialMetadata(
    string? Namespace, string? Name, string? Uid, string? ResourceVersion, IReadOnlyDictionary<string, string>? Annotations);

/// <summary><c>v1.Secret</c>; the values are decoded only when needed.</summary>
internal sealed record SecretBody
{
    public IReadOnlyDictionary<string, string?>? Data { get; init; }
}

/// <summary>What is read of a <c>source.toolkit.fluxcd.io/v1 HelmChart</c>.</summary>
internal sealed record HelmChartBody(HelmChartStatusBody? Status);

internal sealed record HelmChartStatusBody(IReadOnlyList<Condition>? Conditions);

/// <summary><c>metav1.DeleteOptions</c>.</summary>
internal sealed record DeleteOptionsBody(string ApiVersion, string Kind, string PropagationPolicy, DeletePreconditions Preconditions)
{
    public static DeleteOptionsBody For(string uid, string? version = null) =>
        new("v1", "DeleteOptions", "Background", new DeletePreconditions(uid, version));
}

internal sealed record DeletePreconditions(string Uid, string? ResourceVersion);

/// <summary><c>events.k8s.io/v1 Event</c>.</summary>
internal sealed record EventBody
{
    public required string ApiVersion { get; init; }
    public string Kind { get; } = "Event";
    public required EventMetadata Metadata { get; init; }
    public required string EventTime { get; init; }
    public required string Type { get; init; }
    public required string Reason { get; init; }
    public required string Action { get; init; }
    public required string Note { get; init; }
    public required EventRegarding Regarding { get; init; }
    public required string ReportingController { get; init; }
    public required string ReportingInstance { get; init; }
}

internal sealed record EventMetadata(string Name, string Namespace);

internal sealed record EventRegarding(string ApiVersion, string Kind, string Namespace, string Name, string Uid, string ResourceVersion)
{
    public static EventRegarding Of(PREphemeralEnvController resource) => new(
        ApiResource.Controllers.ApiVersion,
        PREphemeralEnvController.Kind,
        resource.Metadata.Namespace,
        resource.Metadata.Name,
        resource.Metadata.Uid,
        resource.Metadata.ResourceVersion);
}

/// <summary>Turns an event into a series: the only part of one that may change.</summary>
internal sealed record EventSeriesPatch(EventSeries Series);

internal sealed record EventSeries(int Count, string LastObservedTime);
