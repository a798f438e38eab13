using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Releases;

/// <summary>
/// Which resource a HelmRelease belongs to. Labels with the owner's UID decide that; a name and a namespace do only where no resource that
/// exists has the UID.
/// </summary>
public static class Ownership
{
    /// <summary>
    /// The pull request that the release is for, when it is <paramref name="owner"/>'s; else null. A copy under another name is not:
    /// it was made by hand, labels included.
    /// </summary>
    public static int? PrNumberIfOwned(HelmRelease release, PREphemeralEnvController owner) =>
        owner.Metadata.Uid.Length > 0 && release.Metadata.Label(OwnerLabels.Uid) == owner.Metadata.Uid
            ? PrNumberIfNamed(release, owner)
            : null;

    /// <summary>
    /// The pull request that the release is for, when its labels name <paramref name="owner"/>, but with another UID; else null. So it is
    /// after a backup was restored, or after the resource was made again without the end of the one before.
    /// </summary>
    public static int? PrNumberIfStray(HelmRelease release, PREphemeralEnvController owner) =>
        owner.Metadata.Uid.Length > 0 && release.Metadata.Label(OwnerLabels.Uid) is { Length: > 0 } uid && uid != owner.Metadata.Uid
            ? PrNumberIfNamed(release, owner)
            : null;

    // The label managed-by says nothing: policies set it on everything.
    private static int? PrNumberIfNamed(HelmRelease release, PREphemeralEnvController owner)
    {
        var meta = release.Metadata;
        return meta.Label(OwnerLabels.Namespace) == owner.Metadata.Namespace
            && meta.Label(OwnerLabels.Name) == owner.Metadata.Name
            && ReleaseNaming.PrNumberOf(meta.Name) is { } number
            && ReleaseNaming.NumberIn(meta.Name).SequenceEqual(meta.Label(OwnerLabels.PrNumber))
                ? number
                : null;
    }

    /// <summary>
    /// Did the predecessor make it? Then it has the same name, chart and source, its own number among its values, and no owner label.
    /// The version is not compared: a new version is a reason to update the release, not to disown it.
    /// </summary>
    public static bool IsAdoptable(HelmRelease release, ChartReference chart)
    {
        var meta = release.Metadata;
        var hasOwner = meta.Label(OwnerLabels.Name) ?? meta.Label(OwnerLabels.Namespace) ?? meta.Label(OwnerLabels.Uid)
            ?? meta.Label(OwnerLabels.PrNumber);
        return hasOwner is null
            && meta.DeletionTimestamp is null
            && ReleaseNaming.PrNumberOf(meta.Name) is { } number
            && ReleaseValues.Read(release.Spec).PrNumber == number
            && release.Spec.ReadChart() is { Source: { } source } origin
            && origin.Chart == (chart.Kind == FluxSourceKind.OCIRepository ? null : chart.Path)
            && source.Kind == chart.Kind.ToString()
            && source.Name == chart.SourceName
            && (source.Namespace ?? meta.Namespace) == chart.SourceNamespace;
    }

    /// <summary>Its owner, for display: <c>ns/name</c>, or null if its labels name none.</summary>
    public static ResourceKey? OwnerOf(HelmRelease release) =>
        release.Metadata.Label(OwnerLabels.Name) is { } name && release.Metadata.Label(OwnerLabels.Namespace) is { } @namespace
            ? new ResourceKey(@namespace, name)
            : null;
}
