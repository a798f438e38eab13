using System.Collections.Immutable;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Ranking;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Environments;

/// <summary>What is known of one pull request's environment: all that a rule may look at.</summary>
internal sealed record EnvironmentInput
{
    // What every browser takes; 500 of them still fit into one status.
    private const int MaxUrlLength = 2048;

    // Cached because they are expensive and used several times: both follow from the other properties.
    private (PullRequest Of, string? Url)? _url;
    private (string Of, string? Url)? _healthUrl;
    private (HelmRelease Of, ReportedStatus? Status)? _reported;
    private bool? _isToSleep;

    public required Snapshot Snapshot { get; init; }

    public required EnvironmentSpec Spec { get; init; }

    /// <summary>Of the spec.</summary>
    public required ReleaseTemplate Template { get; init; }

    public required int PrNumber { get; init; }

    /// <summary>As listed; null if it is not in the listing, or no listing is available.</summary>
    public required PullRequest? PullRequest { get; init; }

    /// <summary>
    /// Why it gets no environment; null if it does get one, or is not listed, or if that is not known (<see cref="IsUndecided"/>).
    /// </summary>
    public required Rejection? Rejection { get; init; }

    /// <summary>Which commit may be installed; null when it is not listed.</summary>
    public required Approval? Approval { get; init; }

    /// <summary>What the ranking of all pull requests says of this one; null: it neither has an environment nor may get one.</summary>
    public Standing? Standing { get; set; }

    /// <summary>Since when nothing has happened on it, and whether it has expired for that.</summary>
    public Idleness Idleness { get; init; }

    /// <summary>Is its environment to be asleep, its health aside?</summary>
    public Sleepiness Sleepiness { get; init; }

    /// <summary>The token of the command that asks for a rebuild; null if none does.</summary>
    public required string? Rebuild { get; init; }

    /// <summary>Is the listing complete? If not, nothing is known about any pull request.</summary>
    public required bool ListingIsComplete { get; init; }

    /// <summary>The resource's own release in its destination; it may still have the UID of an earlier resource with this name.</summary>
    public required HelmRelease? Current { get; init; }

    /// <summary>The resource's own releases in other namespaces, left there by a change of the destination.</summary>
    public required ImmutableArray<HelmRelease> Misplaced { get; init; }

    /// <summary>A release with the same name in the destination that is not the resource's.</summary>
    public required HelmRelease? Occupant { get; init; }

    /// <summary>The namespace that its environment has, or is to get; null: none of its own.</summary>
    public string? NamespaceName { get; init; }

    /// <summary>The namespaces that the resource has created for it.</summary>
    public ImmutableArray<ClusterNamespace> Created { get; init; } = [];

    /// <summary>Its row in the last status; null if it had none.</summary>
    public required EnvironmentStatus? Before { get; init; }

    /// <summary>False when the last status had to leave rows out: a missing row then means nothing.</summary>
    public required bool BeforeIsKnown { get; init; }

    /// <summary>The <see cref="Occupant"/>, if it becomes the resource's own: the predecessor made it.</summary>
    public HelmRelease? Adoptable => Occupant is { } occupant && Ownership.IsAdoptable(occupant, Spec.Chart) ? occupant : null;

    /// <summary><see cref="Current"/> and <see cref="Misplaced"/>, in this order.</summary>
    public required ImmutableArray<HelmRelease> Owned { get; init; }

    /// <summary>What is left of an environment whose release is gone.</summary>
    public IEnumerable<ClusterNamespace> Leftovers => !Owned.IsEmpty ? [] : Created;

    /// <summary>Is there anything of an environment?</summary>
    public bool HasEnvironment => !Owned.IsEmpty || !Created.IsEmpty;

    /// <summary>Its namespace as it should be; null while that is not known, or if it has none of its own.</summary>
    public DesiredNamespace? DesiredNamespace =>
        NamespaceName is { } name && PullRequest is not null && Approval?.InstallSha is { } sha && Facts(sha) is { } facts
            ? EnvironmentNamespaces.For(
                Snapshot.Resource, name, Spec.Namespace, new TemplateContext(facts, Spec.Owner, Spec.Repository))
            : null;

