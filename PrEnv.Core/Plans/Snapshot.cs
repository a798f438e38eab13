using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Plans;

/// <summary>Everything that a plan is made from, gathered at one moment. Immutable; the collections handed in are never changed.</summary>
public sealed record Snapshot
{
    // Asked several times; a copy of the snapshot that differs in what it depends on sorts again.
    private Sorting? _sorting;

    /// <summary>The resource.</summary>
    public required PREphemeralEnvController Resource { get; init; }

    /// <summary>Was its finalizer added in vain, because an admission policy removes it?</summary>
    public bool KeepsNoFinalizer { get; init; }

    /// <summary>
    /// Were the effects of commands, and who has expired, recorded in vain, because an admission policy removes the annotation? Then no
    /// environment expires: it would come back at once.
    /// </summary>
    public bool KeepsNoEffects { get; init; }

    /// <summary>Its spec, checked, or what is wrong with it.</summary>
    public required SpecReading Spec { get; init; }

    /// <summary>Can HelmReleases be seen?</summary>
    public FluxState Flux { get; init; } = FluxState.Synced;

    /// <summary>
    /// What GitHub said; null if it was not asked (the resource is suspended, invalid or being deleted, or Flux is not available).
    /// </summary>
    public PullRequestListing? Listing { get; init; }

    /// <summary>What GitHub said about single pull requests; see <see cref="Questions.Confirmations"/>.</summary>
    public IReadOnlyDictionary<int, PullRequestState> Confirmations { get; init; } = ImmutableDictionary<int, PullRequestState>.Empty;

    /// <summary>Pull requests as a complete listing had them last; used for their texts only, never as proof.</summary>
    public IReadOnlyDictionary<int, PullRequest> Remembered { get; init; } = ImmutableDictionary<int, PullRequest>.Empty;

    /// <summary>The resource's HelmReleases in every namespace, and all whose name it might use in its destination.</summary>
    public ImmutableArray<HelmRelease> Releases { get; init; } = [];

    /// <summary>Namespaces of environments.</summary>
    public NamespaceReading Namespaces { get; init; } = NamespaceReading.None;

