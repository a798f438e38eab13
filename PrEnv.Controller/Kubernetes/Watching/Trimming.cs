using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>
/// What is kept of an object in memory. Every HelmRelease of the cluster is watched, because a foreign one can have a name that a pull
/// request needs; of those, little more than the name is kept.
/// </summary>
internal static class Trimming
{
    // As many as Flux keeps by default.
    private const int MaxHistory = 5;

    private const string OwnDomain = PREphemeralEnvController.Group + "/";

    /// <summary>
    /// A release with our labels keeps everything in the model. So does one whose values have a <c>prNumber</c>: it may be one of the
    /// predecessor's, to be adopted. Any other keeps only its identity.
    /// </summary>
    public static HelmRelease Trim(HelmRelease release)
    {
        var metadata = Trim(release.Metadata);
        return IsLabelled(metadata) || MayBePredecessors(release.Spec)
            ? WithShortHistory(ReferenceEquals(metadata, release.Metadata) ? release : release with { Metadata = metadata })
            : new HelmRelease { Metadata = metadata with { Finalizers = null } };
    }

    /// <summary>
    /// Keeps the whole spec and status; labels and annotations as for a release, and the annotation that requests a reconcile.
    /// </summary>
    public static PREphemeralEnvController Trim(PREphemeralEnvController resource) =>
        Trim(resource.Metadata) is var metadata && ReferenceEquals(metadata, resource.Metadata)
            ? resource
            : resource with { Metadata = metadata };

    /// <summary>Whether the label or annotation of that name is kept.</summary>
    public static bool IsKept(string name) =>
        name.StartsWith(OwnDomain, StringComparison.Ordinal)
        || name is OwnerLabels.ManagedBy or PREphemeralEnvController.ReconcileRequestAnnotation
        // The page shows them, on instances that do not ask GitHub as well.
        or OwnerLabels.AuthorAnnotation or OwnerLabels.BranchAnnotation;

    // Most objects have nothing to drop, and need no copy.
    private static ObjectMeta Trim(ObjectMeta metadata)
    {
        var (labels, annotations) = (Keep(metadata.Labels), Keep(metadata.Annotations));
        return ReferenceEquals(labels, metadata.Labels) && ReferenceEquals(annotations, metadata.Annotations)
            ? metadata
            : metadata with { Labels = labels, Annotations = annotations };
    }

    private static bool IsLabelled(ObjectMeta metadata) =>
        metadata.Label(OwnerLabels.ManagedBy) == OwnerLabels.Manager
        || metadata.Labels?.Any(pair => pair.Key.StartsWith(OwnDomain, StringComparison.Ordinal)) == true;

    private static bool MayBePredecessors(HelmReleaseSpec spec) => spec.PrNumber is not null;

    // The digest of the revision that is in place is compared, and of the others no more is kept than people are shown.
    private static HelmRelease WithShortHistory(HelmRelease release)
    {
        if (release.Status?.History is not { Count: > 1 } history)
            return release;
        var deployed = history.FirstOrDefault(item => item.IsDeployed);
        var newest = history.Take(MaxHistory).Select(item => ReferenceEquals(item, deployed) ? item : item with { ConfigDigest = null });
        return release with { Status = release.Status with { History = [.. newest, .. history.Skip(MaxHistory).Where(IsTheOne)] } };

        bool IsTheOne(HelmReleaseSnapshot item) => ReferenceEquals(item, deployed);
    }

    private static IReadOnlyDictionary<string, string>? Keep(IReadOnlyDictionary<string, string>? map)
    {
        if (map is null || (map.Count > 0 && map.All(pair => IsKept(pair.Key))))
            return map;
        var kept = map.Where(pair => IsKept(pair.Key)).ToDictionary(StringComparer.Ordinal);
        return kept.Count > 0 ? kept : null;
    }
}