    public ResourceKey Name => new(Spec.DestinationNamespace, ReleaseNaming.NameOf(PrNumber));

    public PullRequestState Confirmation => Snapshot.Confirmations.GetValueOrDefault(PrNumber);

    /// <summary>Does the head commit wait for an approval or its checks while an older one stays installed?</summary>
    public bool IsPinned => Approval is { IsPinned: true } approval && approval.InstallSha != PullRequest?.HeadSha;

    /// <summary>Is it open, but not known whether it is selected? Then nothing is created and nothing is deleted.</summary>
    public bool IsUndecided => Approval is { State: ApprovalState.Undecided };

    /// <summary>
    /// Is it to have no environment because nothing has happened on it for too long? One that is still there stays while that is not
    /// certain.
    /// </summary>
    public bool IsExpired =>
        Idleness.Expired is not null && ListingIsComplete && PullRequest is not null && (Idleness.IsCertain || !HasEnvironment);

    /// <summary>When its environment expires if nothing happens; as it was known last while GitHub does not say enough.</summary>
    public DateTimeOffset? ExpiresAt => Idleness.IsCertain || Spec.Expiry is null ? Idleness.ExpiresAt : Before?.ExpiresAt;

    /// <summary>
    /// Is its environment asleep, as its release records? Where an admission policy overrides the record, it is the other way round;
    /// otherwise the environment would be put to sleep, or woken up, for ever.
    /// </summary>
    public bool IsAsleep
    {
        get
        {
            if (Current is not { } release)
                return false;
            var isRecorded = DesiredReleases.AsleepSince(release) is not null;
            if (!isRecorded && Spec.Sleep is null)
                return false;
            var isOverridden = Snapshot.OverriddenOf(release)?.Fields.Contains(DesiredReleases.AsleepPath, StringComparer.Ordinal) == true;
            return isRecorded != isOverridden;
        }
    }

    /// <summary>Is its environment to be asleep? It falls asleep only with a commit that is known to be ready.</summary>
    public bool IsToSleep => _isToSleep ??= FindWhetherToSleep();

    /// <summary>
    /// Does its environment wake up, with a commit that was ready before it fell asleep? The row remembers that until it is ready again.
    /// </summary>
    public bool IsWaking(string sha) => !IsToSleep
        && (HasRowOfWaking(sha)
            || (Spec.Readiness is not Readiness.Applied && IsAsleep && ReleaseValues.Read(Current!.Spec).Commit == sha));

    /// <summary>Was it asleep, or waking up, with that commit, as far as its last row says?</summary>
    public bool HasRowOfWaking(string sha) => Spec.Readiness is not Readiness.Applied && Before is { } row && row.HeadSha == sha
        && (row.Phase == EnvironmentPhase.Asleep || row is { Phase: EnvironmentPhase.Deploying, Reason: Reasons.EnvAwake });

    /// <summary>What its release is to be made from.</summary>
    public ReleaseTemplate WishedTemplate => IsToSleep ? Template.Asleep : Template;

    /// <summary>May an environment in a former destination be removed, so that a new one takes its place?</summary>
    public bool MayMove => ListingIsComplete && !IsUndecided && Approval?.Checks is null;

    /// <summary>
    /// The pull request as it is listed now or was listed last, at the installed commit; until GitHub has answered for the first time, only
    /// its number and commit.
    /// </summary>
    public PullRequest? Facts(string sha) =>
        (IsPinned && Sha.IsCommit(sha) ? PullRequest! with { HeadSha = sha } : PullRequest)
        ?? (Snapshot.Remembered.GetValueOrDefault(PrNumber) is { } known && known.HeadSha == sha ? known : null)
        ?? (Sha.IsCommit(sha) ? new PullRequest { Number = PrNumber, HeadSha = sha } : null);

    /// <summary>
    /// The pull request that the release is rendered from, at a commit; null while the template needs texts that are not known.
    /// </summary>
    public PullRequest? FactsToRender(string sha)
    {
        if (Facts(sha) is not { } facts || (WishedTemplate.UsesText && PullRequest is null && facts.HeadBranch.Length == 0))
            return null;
        if (Spec.PullRequestValue is not null && facts.Labels is null)
            return null;
        return facts.HeadSha == sha ? facts : facts with { HeadSha = sha };
    }

