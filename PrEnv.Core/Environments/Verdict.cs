using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Ranking;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>The finding on an environment's health.</summary>
/// <param name="Phase">One of <see cref="EnvironmentPhase"/>.</param>
/// <param name="Reason">One of <see cref="Reasons"/>, or Flux's own.</param>
/// <param name="Message">For the operator.</param>
/// <param name="State">For GitHub.</param>
/// <param name="Description">For GitHub.</param>
internal readonly record struct Verdict(string Phase, string Reason, string Message, CommitState State, string Description)
{
    private const int MaxReason = 256;

    /// <summary>Reason of the commit status, if it differs; otherwise null.</summary>
    public string? ReportedReason { get; init; }

    /// <summary>Does the commit status stay as it is?</summary>
    public bool KeepsStatus { get; init; }

    public static Verdict Applied { get; } = new(
        EnvironmentPhase.Ready, Reasons.Applied, HealthMessages.Applied, CommitState.Success, StatusDescriptions.Submitted);

    public static Verdict Ready(string message) =>
        new(EnvironmentPhase.Ready, Reasons.EnvReady, message, CommitState.Success, StatusDescriptions.Succeeded);

    /// <summary>Applied, and this is to be said of it all the same.</summary>
    public static Verdict AppliedBut(FluxWait wait) => Applied with
    {
        Reason = wait.Reason == Reasons.FluxSilent ? wait.Reason : Reasons.Applied,
        Message = $"{HealthMessages.Applied} {wait.Message}",
        ReportedReason = Reasons.Applied,
    };

    // What it waits for is no news to GitHub.
    public static Verdict Deploying(string message, string reason = Reasons.Progressing) =>
        new(EnvironmentPhase.Deploying, Text.Excerpt(reason, MaxReason), message, CommitState.Pending, StatusDescriptions.InProgress)
        {
            ReportedReason = Reasons.Progressing,
        };

    /// <summary>Deploying again what was ready before it fell asleep: to GitHub, no news until it fails.</summary>
    public static Verdict Waking(string message) => Deploying(message) with { Reason = Reasons.EnvAwake, KeepsStatus = true };

    public static Verdict Failed(string reason, string message) => new(
        EnvironmentPhase.Failed, Text.Excerpt(reason, MaxReason), message, CommitState.Failure, StatusDescriptions.Failed(reason));

    public static Verdict Unhealthy(string message) => new(
        EnvironmentPhase.Failed, Reasons.EnvUnhealthy, HealthMessages.Unhealthy(message),
        CommitState.Failure, StatusDescriptions.BecameUnhealthy);

    public static Verdict TimedOut(TimeSpan timeout, string message) => new(
        EnvironmentPhase.Failed, Reasons.HealthCheckTimeout, HealthMessages.TimedOut(timeout, message),
        CommitState.Failure, StatusDescriptions.TimedOut(timeout));

    public static Verdict UrlNotUnique(string url, Candidate owner) =>
        Failed(Reasons.URLNotUnique, HealthMessages.UrlNotUnique(url, owner));

    public static Verdict NoUrl(string url) => Failed(Reasons.InvalidURL, HealthMessages.InvalidUrl(url));
}
