using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>
/// Is an environment ready? Everything here is about one generation of one release, which installs one commit: neither what Flux says of an
/// older generation nor what an older revision answers to a probe counts.
/// </summary>
internal sealed class EnvironmentHealth
{
    private const int FailuresUntilUnhealthy = 3;

    private readonly EnvironmentInput _input;
    private readonly HelmRelease _release;
    private readonly ReleaseState _state;
    private readonly LastReport _last;
    private readonly FluxWait _wait;

    private EnvironmentHealth(EnvironmentInput input, HelmRelease release, bool isWaking)
    {
        _input = input;
        _release = release;
        _state = ReleaseState.Of(release);
        Sha = CommitOf(release);
        // What was reported before it fell asleep is no proof that it is up again.
        _last = isWaking ? LastReport.Nothing : LastReport.Of(input, release, Sha);
        _wait = FluxWait.Of(input, release, _state, UpdatedAt);
    }

    /// <summary>The commit that the release installs; empty when its values do not name one.</summary>
    public string Sha { get; }

    public Verdict Verdict { get; private set; }

    public ProbeTarget? Probe { get; private set; }

    public DateTimeOffset? CheckAgainAt { get; private set; }

    /// <summary>Since when it has been so, if that is not what the last row says.</summary>
    public DateTimeOffset? Since => Verdict.Phase == EnvironmentPhase.Deploying ? TakenUpAt : null;

    /// <summary>Is it news that the environment is ready?</summary>
    public bool IsNewlyReady => Verdict.Phase == EnvironmentPhase.Ready && !_last.Ready && !WasReadyBefore;

    /// <summary>How long it took to become ready; null unless that is news, and where nothing is waited for.</summary>
    public TimeSpan? ReadyAfter =>
        IsNewlyReady && _input.Spec.Readiness is not Readiness.Applied ? _input.Snapshot.Now - UpdatedAt : null;

    /// <summary>Is it news that the environment failed?</summary>
    public bool IsNewlyFailed =>
        Verdict.Phase == EnvironmentPhase.Failed && !_last.Failed && !_input.Was(EnvironmentPhase.Failed, Verdict.Reason);

    /// <summary>Is it news that Flux says nothing? Not if the environment has failed for that already.</summary>
    public bool IsNewlySilent => Verdict.Reason == Reasons.FluxSilent
        && !_input.Was(Verdict.Phase, Reasons.FluxSilent) && !_input.Was(EnvironmentPhase.Failed, Reasons.HealthCheckTimeout);

    // A missing row, or one that was held while GitHub was unavailable, leaves the question open.
    private bool WasReadyBefore => _input.Before is not { } before
        ? !_input.BeforeIsKnown
        : before.HeadSha == Sha
            && (before.Phase == EnvironmentPhase.Ready || (before.Phase == EnvironmentPhase.Held && _last.State is null));

    public static EnvironmentHealth Of(EnvironmentInput input, HelmRelease release)
    {
        var isWaking = input.IsWaking(CommitOf(release));
        var health = new EnvironmentHealth(input, release, isWaking);
        var verdict = health.Find();
        if (isWaking && verdict.Phase == EnvironmentPhase.Deploying)
            verdict = Verdict.Waking(verdict.Message);
        // Flux may name a different cause on each attempt. One failure is reported once, in the words of its first report.
        health.Verdict = verdict.State == CommitState.Failure && health._last is { Failed: true, Posted: { } posted }
            ? verdict with { Description = posted.Description, ReportedReason = posted.Reason }
            : verdict;
        return health;
    }

    /// <summary>Of a release that is about to be created or changed.</summary>
    public static Verdict OfNew(EnvironmentInput input, string sha)
    {
        if (input.Spec.Readiness is Readiness.Applied)
            return Verdict.Applied;
        return input.HealthUrlAt(sha) is { } url && input.OtherAt(url) is { IsLeaving: false } owner ? Verdict.UrlNotUnique(url, owner)
            : input.IsWaking(sha) ? Verdict.Waking(HealthMessages.WaitingForFlux)
            : Verdict.Deploying(HealthMessages.WaitingForFlux);
    }

