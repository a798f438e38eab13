using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Releases;

/// <summary>Whose a namespace is, what it should be, and how it differs from that.</summary>
public static class EnvironmentNamespaces
{
    private const int FieldsLength = 16;

    // The label managed-by says nothing: policies set it on everything.
    private static readonly string[] Identity =
        [OwnerLabels.Name, OwnerLabels.Namespace, OwnerLabels.Uid, OwnerLabels.PrNumber];

    /// <summary>
    /// The pull request that the namespace was created for, when <paramref name="owner"/> has created it; else null. Labels alone do not
    /// prove that: they can be put on any namespace.
    /// </summary>
    public static int? PrNumberIfCreatedBy(ClusterNamespace found, PREphemeralEnvController owner)
    {
        var meta = found.Metadata;
        return owner.Metadata.Uid.Length > 0
            && meta.Label(OwnerLabels.Uid) == owner.Metadata.Uid
            && meta.Label(OwnerLabels.Namespace) == owner.Metadata.Namespace
            && meta.Label(OwnerLabels.Name) == owner.Metadata.Name
            && meta.Annotation(OwnerLabels.CreatedNamespaceAnnotation) == meta.Name
            && int.TryParse(meta.Label(OwnerLabels.PrNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
                ? number
                : null;
    }

    /// <summary>The resource that its labels name; null if they name none.</summary>
    public static ResourceKey? OwnerOf(ClusterNamespace found) =>
        found.Metadata.Label(OwnerLabels.Name) is { } name && found.Metadata.Label(OwnerLabels.Namespace) is { } @namespace
            ? new ResourceKey(@namespace, name)
            : null;

    /// <summary>The namespace that the release says was created for its environment; null: none of its own.</summary>
    public static string? NameOf(HelmRelease release) =>
        release.Metadata.Annotation(OwnerLabels.TargetNamespaceAnnotation) is { Length: <= 63 } name && SpecPatterns.Label().IsMatch(name)
            ? name
            : null;

    /// <summary>The namespace as it should be; the labels whose values are not valid are left out.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="policy">Labels and annotations; null: none but the controller's own.</param>
    /// <param name="context">The pull request.</param>
    public static DesiredNamespace For(
        PREphemeralEnvController owner, string name, NamespacePolicy? policy, TemplateContext context)
    {
        policy ??= new NamespacePolicy(new TextTemplate(name));
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var invalid = ImmutableArray.CreateBuilder<(string Name, string Value)>();
        foreach (var (key, template) in policy.Labels)
        {
            var value = template.Render(context);
            if (NamespaceReader.IsLabelValue(value))
                labels[key] = value;
            else
                invalid.Add((key, value));
        }

        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, template) in policy.Annotations)
            annotations[key] = template.Render(context);
        // Shows which ones are no longer asked for.
        annotations[OwnerLabels.FieldsAnnotation] = Fingerprint.Of(
            string.Join('\n', labels.Keys.Concat(annotations.Keys.Select(k => "\t" + k))), FieldsLength);
        annotations[OwnerLabels.CreatedNamespaceAnnotation] = name;
        labels[OwnerLabels.ManagedBy] = OwnerLabels.Manager;
        labels[OwnerLabels.Name] = owner.Metadata.Name;
        labels[OwnerLabels.Namespace] = owner.Metadata.Namespace;
        labels[OwnerLabels.Uid] = owner.Metadata.Uid;
        labels[OwnerLabels.PrNumber] = context.PullRequest.Number.ToString(CultureInfo.InvariantCulture);
        return new DesiredNamespace(name, labels, annotations) { InvalidLabels = invalid.ToImmutable() };
    }

    /// <summary>Does it have everything by which it is found again?</summary>
    public static bool IsRecognised(DesiredNamespace desired, ClusterNamespace found) =>
        found.Metadata.Annotation(OwnerLabels.CreatedNamespaceAnnotation) == desired.Name
        && Identity.All(label => found.Metadata.Label(label) == desired.Labels[label]);

    /// <summary>The paths of what differs; empty when nothing does. What others have added does not.</summary>
    public static ImmutableArray<string> Drift(DesiredNamespace desired, ClusterNamespace found) =>
        [.. Changes(desired, found).Select(change => change.Path)];

    /// <summary>The same with the values.</summary>
    public static ImmutableArray<FieldChange> Changes(DesiredNamespace desired, ClusterNamespace found) =>
    [
        .. desired.Labels.Where(l => found.Metadata.Label(l.Key) != l.Value)
            .Select(l => FieldChange.OfText("metadata.labels." + l.Key, found.Metadata.Label(l.Key), l.Value)),
        .. desired.Annotations.Where(a => found.Metadata.Annotation(a.Key) != a.Value)
            .Select(a => FieldChange.OfText("metadata.annotations." + a.Key, found.Metadata.Annotation(a.Key), a.Value)),
    ];
}

/// <summary>The part of a namespace that the controller owns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels, those of its owner among them.</param>
/// <param name="Annotations">Its annotations.</param>
public sealed record DesiredNamespace(
    string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>Labels that the spec asks for and that are left out, because with this pull request's texts they are not valid.</summary>
    public ImmutableArray<(string Name, string Value)> InvalidLabels { get; init; } = [];

    /// <summary>Tells one wish from another.</summary>
    public string Fingerprint => Texts.Fingerprint.Of(
        string.Join('\n', Labels.Concat(Annotations).Select(e => $"{e.Key}\t{e.Value}")), 16);
}
