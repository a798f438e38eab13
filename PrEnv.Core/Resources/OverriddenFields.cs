using System.Text.Json;

namespace PrEnv.Core.Resources;

/// <summary>The fields of a release that the API server did not keep as they were applied, as an admission policy causes it.</summary>
/// <param name="Wish">Fingerprint of what was applied.</param>
/// <param name="Fields">Paths of the fields; empty when everything was kept.</param>
public sealed record OverriddenFields(string Wish, IReadOnlyList<string> Fields)
{
    /// <summary>Reads the annotation; null if it is missing or not valid.</summary>
    public static OverriddenFields? Read(HelmRelease release) =>
        AnnotationJson.Read(release, OwnerLabels.OverriddenAnnotation, ResourceJson.Default.OverriddenFields)
            is { Wish: not null, Fields: not null } read && read.Fields.All(f => f is not null)
                ? read
                : null;

    /// <summary>The annotation's value.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResourceJson.Default.OverriddenFields);

    /// <summary>Does it name the same fields?</summary>
    public bool NamesTheSameAs(OverriddenFields? other) => other is not null && Fields.SequenceEqual(other.Fields, StringComparer.Ordinal);

    /// <summary>The same wish and the same fields.</summary>
    public bool Equals(OverriddenFields? other) => other is not null && Wish == other.Wish && NamesTheSameAs(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Wish, Fields.Count);
}
