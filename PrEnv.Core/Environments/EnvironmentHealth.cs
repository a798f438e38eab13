using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Ranking;
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

    private EnvironmentHealth(EnvironmentInput input, HelmRelease release)
    {
        _input = input;
        _release = release;
        _state = ReleaseState.Of(release);
        Sha = ReleaseValues.Read(release.Spec).Commit ?? "";
        _last = LastReport.Of(input, release, Sha);
    }

    /// <summary>The commit that the release installs; empty when its values do not name one.</summary>
    public string Sha { get; }

    public Verdict Verdict { get; private set; }

    public ProbeTarget? Probe { get; private set; }

    public DateTimeOffset? LookAt { get; private set; }

    /// <summary>Is it news that the environment is ready?</summary>
    public bool IsNewlyReady => Verdict.Phase == EnvironmentPhase.Ready && !_last.Ready && !WasReadyBefore;

    /// <summary>Is it news that the environment failed?</summary>
    public bool IsNewlyFailed =>
        Verdict.Phase == EnvironmentPhase.Failed && !_last.Failed && !_input.Was(EnvironmentPhase.Failed, Verdict.Reason);

    // A missing row, or one that was held while GitHub was unavailable, leaves the question open.
    private bool WasReadyBefore => _input.Before is not { } before
        ? !_input.BeforeIsKnown
        : before.HeadSha == Sha
            && (before.Phase == EnvironmentPhase.Ready || (before.Phase == EnvironmentPhase.Held && _last.State is null));

    public static EnvironmentHealth Of(EnvironmentInput input, HelmRelease release)
    {
        var health = new EnvironmentHealth(input, release);
        var verdict = input.Spec.Readiness switch
        {
            Readiness.Answers answers => health.Answers(answers),
            Readiness.ReleaseReady => health.ReleaseReady(),
            _ => health.Applied(),
        };
        // Flux may name a different cause on each attempt. One failure is reported once, in the words of its first report.
        health.Verdict = verdict.State == CommitState.Failure && health._last is { Failed: true, Posted: { } posted }
            ? verdict with { Description = posted.Description, ReportedReason = posted.Reason }
            : verdict;
        return health;
    }

    private Verdict Applied() => _state.Kind switch
    {
        ReleaseStateKind.Failed => FluxFailed(),
        ReleaseStateKind.Progressing when _last.Failed => StillFailed(FluxSays()),
        _ => Verdict.Applied,
    };

    private Verdict ReleaseReady() => _state.Kind switch
    {
        ReleaseStateKind.Failed => FluxFailed(),
        ReleaseStateKind.Ready => Verdict.Ready(HealthMessages.ReleaseReady),
        // Flux reconciles a release regularly and retries a failed one: what was reported stays true until it has finished.
        _ => _last.Failed ? StillFailed(FluxSays())
            : _last.Ready ? Verdict.Ready(HealthMessages.ReleaseWasReady) : Verdict.Deploying(FluxSays()),
    };

    private Verdict Answers(Readiness.Answers answers)
    {
        if (_state.Kind == ReleaseStateKind.Failed)
            return FluxFailed();
        if (_input.HealthUrlAt(Sha) is not { } url)
            return WithoutUrl();
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
            return Verdict.NoUrl(url);
        var owner = _input.Standing?.OwnerOfUrl is { } other && other.HealthUrl == url ? other : (Candidate?)null;
        if (owner is { IsLeaving: false, Number: var number })
            return Verdict.UrlNotUnique(url, number);

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
                : Verdict.Ready(HealthMessages.Answers(url));
        }

        // After a restart, what was reported stays true until a probe says otherwise.
        var waiting = _state.Kind != ReleaseStateKind.Ready ? FluxSays()
            : owner is { } leaving ? HealthMessages.UrlInUse(url, leaving.Number) : Waiting(url, seen);
        if (_last.Failed && _last.Reason != Reasons.URLNotUnique)
            return StillFailed(waiting);
        var isLate = _input.Snapshot.Now >= deadline;
        if (isLate && (_state.Kind != ReleaseStateKind.Ready || seen is not null || owner is not null))
            return Verdict.TimedOut(answers.Timeout, waiting);
        if (!isLate)
            LookAt = deadline;
        return Verdict.Deploying(waiting);
    }

    private Verdict WithoutUrl()
    {
        if (_last.Ready)
            return Verdict.Ready(HealthMessages.WasReady);
        var message = _state.Kind == ReleaseStateKind.Ready ? HealthMessages.UrlUnknown : FluxSays();
        return _last.Failed ? StillFailed(message) : Verdict.Deploying(message);
    }

    private ProbeTarget Target(ProbeRevision revision, Readiness.Answers answers, DateTimeOffset deadline) => new()
    {
        Release = _input.Name,
        Owner = _input.Snapshot.Resource.Metadata.Key,
        Revision = revision,
        RequestTimeout = answers.RequestTimeout,
        ExpectedStatusCodes = answers.ExpectedStatusCodes,
        Interval = _input.Spec.Interval,
        Deadline = deadline,
    };

    // Never in the future: a wrong clock or a manual edit may have written it.
    private DateTimeOffset UpdatedAt =>
        Earlier(DesiredReleases.UpdatedAt(_release) ?? _release.Metadata.CreationTimestamp, _input.Snapshot.Now);

    private DateTimeOffset PendingSince()
    {
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

    private Verdict FluxFailed() => Verdict.Failed(_state.Reason, HealthMessages.FluxSays(_state));

    private string FluxSays() => _release.Spec.Suspend == true
        ? HealthMessages.Suspended(_input.Name)
        : _state.Message.Length > 0 ? HealthMessages.FluxSays(_state) : HealthMessages.WaitingForFlux;

    private static string Waiting(string url, ProbeObservation? seen) =>
        HealthMessages.WaitingForAnswer(url, seen?.LastFailure);

    private Verdict StillFailed(string message) => _last.Reason switch
    {
        Reasons.EnvUnhealthy => Verdict.Unhealthy(message),
        Reasons.HealthCheckTimeout when _input.Spec.Readiness is Readiness.Answers answers => Verdict.TimedOut(answers.Timeout, message),
        { } reason => Verdict.Failed(reason, message),
        null => Verdict.Failed(Reasons.EnvFailed, message),
    };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