    /// <summary>
    /// May an environment that is awake fall asleep? Only once it is ready: what fails, or is being deployed, stays for people to look at.
    /// </summary>
    public static bool MaySleep(EnvironmentInput input, HelmRelease release)
    {
        var health = new EnvironmentHealth(input, release, input.HasRowOfWaking(CommitOf(release)));
        return health._state.Kind == ReleaseStateKind.Ready && health.Find().Phase == EnvironmentPhase.Ready;
    }

    private static string CommitOf(HelmRelease release) => ReleaseValues.Read(release.Spec).Commit ?? "";

    private Verdict Find() => _input.Spec.Readiness switch
    {
        Readiness.Answers answers => Answers(answers),
        Readiness.ReleaseReady wanted => ReleaseReady(wanted.Timeout),
        _ => Applied(),
    };

    private Verdict Applied()
    {
        switch (_state.Kind)
        {
            case ReleaseStateKind.Failed:
                return FluxFailed();
            case ReleaseStateKind.Progressing when _last.Failed:
                return StillFailed(_wait.Message);
            case ReleaseStateKind.Progressing:
                CheckAgainAt = _wait.CheckAgainAt;
                return _wait.IsTrouble ? Verdict.AppliedBut(_wait) : Verdict.Applied;
            default:
                return Verdict.Applied;
        }
    }

    private Verdict ReleaseReady(TimeSpan timeout) => _state.Kind switch
    {
        ReleaseStateKind.Failed => FluxFailed(),
        ReleaseStateKind.Ready => Verdict.Ready(HealthMessages.ReleaseReady),
        // Flux reconciles a release regularly and retries a failed one: what was reported stays true until it has finished.
        _ => _last.Failed ? StillFailed(_wait.Message)
            : _last.Ready ? Verdict.Ready(_wait.IsTrouble ? _wait.Message : HealthMessages.ReleaseWasReady)
            : Pending(_wait.Message, PendingSince() + timeout, timeout, canTimeOut: true),
    };

    private Verdict Answers(Readiness.Answers answers)
    {
        if (_state.Kind == ReleaseStateKind.Failed)
            return FluxFailed();
        if (_input.HealthUrlAt(Sha) is not { } url)
            return WithoutUrl();
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
            return Verdict.NoUrl(url);
        var owner = _input.OtherAt(url);
        if (owner is { IsLeaving: false } other)
            return Verdict.UrlNotUnique(url, other);

        var revision = new ProbeRevision(_release.Metadata.Uid, _release.Metadata.Generation, Sha, url);
        // While another environment answers there, no answer counts.
        var seen = owner is null ? _input.Snapshot.Probes.GetValueOrDefault(revision) : null;
        var answered = _last.Ready || seen is { Succeeded: true };
        // Once the outcome has been reported, the timeout no longer matters; a deadline that moved with each check would never let the
        // probes slow down.
        var deadline = (answered || _last.Failed ? UpdatedAt : PendingSince()) + answers.Timeout;
        if (owner is null && (_state.Kind == ReleaseStateKind.Ready || answered))
            Probe = Target(revision, answers, deadline);
        if (answered)
        {
            return seen is { ConsecutiveFailures: >= FailuresUntilUnhealthy }
                ? Verdict.Unhealthy(Waiting(url, seen))
                : Verdict.Ready(seen?.Obstacle is { } obstacle ? HealthMessages.WasReadyBut(url, obstacle) : HealthMessages.Answers(url));
        }

        // After a restart, what was reported stays true until a probe says otherwise.
        var waiting = _state.Kind != ReleaseStateKind.Ready ? _wait.Message
            : owner is { } leaving ? HealthMessages.UrlInUse(url, leaving) : Waiting(url, seen);
        if (_last.Failed && _last.Reason != Reasons.URLNotUnique)
            return StillFailed(waiting);
        var verdict = Pending(
            waiting, deadline, answers.Timeout,
            canTimeOut: _state.Kind != ReleaseStateKind.Ready || seen is not null || owner is not null);
        return seen?.Obstacle is not null && verdict.Phase == EnvironmentPhase.Deploying
            ? verdict with { Reason = Reasons.HealthCheckSecretInvalid }
            : verdict;
    }

