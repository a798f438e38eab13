using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Ranking;
using PrEnv.Core.Releases;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What the rows of <c>status.environments</c> say about an environment's health.</summary>
internal static class HealthMessages
{
    public const string Applied = "The HelmRelease has been applied; no health check is configured.";

    public const string WaitingForFlux = "Waiting for Flux to install the HelmRelease.";

    public const string ReleaseReady = "The HelmRelease is ready.";

    public const string ReleaseWasReady = "The HelmRelease was ready and is being reconciled by Flux.";

    public const string UrlUnknown = "Its URL is not known until GitHub answers.";

    public const string WasReady = "The environment was ready. " + UrlUnknown;

    public static string FluxSays(ReleaseState state) => FluxSays(state.Reason, state.Message);

    public static string FluxSays(Condition condition) => FluxSays(condition.Reason, condition.Message);

    private static string FluxSays(string reason, string message) => $"Flux says {Text.Excerpt(reason)}: {Text.Sentence(message)}";

    /// <param name="state">What Flux says of the release: always the same, whatever the cause.</param>
    /// <param name="chart">What its HelmChart says; null when it has not been read.</param>
    public static string SourceNotReady(ReleaseState state, ChartReading? chart) => chart is { Reason: { } reason }
        ? $"{FluxSays(state)} The HelmChart says {Text.Excerpt(reason)}: {Text.Sentence(chart.Message)}"
        : FluxSays(state);

    /// <param name="hasFinalizer">Has helm-controller put its finalizer on the release?</param>
    public static string FluxSilent(bool hasFinalizer) => "Flux has not reported anything about the HelmRelease. " + (hasFinalizer
        ? "helm-controller has seen it: it probably runs with --no-cross-namespace-refs, which forbids sources in another namespace."
        : "helm-controller is probably not running, or watches another shard or other namespaces.");

    /// <param name="earlier">What Flux works on.</param>
    /// <param name="isLong">Has the wait been long enough to say what can be done about it?</param>
    public static string EarlierCommit(EarlierAttempt earlier, bool isLong)
    {
        var what = earlier.Commit is { } sha ? $"commit {Sha.Short(sha)}" : "an earlier commit";
        return $"Flux has been working on {what} since {OverallMessages.Clock(earlier.Since)} and will take up this one afterwards, "
            + $"at {OverallMessages.Clock(earlier.Until)} at the latest."
            + (isLong
                ? " With --feature-gates=CancelHealthCheckOnNewRevision=true, helm-controller (Flux 2.8 or newer) takes up a new commit "
                    + "at once."
                : "");
    }

    /// <param name="sha">What a rollback has brought back; null when it is not known.</param>
    public static string RunsNow(string? sha) => sha is null ? "An earlier commit runs now." : $"Commit {Sha.Short(sha)} runs now.";

    public static string Suspended(ResourceKey release) =>
        $"The HelmRelease is suspended. To resume it, run: flux -n {release.Namespace} resume helmrelease {release.Name}";

    public static string Answers(string url) => $"{Text.Excerpt(url)} answers as expected.";

    /// <param name="url">What is probed.</param>
    /// <param name="failure">Why the last probe failed, a clause such as "answered 503"; null if none has failed.</param>
    public static string WaitingForAnswer(string url, string? failure) =>
        $"Waiting for {Text.Excerpt(url)} to be healthy{(failure is null ? "" : $"; it {Text.Excerpt(failure)}")}.";

    /// <param name="url">What would be probed.</param>
    /// <param name="obstacle">A sentence.</param>
    public static string CannotAsk(string url, string obstacle) =>
        $"The health check of {Text.Excerpt(url)} cannot be made. {obstacle}";

    public static string WasReadyBut(string url, string obstacle) => $"The environment was ready. {CannotAsk(url, obstacle)}";

    public static string Unhealthy(string detail) => $"The environment was ready and became unhealthy. {detail}";

    public static string TimedOut(TimeSpan timeout, string detail) =>
        $"The environment did not become ready within {GoDuration.Format(timeout)}. {detail}";

    public static string UrlNotUnique(string url, Candidate owner) =>
        $"spec.envHealthCheckURLTemplate renders as {Text.Excerpt(url)} for {Name(owner)} as well, so an answer does not show which of "
        + $"the two environments is healthy. Make the URL unique, for example with {Remedy(owner)}.";

    public static string UrlInUse(string url, Candidate owner) =>
        $"Waiting for the environment of {Name(owner)} to be removed: its health check has the same URL, {Text.Excerpt(url)}.";

    public static string InvalidUrl(string url) =>
        $"spec.envHealthCheckURLTemplate renders as {Text.Excerpt(url)}, which is not a valid URL: "
        + "a port, for example, must be at most 65535.";

    private static string Name(Candidate owner) =>
        owner.Resource is { } resource ? $"PR {owner.Number} of {resource}" : $"PR {owner.Number}";

    private static string Remedy(Candidate owner) => owner.Resource is null ? "<<PR_NUMBER>>" : "<<REPO_NAME>>";
}