    /// <summary>UIDs of the resources that exist: a release with one of them is never another resource's.</summary>
    public IReadOnlySet<string> ResourceUids { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>What the probes have shown.</summary>
    public IReadOnlyDictionary<ProbeRevision, ProbeObservation> Probes { get; init; } =
        ImmutableDictionary<ProbeRevision, ProbeObservation>.Empty;

    /// <summary>The health check URLs of the environments of all resources, as far as this process knows them.</summary>
    public UrlClaims HealthUrls { get; init; } = UrlClaims.None;

    /// <summary>By UID of the release: what this process has posted, where that is newer than the release's annotation.</summary>
    public IReadOnlyDictionary<string, ReportedStatus> Reported { get; init; } = ImmutableDictionary<string, ReportedStatus>.Empty;

    /// <summary>By UID of the release: what the API server did not keep, where that is newer than the release's annotation.</summary>
    public IReadOnlyDictionary<string, OverriddenFields> Overridden { get; init; } = ImmutableDictionary<string, OverriddenFields>.Empty;

    /// <summary>By number: what this process has posted, or found posted, for pull requests without a release.</summary>
    public IReadOnlyDictionary<int, CommitStatus> ReportedWithoutRelease { get; init; } = ImmutableDictionary<int, CommitStatus>.Empty;

    /// <summary>By number: the deployments that this process knows; they are newer than the releases' annotations.</summary>
    public IReadOnlyDictionary<int, ReportedDeployment> Deployments { get; init; } = ImmutableDictionary<int, ReportedDeployment>.Empty;

    /// <summary>By number: the comments that this process knows; they are newer than the releases' annotations.</summary>
    public IReadOnlyDictionary<int, ReportedComment> Comments { get; init; } = ImmutableDictionary<int, ReportedComment>.Empty;

    /// <summary>By number: reviews of forks' pull requests; see <see cref="Questions.Reviews"/>.</summary>
    public IReadOnlyDictionary<int, ReviewReading> Reviews { get; init; } = ImmutableDictionary<int, ReviewReading>.Empty;

    /// <summary>Do pull requests change files that count? See <see cref="Questions.Files"/>.</summary>
    public IReadOnlyDictionary<PathQuestion, PathVerdict> Files { get; init; } = ImmutableDictionary<PathQuestion, PathVerdict>.Empty;

    /// <summary>By head commit: what is known of its checks; see <see cref="Questions.Checks"/>.</summary>
    public IReadOnlyDictionary<string, CheckReading> Checks { get; init; } = ImmutableDictionary<string, CheckReading>.Empty;

    /// <summary>What HelmCharts say that are not ready; see <see cref="Questions.Charts"/>.</summary>
    public IReadOnlyDictionary<ResourceKey, ChartReading> Charts { get; init; } = ImmutableDictionary<ResourceKey, ChartReading>.Empty;

    /// <summary>Commands that this process has claimed and that are to be carried out.</summary>
    public ImmutableArray<Command> Commands { get; init; } = [];

    /// <summary>Commands that were found and have not been claimed as far as is known; see <see cref="Plan.Claims"/>.</summary>
    public ImmutableArray<Command> NewCommands { get; init; } = [];

    /// <summary>
    /// Reports that could not be sent to GitHub and whose failure this process has already published; null: it has not planned this
    /// resource before.
    /// </summary>
    public IReadOnlySet<(int PrNumber, ReportKind What)>? Unreported { get; init; }

    /// <summary>
    /// By number: the <see cref="ActionResult.Cause"/> of what failed in this process's last plan; null if it has made none.
    /// </summary>
    public IReadOnlyDictionary<int, string>? LastFailures { get; init; }

    /// <summary>The <see cref="OverallVerdict.Cause"/> of this process's last plan for the resource; null if it is not known.</summary>
    public string? LastCause { get; init; }

    /// <summary>By number: when this process first saw the present head commit.</summary>
    public IReadOnlyDictionary<int, DateTimeOffset> HeadSeen { get; init; } = ImmutableDictionary<int, DateTimeOffset>.Empty;

    /// <summary>Since when the clock that <see cref="Now"/> is read from has not jumped, as far as is known.</summary>
    public DateTimeOffset ClockSteadySince { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The moment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// The pull request that the release is for, when it is the resource's: by its UID, or because the resource that had the UID in the
    /// labels is gone and had this one's name. Null otherwise.
    /// </summary>
    public int? PrNumberOf(HelmRelease release) =>
        Ownership.PrNumberIfOwned(release, Resource)
        ?? (Ownership.PrNumberIfStray(release, Resource) is { } number && !ResourceUids.Contains(release.Metadata.Label(OwnerLabels.Uid)!)
            ? number
            : null);

    /// <summary>Those of <see cref="Releases"/> that are the resource's, see <see cref="PrNumberOf"/>.</summary>
    public ImmutableArray<OwnedRelease> Owned => Sorted.Owned;

    /// <summary>Those of <see cref="Releases"/> that are not.</summary>
    public ImmutableArray<HelmRelease> Others => Sorted.Others;

    /// <summary>Has the resource ever been about to create a namespace? If not, there are none to be looked for.</summary>
    public bool MayHaveNamespaces =>
        Resource.Metadata.Annotation(PREphemeralEnvController.NamespacesAnnotation) == PREphemeralEnvController.HasNamespaces;

    /// <summary>What the API server did not keep of the last apply to that release; null when nothing is known.</summary>
    public OverriddenFields? OverriddenOf(HelmRelease release) =>
        Overridden.GetValueOrDefault(release.Metadata.Uid) ?? OverriddenFields.Read(release);

    private Sorting Sorted => _sorting is { } known && known.IsOf(this) ? known : _sorting = new Sorting(this);

    // Whose each release is.
    private sealed class Sorting
    {
        private readonly PREphemeralEnvController _resource;
        private readonly ImmutableArray<HelmRelease> _releases;
        private readonly IReadOnlySet<string> _resourceUids;

        public Sorting(Snapshot snapshot)
        {
            (_resource, _releases, _resourceUids) = (snapshot.Resource, snapshot.Releases, snapshot.ResourceUids);
            var owned = ImmutableArray.CreateBuilder<OwnedRelease>(_releases.Length);
            var others = ImmutableArray.CreateBuilder<HelmRelease>();
            foreach (var release in _releases)
            {
                if (snapshot.PrNumberOf(release) is { } number)
                    owned.Add(new OwnedRelease(number, release));
                else
                    others.Add(release);
            }

            (Owned, Others) = (owned.DrainToImmutable(), others.DrainToImmutable());
        }

        public ImmutableArray<OwnedRelease> Owned { get; }

        public ImmutableArray<HelmRelease> Others { get; }

        public bool IsOf(Snapshot snapshot) =>
            ReferenceEquals(_resource, snapshot.Resource)
            && _releases == snapshot.Releases
            && ReferenceEquals(_resourceUids, snapshot.ResourceUids);
    }
}

/// <summary>A HelmRelease of the resource.</summary>
/// <param name="Number">The pull request that it is for.</param>
/// <param name="Release">The release.</param>
public readonly record struct OwnedRelease(int Number, HelmRelease Release);

/// <summary>Can HelmReleases be seen?</summary>
public enum FluxState
{
    /// <summary>The cache is being filled.</summary>
    Syncing,

    /// <summary>The cache is complete.</summary>
    Synced,

    /// <summary>The API server does not serve HelmReleases.</summary>
    NotInstalled,
}
