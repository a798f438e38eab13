using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Core.Releases;

namespace PrEnv.Core.Explaining;

/// <summary>One write to the cluster.</summary>
public sealed record ActionExplanation
{
    /// <summary>What is done: <c>create</c>, <c>update</c>, <c>delete</c>, <c>rebuild</c> or <c>orphan</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>What it is done to.</summary>
    public required ActionTarget Kind { get; init; }

    /// <summary>Its namespace; null for a namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The fields that an update changes; empty for anything else.</summary>
    public ImmutableArray<FieldChange> Changes { get; init; } = [];

    /// <summary>The spec of a HelmRelease that is created; null for anything else.</summary>
    public JsonElement? Spec { get; init; }
}

/// <summary>What is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionTarget>))]
public enum ActionTarget
{
    /// <summary>A HelmRelease.</summary>
    HelmRelease,

    /// <summary>A namespace that the controller creates for an environment.</summary>
    Namespace,
}
