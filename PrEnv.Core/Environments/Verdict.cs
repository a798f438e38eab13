using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>What is said of an environment.</summary>
/// <param name="Phase">One of <see cref="EnvironmentPhase"/>.</param>
/// <param name="Reason">CamelCase.</param>
/// <param name="Message">For the operator.</param>
/// <param name="State">For GitHub.</param>
/// <param name="Description">For GitHub.</param>
internal readonly record struct Verdict(string Phase, string Reason, string Message, string State, string Description)
{
    public static Verdict Applied { get; } =
        new(EnvironmentPhase.Ready, Sentences.AppliedReason, Sentences.Applied, Reports.Success, Sentences.Submitted);

    public static Verdict Ready(string message) => new(EnvironmentPhase.Ready, "EnvReady", message, Reports.Success, Sentences.Succeeded);

    public static Verdict Deploying(string message) =>
        new(EnvironmentPhase.Deploying, Sentences.DeployingReason, message, Reports.Pending, Sentences.InProgress);

    public static Verdict Failed(string reason, string message) =>
        new(EnvironmentPhase.Failed, Text.Excerpt(reason, 256), message, Reports.Failure, Sentences.Failed(reason));

    public static Verdict Unhealthy(string message) => new(
        EnvironmentPhase.Failed, EventReasons.EnvUnhealthy, $"Was ready and became unhealthy. {message}",
        Reports.Failure, Sentences.BecameUnhealthy);

    public static Verdict TimedOut(TimeSpan timeout, string message) => new(
        EnvironmentPhase.Failed, Sentences.TimedOutReason, $"Not ready within {GoDuration.Format(timeout)}. {message}",
        Reports.Failure, Sentences.TimedOut(timeout));

    public static Verdict NoUrl(string url) => Failed(
        "InvalidURL", $"spec.envHealthCheckURLTemplate becomes {Text.Excerpt(url)}, which is no URL: a port, for example, is at most 65535.");
}
