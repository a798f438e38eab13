using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Planning;

/// <summary>
/// Is an environment ready? Everything here speaks of one generation of one release, which installs one commit: neither Flux's word on an
/// older generation nor a probe's answer of an older revision counts.
/// </summary>
internal sealed class EnvironmentHealth
{
    private const int FailuresUntilUnhealthy = 3;

    private readonly EnvironmentInput input;
    private readonly HelmRelease release;
    private readonly ReleaseState state;

    private EnvironmentHealth(EnvironmentInput input, HelmRelease release)
    {
        this.input = input;
        this.release = release;
        state = ReleaseState.Of(release);
        Sha = ReleaseValues.Read(release.Spec.Values).PrSha ?? "";
        var told = ToldState();
        WasReady = told == Reports.Success;
        FailedBefore = told == Reports.Failure;
        WasReadyBefore = WasReady
            || (input.ReportedFor(release) is { Status.State: Reports.Success } reported && reported.Status.Sha == Sha)
            || (input.Before is { Phase: EnvironmentPhase.Ready or EnvironmentPhase.Held } before && before.HeadSha == Sha);
    }

    /// <summary>The commit that the release installs.</summary>
    public string Sha { get; }

    public Verdict Verdict { get; private set; }

    public ProbeTarget? Probe { get; private set; }

    public DateTimeOffset? LookAt { get; private set; }

    /// <summary>Was this commit ready already, so that nobody needs to be told?</summary>
    public bool WasReadyBefore { get; }

    /// <summary>Was this very generation told to have failed?</summary>
    public bool FailedBefore { get; }

    private bool WasReady { get; }

    public static EnvironmentHealth Of(EnvironmentInput input, HelmRelease release)
    {
        var health = new EnvironmentHealth(input, release);
        health.Verdict = input.Spec.Readiness switch
        {
            Readiness.Answers answers => health.Answers(answers),
            Readiness.ReleaseReady => health.ReleaseReady(),
            _ => health.Applied(),
        };
        return health;
    }

    private Verdict Applied() => state.Kind switch
    {
        ReleaseStateKind.Failed => Failed(),
        ReleaseStateKind.Progressing when FailedBefore => StillFailed(FluxSays()),
        _ => new Verdict(EnvironmentPhase.Ready, "Applied", Sentences.Applied, Reports.Success, Sentences.Submitted),
    };

    private Verdict ReleaseReady() => state.Kind switch
    {
        ReleaseStateKind.Failed => Failed(),
        ReleaseStateKind.Ready => Ready("The HelmRelease is ready."),
        // Flux looks after a release now and then, and tries a failed one again: what was told stays true until it is done.
        _ => FailedBefore ? StillFailed(FluxSays())
            : WasReady ? Ready("The HelmRelease was ready and is being reconciled by Flux.") : Deploying(FluxSays()),
    };

    private Verdict Answers(Readiness.Answers answers)
    {
        if (state.Kind == ReleaseStateKind.Failed) return Failed();
        if (input.Facts(Sha) is not { } facts || (facts.HeadBranch.Length == 0 && answers.Url.UsesText))
            return WasReady ? Ready("Was ready; GitHub does not answer, so its URL is not known just now.") : Deploying(FluxSays());

        var url = answers.Url.Render(new TemplateContext(facts, input.Spec.Owner, input.Spec.Repository));
        var revision = new ProbeRevision(release.Metadata.Uid, release.Metadata.Generation, Sha, url);
        var seen = input.Snapshot.Probes.GetValueOrDefault(revision);
        var deadline = PendingSince() + answers.Timeout;
        if (state.Kind == ReleaseStateKind.Ready || WasReady || seen is { Succeeded: true }) Probe = Target(revision, answers, deadline);

        if (seen is { Succeeded: true } or { ConsecutiveFailures: >= FailuresUntilUnhealthy } || WasReady)
        {
            var succeeded = WasReady || seen!.Succeeded;
            if (succeeded && seen is not { ConsecutiveFailures: >= FailuresUntilUnhealthy }) return Ready($"{url} answers as expected.");
            if (succeeded) return Unhealthy(url, seen!.LastFailure);
        }

        // After a restart, what was told stays true until a probe says otherwise.
        if (FailedBefore) return StillFailed(state.Kind == ReleaseStateKind.Ready ? $"{url} {seen?.LastFailure ?? "has not answered yet"}." : FluxSays());
        if (input.Snapshot.Now >= deadline && (state.Kind != ReleaseStateKind.Ready || seen is not null)) return TimedOut(url, answers.Timeout, seen);
        LookAt = deadline;
        return Deploying(state.Kind == ReleaseStateKind.Ready
            ? $"Waiting for {url} to answer{(seen?.LastFailure is { } failure ? $"; it {failure}" : "")}."
            : FluxSays());
    }