    private Verdict Pending(string message, DateTimeOffset deadline, TimeSpan timeout, bool canTimeOut)
    {
        var isLate = _input.Snapshot.Now >= deadline;
        if (isLate && canTimeOut)
            return Verdict.TimedOut(timeout, message);
        if (!isLate)
            CheckAgainAt = deadline;
        return Waiting(message);
    }

    private Verdict Waiting(string message)
    {
        if (_state.Kind == ReleaseStateKind.Ready)
            return Verdict.Deploying(message);
        if (_wait.CheckAgainAt is { } at && !(CheckAgainAt < at))
            CheckAgainAt = at;
        return Verdict.Deploying(message, _wait.Reason);
    }

    private Verdict WithoutUrl()
    {
        if (_last.Ready)
            return Verdict.Ready(HealthMessages.WasReady);
        var message = _state.Kind == ReleaseStateKind.Ready ? HealthMessages.UrlUnknown : _wait.Message;
        return _last.Failed ? StillFailed(message) : Waiting(message);
    }

    private ProbeTarget Target(ProbeRevision revision, Readiness.Answers answers, DateTimeOffset deadline) => new()
    {
        Release = _input.Name,
        Owner = _input.Snapshot.Resource.Metadata.Key,
        Revision = revision,
        RequestTimeout = answers.RequestTimeout,
        ExpectedStatusCodes = answers.ExpectedStatusCodes,
        Secrets = answers.Secrets,
        Interval = _input.Spec.Interval,
        Deadline = deadline,
    };

    // Never in the future: a wrong clock or a manual edit may have written it.
    private DateTimeOffset UpdatedAt =>
        Earlier(DesiredReleases.UpdatedAt(_release) ?? _release.Metadata.CreationTimestamp, _input.Snapshot.Now);

    // From when the timeout counts. Flux may have to finish with an earlier commit first; half the timeout is the most that this may add.
    private DateTimeOffset PendingSince()
    {
        if (_wait.Reason == Reasons.EarlierCommit)
            return LatestStart;
        if (TakenUpAt is { } takenUp)
            return takenUp;
        var since = _input.Before is { } before && before.HeadSha == Sha
            ? before.Phase switch
            {
                EnvironmentPhase.Deploying => Earlier(before.Since ?? UpdatedAt, _input.Snapshot.Now),
                // An older generation of the same commit had another outcome: the release was changed by hand, and the timeout starts with
                // that change.
                EnvironmentPhase.Ready or EnvironmentPhase.Failed => _input.Snapshot.Now,
                _ => UpdatedAt,
            }
            : UpdatedAt;
        return since > UpdatedAt ? since : UpdatedAt;
    }

    // This is the first look since Flux has been done with an earlier commit: the row remembers that it was not.
    private DateTimeOffset? TakenUpAt =>
        _wait.Reason != Reasons.EarlierCommit
        && _input.Before is { Phase: EnvironmentPhase.Deploying, Reason: Reasons.EarlierCommit } before
        && before.HeadSha == Sha
            ? Earlier(_input.Snapshot.Now, LatestStart)
            : null;

    private DateTimeOffset LatestStart => UpdatedAt + (_input.Spec.Readiness.Timeout / 2);

    private Verdict FluxFailed()
    {
        var says = HealthMessages.FluxSays(_state);
        return Verdict.Failed(
            _state.Reason, _state.IsRolledBack ? $"{says} {HealthMessages.RunsNow(ReleaseCommits.DeployedBefore(_release))}" : says);
    }

    private static string Waiting(string url, ProbeObservation? seen) => seen?.Obstacle is { } obstacle
        ? HealthMessages.CannotAsk(url, obstacle)
        : HealthMessages.WaitingForAnswer(url, seen?.LastFailure);

    private Verdict StillFailed(string message) => _last.Reason switch
    {
        Reasons.EnvUnhealthy => Verdict.Unhealthy(message),
        Reasons.HealthCheckTimeout when _input.Spec.Readiness.Timeout is var timeout && timeout > TimeSpan.Zero =>
            Verdict.TimedOut(timeout, message),
        { } reason => Verdict.Failed(reason, message),
        null => Verdict.Failed(Reasons.EnvFailed, message),
    };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
