using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>What is to be said of a release of which Flux has given no verdict.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>, or Flux's own.</param>
/// <param name="Message">A sentence.</param>
/// <param name="CheckAgainAt">When there will be something else to say, though nothing may have happened; otherwise null.</param>
internal sealed record FluxWait(string Reason, string Message, DateTimeOffset? CheckAgainAt = null)
{
    /// <summary>So long Flux may take to say a first word.</summary>
    public static readonly TimeSpan SilenceGrace = TimeSpan.FromMinutes(1);

    // Longer, and it is worth mentioning how to make it shorter.
    private static readonly TimeSpan EarlierGrace = TimeSpan.FromMinutes(1);

    /// <summary>Is it anything but Flux at work?</summary>
    public bool IsTrouble => Reason is not (Reasons.Progressing or Reasons.EarlierCommit);

    /// <param name="input">The pull request.</param>
    /// <param name="release">Its release.</param>
    /// <param name="state">What Flux says of it.</param>
    /// <param name="updatedAt">When the controller wrote it.</param>
    public static FluxWait Of(EnvironmentInput input, HelmRelease release, ReleaseState state, DateTimeOffset updatedAt)
    {
        var now = input.Snapshot.Now;
        if (release.Spec.Suspend == true)
            return new FluxWait(Reasons.ReleaseSuspended, HealthMessages.Suspended(input.Name));
        if (release.Status?.Conditions is not { Count: > 0 })
            return Silent(release, updatedAt, now);
        if (EarlierAttempt.Of(release) is { } earlier)
            return Earlier(earlier, updatedAt, now);
        if (SourceProblem.Of(release) is { } problem)
            return WithoutChart(input.Snapshot, state, problem);
        return state.IsBlocked
            ? new FluxWait(state.Reason, HealthMessages.FluxSays(state))
            : new FluxWait(
                Reasons.Progressing, state.Message.Length > 0 ? HealthMessages.FluxSays(state) : HealthMessages.WaitingForFlux);
    }

    private static FluxWait Silent(HelmRelease release, DateTimeOffset updatedAt, DateTimeOffset now) =>
        now < updatedAt + SilenceGrace
            ? new FluxWait(Reasons.Progressing, HealthMessages.WaitingForFlux, updatedAt + SilenceGrace)
            : new FluxWait(Reasons.FluxSilent, HealthMessages.FluxSilent(HasSeenIt(release)));

    // helm-controller adds it before anything else.
    private static bool HasSeenIt(HelmRelease release) =>
        release.Metadata.Finalizers?.Contains("finalizers.fluxcd.io", StringComparer.Ordinal) == true;

    private static FluxWait Earlier(EarlierAttempt earlier, DateTimeOffset updatedAt, DateTimeOffset now)
    {
        var isLong = now >= updatedAt + EarlierGrace;
        return new FluxWait(
            Reasons.EarlierCommit, HealthMessages.EarlierCommit(earlier, isLong), isLong ? null : updatedAt + EarlierGrace);
    }

    private static FluxWait WithoutChart(Snapshot snapshot, ReleaseState state, SourceProblem problem)
    {
        // Nothing of it is said before: every installation begins like this.
        var left = SourceProblem.Grace - problem.Age(snapshot.Now);
        if (left > TimeSpan.Zero)
            return new FluxWait(Reasons.Progressing, HealthMessages.WaitingForFlux, snapshot.Now + left);
        var reading = problem.Chart is { } chart ? snapshot.Charts.GetValueOrDefault(chart) : null;
        return new FluxWait(SourceProblem.Reason, HealthMessages.SourceNotReady(state, reading));
    }
}
