namespace PrEnv.Core.Resources;

/// <summary>
/// The catalogue of reasons: what conditions, rows of <c>status.environments</c> and events give as their machine-readable cause. A row of
/// an environment that Flux failed to install bears Flux's own reason, such as <c>InstallFailed</c>. Decisions depend on these, never on
/// a sentence. The names are part of the API; the predecessor's are kept where it had one.
/// </summary>
public static class Reasons
{
    // Conditions of the resource

    /// <summary>Condition: all is well.</summary>
    public const string Ready = nameof(Ready);

    /// <summary>Condition: the resource is new, or the caches are being filled.</summary>
    public const string Starting = nameof(Starting);

    /// <summary>Condition <c>Reconciling</c>: the controller is at work or will try again. Row: Flux is at work.</summary>
    public const string Progressing = nameof(Progressing);

    /// <summary>Condition: <c>spec.suspend</c> is true.</summary>
    public const string Suspended = nameof(Suspended);

    /// <summary>Condition: the resource is being deleted.</summary>
    public const string Deleting = nameof(Deleting);

    /// <summary>Condition and event: the spec is invalid. Event only: an interval that is too short was raised.</summary>
    public const string InvalidSpec = nameof(InvalidSpec);

    /// <summary>Condition: a template of the spec is invalid; its event is <see cref="InvalidSpec"/>.</summary>
    public const string InvalidTemplate = nameof(InvalidTemplate);

    /// <summary>Condition and event: the cluster does not have HelmReleases.</summary>
    public const string FluxNotInstalled = nameof(FluxNotInstalled);

    /// <summary>
    /// Condition and event: the Secret with the token or the App could not be read. Row: the environment is held for that reason.
    /// </summary>
    public const string TokenLoadFailed = nameof(TokenLoadFailed);

    /// <summary>Condition and event: the pull requests could not be listed.</summary>
    public const string PRFetchFailed = nameof(PRFetchFailed);

    /// <summary>Condition and event: a rate limit of GitHub. Event only: polling has slowed down to spare one.</summary>
    public const string RateLimited = nameof(RateLimited);

    /// <summary>Condition and event: an environment is kept although its pull request is not in the listing, for lack of proof.</summary>
    public const string DeletionHeld = nameof(DeletionHeld);

    /// <summary>Condition and event: a commit status could not be posted.</summary>
    public const string StatusReportFailed = nameof(StatusReportFailed);

    /// <summary>Condition and event: a deployment, a comment or a reaction could not be written.</summary>
    public const string ReportFailed = nameof(ReportFailed);

    // Conditions, rows and events

    /// <summary>Condition, row and event: the name of the HelmRelease or of the namespace belongs to another owner.</summary>
    public const string NameConflict = nameof(NameConflict);

    /// <summary>Condition, row and event: the API server refused to create or to change a HelmRelease.</summary>
    public const string UnableToCreateHelmRelease = nameof(UnableToCreateHelmRelease);

    /// <summary>Condition, row and event: the API server refused to delete or to orphan a HelmRelease.</summary>
    public const string DeleteFailed = nameof(DeleteFailed);

    /// <summary>
    /// Condition and row: an admission policy overrides what the release is recognised by. Event: it overrides any field of a release.
    /// </summary>
    public const string FieldOverridden = nameof(FieldOverridden);

    /// <summary>
    /// Condition and event: a Secret of the health check is missing or unusable. Row: the environment cannot be checked for that reason.
    /// </summary>
    public const string HealthCheckSecretInvalid = nameof(HealthCheckSecretInvalid);

    // Rows

    /// <summary>Row: there are as many environments as there may be, and this pull request waits for a free one.</summary>
    public const string LimitReached = nameof(LimitReached);

    /// <summary>Row: the HelmRelease is applied, and nothing more was asked for.</summary>
    public const string Applied = nameof(Applied);

    /// <summary>Row and event: the environment is ready.</summary>
    public const string EnvReady = nameof(EnvReady);

    /// <summary>Event, and row when Flux gave no reason: the environment failed.</summary>
    public const string EnvFailed = nameof(EnvFailed);

    /// <summary>Row and event: an environment that was ready no longer answers.</summary>
    public const string EnvUnhealthy = nameof(EnvUnhealthy);

    /// <summary>Row: not ready within <c>spec.healthCheck.timeout</c>.</summary>
    public const string HealthCheckTimeout = nameof(HealthCheckTimeout);