    /// <summary>Is its environment being removed, or about to be?</summary>
    public bool IsLeaving =>
        Rejection is not null || IsExpired || Approval is { InstallSha: null, Checks: null } || Confirmation == PullRequestState.Closed
        || Current?.Metadata.DeletionTimestamp is not null;

    /// <summary>What answers for its environment; null if the spec has no health check, or while the URL is not known.</summary>
    public string? HealthUrl =>
        (Approval?.InstallSha ?? (Owned.FirstOrDefault() is { } release ? ReleaseValues.Read(release.Spec).Commit : null)) is { } sha
            ? HealthUrlAt(sha)
            : null;

    /// <summary>The same at a commit.</summary>
    public string? HealthUrlAt(string sha)
    {
        if (_healthUrl is not { } known || known.Of != sha)
            _healthUrl = known = (sha, RenderHealthUrl(sha));
        return known.Url;
    }

    /// <summary>That URL as the environments of other resources see it; null if there is none, or it waits for a place.</summary>
    public UrlClaim? UrlClaim { get; set; }

    /// <summary>The other environment that answers at a URL; null if it is this one's own.</summary>
    public Candidate? OtherAt(string url) => Standing?.OwnerOfUrl is { } owner && owner.HealthUrl == url ? owner : null;

    /// <summary>
    /// The link for people; null if the spec asks for none, or if the pull request's title would make it one that browsers reject.
    /// </summary>
    public string? Url(PullRequest pullRequest)
    {
        if (_url is not { } known || !ReferenceEquals(known.Of, pullRequest))
            _url = known = (pullRequest, Render(pullRequest));
        return known.Url;
    }

    /// <summary>What was posted last for that release.</summary>
    public ReportedStatus? ReportedFor(HelmRelease release)
    {
        if (_reported is not { } known || !ReferenceEquals(known.Of, release))
        {
            _reported = known = (
                release, WithReason(Snapshot.Reported.GetValueOrDefault(release.Metadata.Uid) ?? ReportedStatus.Read(release)));
        }

        return known.Status;
    }

    /// <summary>Was it already in that phase for that reason? If so, there is no news.</summary>
    public bool Was(string phase, string reason) => Before is null ? !BeforeIsKnown : Before.Phase == phase && Before.Reason == reason;

    private bool FindWhetherToSleep()
    {
        if (Spec.Sleep is null || Sleepiness.Wanted == false || Current is not { Metadata.DeletionTimestamp: null } release)
            return false;
        var sha = Approval is { } approval ? approval.InstallSha : Approval.RolledOut(release);
        if (sha is null || ReleaseValues.Read(release.Spec).Commit != sha)
            return false;
        return IsAsleep || (Sleepiness is { Wanted: true, MayFallAsleep: true } && EnvironmentHealth.MaySleep(this, release));
    }

    // The release's own commit is always known; the texts of its pull request are known only after GitHub has answered once.
    private string? RenderHealthUrl(string sha) =>
        Spec.Readiness is Readiness.Answers answers && Facts(sha) is { } facts && (facts.HeadBranch.Length > 0 || !answers.Url.UsesText)
            ? answers.Url.Render(new TemplateContext(facts, Spec.Owner, Spec.Repository))
            : null;

    private static ReportedStatus? WithReason(ReportedStatus? reported) =>
        reported is null ? null : reported with { Status = PostedReasons.WithReason(reported.Status) };

    private string? Render(PullRequest pullRequest)
    {
        if (Spec.EnvironmentUrl is not { } template)
            return null;
        if (template.UsesText && pullRequest.HeadBranch.Length == 0)
            return Before?.Url;
        var text = template.Render(new TemplateContext(pullRequest, Spec.Owner, Spec.Repository));
        return text.Length <= MaxUrlLength && Uri.TryCreate(text, UriKind.Absolute, out _) ? text : null;
    }
}
