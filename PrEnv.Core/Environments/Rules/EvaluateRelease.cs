using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments.Rules;

/// <summary>The release is as it should be: is the environment ready?</summary>
internal sealed class EvaluateRelease : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input) => input.Current is null ? null : Decide(input, input.Current);

    public static EnvironmentDecision Decide(EnvironmentInput input, HelmRelease release)
    {
        var health = EnvironmentHealth.Of(input, release);
        var verdict = health.Verdict;
        return new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = nameof(EvaluateRelease),
            Sha = health.Sha.Length > 0 ? health.Sha : null,
            Phase = verdict.Phase,
            Reason = verdict.Reason,
            Message = input.IsPinned ? $"{verdict.Message} {Sentences.Waits(input.PullRequest!.HeadSha, input.Approval!)}" : verdict.Message,
            Release = input.Name,
            Url = input.Facts(health.Sha) is { } facts ? input.Url(facts) : input.Before?.Url,
            Report = input.PullRequest is { } pr ? Reports.Due(input, pr, release, verdict.State, verdict.Description) : null,
            Probe = health.Probe,
            Events = [.. Events(input, health)],
            LookAt = health.LookAt,
        };
    }

    private static IEnumerable<PlannedEvent> Events(EnvironmentInput input, EnvironmentHealth health)
    {
        var (number, verdict) = (input.PrNumber, health.Verdict);
        if (health.IsNewlyReady && input.Spec.Readiness is not Readiness.Applied)
            yield return PlannedEvent.Normal(EventReasons.EnvReady, "Probe", $"Environment is ready for PR {number}", number);

        if (health.IsNewlyFailed)
        {
            var reason = verdict.Reason == EventReasons.EnvUnhealthy ? EventReasons.EnvUnhealthy : EventReasons.EnvFailed;
            yield return PlannedEvent.Warning(reason, "Probe", $"Environment for PR {number}: {verdict.Message}", number);
        }
    }
}