    /// <summary>Row: Flux is still at work on an earlier commit of the pull request.</summary>
    public const string EarlierCommit = nameof(EarlierCommit);

    /// <summary>Row and event: a minute after it was written, Flux has not said anything about the HelmRelease.</summary>
    public const string FluxSilent = nameof(FluxSilent);

    /// <summary>Row: <c>spec.suspend</c> of the HelmRelease is true, so that Flux leaves it alone.</summary>
    public const string ReleaseSuspended = nameof(ReleaseSuspended);

    /// <summary>Row: <c>spec.envHealthCheckURLTemplate</c> does not become a valid URL for this pull request.</summary>
    public const string InvalidURL = nameof(InvalidURL);

    /// <summary>
    /// Row and event: another pull request's environment has the same health check URL, so that an answer proves nothing about this one.
    /// </summary>
    public const string URLNotUnique = nameof(URLNotUnique);

    /// <summary>Condition, row and event: another pull request's environment has the namespace that this one's template gives.</summary>
    public const string NamespaceNotUnique = nameof(NamespaceNotUnique);

    /// <summary>Condition, row and event: a namespace could not be read, created or changed.</summary>
    public const string NamespaceFailed = nameof(NamespaceFailed);

    /// <summary>Row and event: a label of the namespace is not valid with this pull request's texts in it.</summary>
    public const string NamespaceLabelInvalid = nameof(NamespaceLabelInvalid);

    /// <summary>Row: the destination namespace was changed, and the environment moves.</summary>
    public const string Moving = nameof(Moving);

    /// <summary>Row: the HelmRelease was deleted by something else, and a new one follows.</summary>
    public const string WaitingForDeletion = nameof(WaitingForDeletion);

    /// <summary>Row: held; the listing leaves the pull request out, but GitHub reports it as open.</summary>
    public const string StillOpen = nameof(StillOpen);

    /// <summary>Row: held; the listing leaves the pull request out, and GitHub could not confirm that it is closed.</summary>
    public const string NotConfirmed = nameof(NotConfirmed);

    /// <summary>Row: held; the repository does not exist, or the credential may not see it.</summary>
    public const string NotFound = nameof(NotFound);

    /// <summary>Row: held; GitHub refuses the credential.</summary>
    public const string Unauthorized = nameof(Unauthorized);

    /// <summary>Row: held; the repository has another name or owner.</summary>
    public const string Moved = nameof(Moved);

    /// <summary>Row: the pull request is closed, and its environment is being removed.</summary>
    public const string PullRequestClosed = nameof(PullRequestClosed);

    /// <summary>Row: something else deleted the HelmRelease of a pull request that is no longer listed.</summary>
    public const string ReleaseDeleted = nameof(ReleaseDeleted);

    /// <summary>Row: the resource is being deleted, and its environments with it.</summary>
    public const string ResourceDeleted = nameof(ResourceDeleted);

    /// <summary>Row: the resource is being deleted, and the environment stays.</summary>
    public const string Orphaned = nameof(Orphaned);

    /// <summary>Row: the pull request comes from a fork, and <c>spec.pullRequests.forks</c> is <c>Deny</c>.</summary>
    public const string ForkDenied = nameof(ForkDenied);

    /// <summary>Row: the pull request lacks a label of <c>spec.pullRequests.labels</c>, or has none of <c>anyLabels</c>.</summary>
    public const string LabelMissing = nameof(LabelMissing);

    /// <summary>Row: the pull request has a label of <c>spec.pullRequests.excludeLabels</c>.</summary>
    public const string LabelExcluded = nameof(LabelExcluded);

    /// <summary>Row: the pull request is a draft, and <c>spec.pullRequests.drafts</c> is <c>Skip</c>.</summary>
    public const string DraftSkipped = nameof(DraftSkipped);

    /// <summary>Row: the author is not in <c>spec.pullRequests.authors</c>.</summary>
    public const string AuthorNotIncluded = nameof(AuthorNotIncluded);

    /// <summary>Row: the author is in <c>spec.pullRequests.excludeAuthors</c>.</summary>
    public const string AuthorExcluded = nameof(AuthorExcluded);

    /// <summary>Row: no pattern of <c>spec.pullRequests.targetBranches</c> matches the base branch.</summary>
    public const string TargetBranchNotIncluded = nameof(TargetBranchNotIncluded);