    private ProbeTarget Target(ProbeRevision revision, Readiness.Answers answers, DateTimeOffset deadline) => new()
    {
        Release = input.Name,
        Owner = new ResourceKey(input.Snapshot.Resource.Metadata.Namespace, input.Snapshot.Resource.Metadata.Name),
        Revision = revision,
        RequestTimeout = answers.RequestTimeout,
        ExpectedStatusCodes = answers.ExpectedStatusCodes,
        Interval = input.Spec.Interval,
        Deadline = deadline,
    };

    // A change by hand makes a release unready long after the controller's own last update; the clock then starts with that.
    private DateTimeOffset PendingSince()
    {
        var updated = DesiredReleases.UpdatedAt(release) ?? release.Metadata.CreationTimestamp;
        var since = input.Before switch
        {
            { Phase: EnvironmentPhase.Deploying, Since: { } began } before when before.HeadSha == Sha => began,
            { Phase: EnvironmentPhase.Ready } before when before.HeadSha == Sha => input.Snapshot.Now,
            _ => updated,
        };
        return since > updated ? since : updated;
    }

    // What people were told of this generation: by the status that was posted, or where none is posted by the last row.
    private string? ToldState()
    {
        if (input.Spec.StatusContext is not null)
        {
            return input.ReportedFor(release) is { } reported && reported.Status.Sha == Sha && reported.Generation == release.Metadata.Generation
                ? reported.Status.State
                : null;
        }

        return input.Before is { } before && before.HeadSha == Sha
            ? before.Phase switch
            {
                EnvironmentPhase.Ready => Reports.Success,
                EnvironmentPhase.Failed => Reports.Failure,
                _ => null,
            }
            : null;
    }

    private string FluxSays() => release.Spec.Suspend == true
        ? "The HelmRelease is suspended; resume it: flux resume helmrelease " + input.Name.Name
        : state.Message.Length > 0 ? $"Flux says {state.Reason}: {Text.Excerpt(state.Message)}" : Sentences.WaitingForFlux;

    private Verdict Failed() => new(
        EnvironmentPhase.Failed, state.Reason, $"Flux says {state.Reason}: {Text.Excerpt(state.Message)}",
        Reports.Failure, Sentences.Failed(state.Reason));

    private static Verdict Ready(string message) => new(EnvironmentPhase.Ready, "EnvReady", message, Reports.Success, Sentences.Succeeded);

    private static Verdict Deploying(string message) =>
        new(EnvironmentPhase.Deploying, "Progressing", message, Reports.Pending, Sentences.InProgress);

    private static Verdict Unhealthy(string url, string? why) => new(
        EnvironmentPhase.Failed, EventReasons.EnvUnhealthy, $"{url} was healthy and {why ?? "does not answer"}.",
        Reports.Failure, Sentences.BecameUnhealthy);

    private Verdict StillFailed(string message) => new(
        EnvironmentPhase.Failed, input.Before?.Phase == EnvironmentPhase.Failed ? input.Before.Reason : EventReasons.EnvFailed,
        message, Reports.Failure, null);

    private static Verdict TimedOut(string url, TimeSpan timeout, ProbeObservation? seen) => new(
        EnvironmentPhase.Failed, "HealthCheckTimeout",
        $"Not ready within {GoDuration.Format(timeout)}{(seen?.LastFailure is { } why ? $": {url} {why}" : "")}. Probing goes on.",
        Reports.Failure, Sentences.TimedOut(timeout));
}

/// <summary>What is said of an environment.</summary>
/// <param name="Phase">One of <see cref="EnvironmentPhase"/>.</param>
/// <param name="Reason">CamelCase.</param>
/// <param name="Message">For the operator.</param>
/// <param name="State">For GitHub.</param>
/// <param name="Description">For GitHub; null when what was told last still holds.</param>
internal readonly record struct Verdict(string Phase, string Reason, string Message, string State, string? Description);
