using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Explaining;

/// <summary>
/// Says of a snapshot why each pull request has the environment that it has, or none. Pure; never throws because of what a user has
/// written.
/// </summary>
public static class Explainer
{
    /// <summary>What a plan would do, and why.</summary>
    /// <param name="snapshot">What the plan was made from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="further">What else GitHub is to be told.</param>
    public static PlanExplanation Explain(Snapshot snapshot, Plan plan, FurtherReports further)
    {
        ImmutableArray<EnvironmentExplanation> environments = [.. Environments(snapshot, plan, null, further)];
        return new PlanExplanation
        {
            Resource = snapshot.Resource.Metadata.Key,
            Repository = RepositoryOf(snapshot),
            HasChanges = plan.Finalizer != FinalizerChange.None || plan.CommandEffects is not null || !plan.Claims.IsEmpty
                || plan.Actions.Any() || environments.Any(e => e.Reports.HasDue),
            Overall = plan.Overall,
            Finalizer = plan.Finalizer switch { FinalizerChange.Add => "add", FinalizerChange.Remove => "remove", _ => null },
            NewCommands = plan.Claims.Length,
            OpenPullRequests = plan.OpenPullRequests,
            Environments = environments,
        };
    }

    /// <summary>
    /// Each pull request that is listed, has an environment or a row in the status, by number.
    /// </summary>
    /// <param name="snapshot">What is known: a complete one, or the resource, its spec and its releases alone.</param>
    /// <param name="plan">The plan for it; null: the rows of the status take its place.</param>
    public static IEnumerable<EnvironmentExplanation> Environments(Snapshot snapshot, Plan? plan) =>
        Environments(snapshot, plan, null, FurtherReports.None);

    /// <summary>One pull request; null if nothing is known of it.</summary>
    /// <param name="snapshot">What is known: a complete one, or the resource, its spec and its releases alone.</param>
    /// <param name="plan">The plan for it; null: the row of the status takes its place.</param>
    /// <param name="number">Its number.</param>
    /// <param name="further">What else GitHub is to be told; null: nothing, or it is not known.</param>
    public static EnvironmentExplanation? Environment(Snapshot snapshot, Plan? plan, int number, FurtherReports? further = null) =>
        Environments(snapshot, plan, number, further ?? FurtherReports.None).FirstOrDefault();

    private static IEnumerable<EnvironmentExplanation> Environments(Snapshot snapshot, Plan? plan, int? only, FurtherReports further)
    {
        var (inputs, effects) = InputsOf(snapshot, only);
        var rows = PreviousRows.Of(snapshot);
        var decisions = plan?.Environments.Where(e => only is null || e.PrNumber == only).ToDictionary(e => e.PrNumber) ?? [];
        var numbers = inputs.Keys.Concat(decisions.Keys);
        // Once the listing is complete, a pull request that only the status knows is closed, and its environment gone.
        if (plan is null || plan.KeepsEnvironments || snapshot.Listing is not PullRequestListing.Complete)
            numbers = numbers.Concat(rows.All.Select(r => r.PrNumber));
        return numbers.Where(number => only is null || number == only).Distinct().Order().Select(
            number => One(
                snapshot, number, inputs.GetValueOrDefault(number), decisions.GetValueOrDefault(number), rows[number], effects, further));
    }

    private static (Dictionary<int, EnvironmentInput> Inputs, CommandEffects Effects) InputsOf(Snapshot snapshot, int? only)
    {
        if (snapshot.Spec.Spec is not { } spec)
            return ([], CommandEffects.None);
        var (effects, answers) = CommandRules.Handle(snapshot, spec);
        if (only is { } number)
            return (Inputs.One(snapshot, spec, effects, answers, number) is { } one ? new() { [number] = one } : [], effects);
        return (Inputs.Of(snapshot, spec, effects, answers).ToDictionary(i => i.PrNumber), effects);
    }

    private static EnvironmentExplanation One(
        Snapshot snapshot, int number, EnvironmentInput? input, EnvironmentDecision? decision, EnvironmentStatus? row,
        CommandEffects effects, FurtherReports further)
    {
        var release = ReleaseFacts.Find(input, decision);
        var pullRequest = input?.PullRequest;
        return new EnvironmentExplanation
        {
            Resource = snapshot.Resource.Metadata.Key,
            Repository = RepositoryOf(snapshot),
            PrNumber = number,
            At = snapshot.Now,
            Basis = decision is null ? ExplanationBasis.Status : ExplanationBasis.Plan,
            Phase = decision?.Phase ?? row?.Phase ?? "",
            Reason = decision?.Reason ?? row?.Reason ?? "",
            Message = decision?.Message ?? row?.Message,
            Rule = decision?.Rule,
            Commit = decision is null ? row?.HeadSha : decision.Sha,
            Since = decision is null ? row?.Since : PreviousRows.Since(decision, row, snapshot.Now),
            Url = decision is null ? row?.Url : decision.Url,
            ExpiresAt = decision is null ? row?.ExpiresAt : decision.ExpiresAt,
            GitHubProblem = snapshot.Listing as PullRequestListing.Unavailable,
            PullRequest = pullRequest is null ? null : PullRequestExplanation.Of(pullRequest),
            Confirmation = snapshot.Confirmations.TryGetValue(number, out var state) ? state : null,
            Selection = pullRequest is null ? [] : Selector.Explain(pullRequest, input!.Spec, snapshot.Files),
            DeletedByCommand = effects.Deleted.GetValueOrDefault(number),
            Approval = input is null ? null : ApprovalFacts.Of(input, effects),
            Checks = input is null ? null : CheckFacts.Of(input),
            Queue = input?.Standing?.Place is { } place
                ? new QueueExplanation(
                    place.Position, place.Queue.Waiting, place.Queue.Limit, place.Queue.Holders, place.Queue.Failed)
                : null,
            Sleep = input is null ? null : SleepFacts.Of(input),
            Release = release is null ? null : ReleaseFacts.Of(snapshot, release),
            Probe = ProbeFacts.Of(snapshot, input, decision),
            Reports = ReportFacts.Of(snapshot, number, decision, input?.Owned.FirstOrDefault(), further),
            Next = NextFacts.Of(snapshot, decision),
        };
    }

    private static string? RepositoryOf(Snapshot snapshot) =>
        snapshot.Spec.Spec is { } spec ? $"{spec.Owner}/{spec.Repository}" : null;
}