    /// <summary>Row: no pattern of <c>spec.pullRequests.branches</c> matches the branch of the pull request.</summary>
    public const string BranchNotIncluded = nameof(BranchNotIncluded);

    /// <summary>Row: a pattern of <c>spec.pullRequests.excludeBranches</c> matches the branch of the pull request.</summary>
    public const string BranchExcluded = nameof(BranchExcluded);

    /// <summary>Row: no pattern of <c>spec.pullRequests.titles</c> matches the title.</summary>
    public const string TitleNotIncluded = nameof(TitleNotIncluded);

    /// <summary>Row: a pattern of <c>spec.pullRequests.excludeTitles</c> matches the title.</summary>
    public const string TitleExcluded = nameof(TitleExcluded);

    /// <summary>Row: no file that the pull request changes matches <c>spec.pullRequests.paths</c>.</summary>
    public const string PathNotIncluded = nameof(PathNotIncluded);

    /// <summary>
    /// Row: every file that the pull request changes and that matches <c>spec.pullRequests.paths</c> matches <c>excludePaths</c>.
    /// </summary>
    public const string PathExcluded = nameof(PathExcluded);

    /// <summary>Row and event: the environment is removed because nothing happened on its pull request for too long.</summary>
    public const string EnvExpired = nameof(EnvExpired);

    /// <summary>Row and event: the environment is asleep, or falls asleep.</summary>
    public const string EnvAsleep = nameof(EnvAsleep);

    /// <summary>Row and event: the environment wakes up, with the commit that was ready before it fell asleep.</summary>
    public const string EnvAwake = nameof(EnvAwake);

    /// <summary>Row: GitHub has not said enough to decide whether the pull request is selected.</summary>
    public const string SelectionUnknown = nameof(SelectionUnknown);

    /// <summary>Row: the environment was deleted by a command in a comment.</summary>
    public const string DeletedByCommand = nameof(DeletedByCommand);

    /// <summary>Row: a commit from a fork waits for its approval.</summary>
    public const string ApprovalRequired = nameof(ApprovalRequired);

    /// <summary>Row: whether a commit from a fork was approved could not be read.</summary>
    public const string ApprovalUnknown = nameof(ApprovalUnknown);

    /// <summary>Row: the head commit waits for a check of <c>spec.waitFor.checks</c>.</summary>
    public const string WaitingForChecks = nameof(WaitingForChecks);

    /// <summary>Row: a check of <c>spec.waitFor.checks</c> failed on the head commit.</summary>
    public const string ChecksFailed = nameof(ChecksFailed);

    /// <summary>Row: a check of <c>spec.waitFor.checks</c> has not concluded within <c>spec.waitFor.timeout</c>.</summary>
    public const string ChecksTimedOut = nameof(ChecksTimedOut);

    /// <summary>Row: the checks of the head commit could not be read.</summary>
    public const string ChecksUnknown = nameof(ChecksUnknown);

    // Events

    /// <summary>Event: no pull request is open any more.</summary>
    public const string NoActivePRs = nameof(NoActivePRs);

    /// <summary>Event: a HelmRelease was created.</summary>
    public const string FluxHelmReleaseCreated = nameof(FluxHelmReleaseCreated);

    /// <summary>Event: a HelmRelease was changed.</summary>
    public const string FluxHelmReleaseUpdated = nameof(FluxHelmReleaseUpdated);

    /// <summary>Event: a HelmRelease of the predecessor, or of an earlier resource with this name, was adopted.</summary>
    public const string FluxHelmReleaseAdopted = nameof(FluxHelmReleaseAdopted);

    /// <summary>Event: a HelmRelease was deleted.</summary>
    public const string FluxHelmReleaseDeleted = nameof(FluxHelmReleaseDeleted);

    /// <summary>Event: a pull request gets no environment, and why.</summary>
    public const string PRSkipped = nameof(PRSkipped);

    /// <summary>Event: a pull request waits for its environment.</summary>
    public const string PRQueued = nameof(PRQueued);

    /// <summary>Event: a command asked for a rebuild.</summary>
    public const string RebuildRequested = nameof(RebuildRequested);

    /// <summary>Event: the repository was renamed or transferred.</summary>
    public const string RepositoryMoved = nameof(RepositoryMoved);
}
