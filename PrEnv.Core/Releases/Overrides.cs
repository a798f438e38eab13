using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Releases;

/// <summary>
/// What the API server makes of an apply: an admission policy may rewrite or drop fields of every write. What does not stick is no drift,
/// because applying it again would change nothing, for ever.
/// </summary>
public static class Overrides
{
    private const int WishLength = 16;

    private const string LabelPrefix = "metadata.labels.";

    // Without these, the release is not recognised, or it installs something else than the pull request's commit.
    private static readonly string[] Identity =
    [
        LabelPrefix + OwnerLabels.Name, LabelPrefix + OwnerLabels.Namespace, LabelPrefix + OwnerLabels.PrNumber,
        LabelPrefix + OwnerLabels.Uid, "spec.values.prNumber", "spec.values.prSHA",
    ];

    /// <summary>The fields that an apply did not bring about, given the object in the API server's answer to it.</summary>
    public static OverriddenFields Of(DesiredRelease desired, HelmRelease written) => new(WishOf(desired), FieldsOf(desired, written));

    /// <summary>
    /// The value that the annotation <see cref="OwnerLabels.OverriddenAnnotation"/> should get; null when it is right as it is.
    /// </summary>
    public static string? NoteOf(DesiredRelease desired, HelmRelease written)
    {
        var (found, noted) = (Of(desired, written), OverriddenFields.Read(written));
        return found == noted || (found.Fields.Count == 0 && noted is null) ? null : found.ToJson();
    }

    /// <summary>Tells one wish from another, regardless of the time at which it was made.</summary>
    public static string WishOf(DesiredRelease desired) => Fingerprint.Of(
        JsonSerializer.Serialize(
            new HelmRelease
            {
                Metadata = new ObjectMeta { Labels = desired.Labels },
                Spec = desired.Wish,
            },
            ResourceJson.Default.HelmRelease),
        WishLength);

    /// <summary>Can an environment not be judged, or not be found again, because these fields are not as they were applied?</summary>
    public static bool BreakIdentity(IEnumerable<string> fields) => fields.Intersect(Identity, StringComparer.Ordinal).Any();

    /// <summary>Of these fields, those that do not differ because an admission policy overrides them.</summary>
    /// <param name="known">What is known of the release; null: nothing.</param>
    /// <param name="desired">The release as it should be.</param>
    /// <param name="fields">Paths that differ.</param>
    public static ImmutableArray<string> Drift(OverriddenFields? known, DesiredRelease desired, ImmutableArray<string> fields) =>
        known is { Fields.Count: > 0 } && known.Wish == WishOf(desired)
            ? fields.RemoveAll(f => known.Fields.Contains(f, StringComparer.Ordinal))
            : fields;

    private static ImmutableArray<string> FieldsOf(DesiredRelease desired, HelmRelease written) =>
        DesiredReleases.SpecDrift(desired, written).AddRange(DesiredReleases.MetadataDrift(desired, written));
}
