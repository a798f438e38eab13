using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Rules;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Planning;

/// <summary>
/// Decides what is to be done. Pure: the same snapshot gives the same plan; no clock, no client, no logger, no randomness; never
/// throws because of what a user has written.
/// </summary>
public static class EnvironmentReconciler
{
    /// <summary>
    /// What else GitHub and the cluster are to be asked, given the listing and the releases of a snapshot. Nothing when no answer would
    /// change the plan.
    /// </summary>
    public static Questions Questions(Snapshot snapshot)
    {
        var resource = snapshot.Resource;
        if (resource.Metadata.DeletionTimestamp is not null || resource.Spec.Suspend == true || snapshot.Flux != FluxState.Synced)
            return Plans.Questions.None;
        if (snapshot.Spec.Spec is not { } spec)
            return Plans.Questions.None;
        var charts = ToRead(snapshot);
        if (snapshot.Listing is not PullRequestListing.Complete complete)
            return Plans.Questions.None with { Charts = charts };
        return new Questions(
            ToConfirm(snapshot, complete), ToReview(snapshot, complete, spec), spec.Commands && !complete.PullRequests.IsEmpty, charts,
            FilesToRead(snapshot, complete, spec))
        {
            Namespaces = ToFind(snapshot, spec),
            Checks = ChecksToRead(snapshot, spec),
            Listing = Idleness.IsListingTooOld(snapshot, spec, CommandEffects.Read(snapshot.Resource)),
        };
    }

    /// <summary>The plan for a snapshot.</summary>
    public static Plan Reconcile(Snapshot snapshot)
    {
        var resource = snapshot.Resource;
        if (resource.Metadata.DeletionTimestamp is not null)
            return DueReports.AtTheEnd(snapshot, Teardown.Plan(snapshot));
        if (resource.Spec.Suspend == true)
            return Resting(OverallVerdicts.Suspended);
        if (snapshot.Spec.Spec is not { } spec)
            return Resting(snapshot, OverallVerdicts.Invalid(snapshot.Spec.Problems), Reasons.InvalidSpec);
        return snapshot.Flux switch
        {
            FluxState.NotInstalled => WithoutFlux(snapshot, spec),
            FluxState.Syncing => Resting(OverallVerdicts.Syncing, Overall.RaisedInterval(snapshot, spec)),
            _ => Active(snapshot, spec),
        };
    }

    private static ImmutableArray<int> ToConfirm(Snapshot snapshot, PullRequestListing.Complete complete)
    {
        var listed = complete.PullRequests.Select(p => p.Number).ToHashSet();
        return
        [
            .. snapshot.Owned
                .Where(o => o.Release.Metadata.DeletionTimestamp is null)
                .Select(o => o.Number)
                .Concat(Leftovers(snapshot))
                .Where(number => !listed.Contains(number))
                .Distinct()
                .Order(),
        ];
    }

    // Pull requests of which only a namespace is left.
    private static IEnumerable<int> Leftovers(Snapshot snapshot) => snapshot.Namespaces.Found
        .Where(n => !n.IsTerminating)
        .Select(n => EnvironmentNamespaces.PrNumberIfCreatedBy(n, snapshot.Resource))
        .OfType<int>()
        .Where(number => !snapshot.Owned.Any(o => o.Number == number));

    // Those that an environment is to have now and that the resource has not created: they may be something else's.
    private static ImmutableArray<string> ToFind(Snapshot snapshot, EnvironmentSpec spec)
    {
        if (snapshot.Namespaces.Failure is not null || !UsesNamespaces(snapshot, spec))
            return [];
        var (effects, answers) = CommandRules.Handle(snapshot, spec);
        return
        [
            .. Inputs.Of(snapshot, spec, effects, answers)
                .Where(i => i.NamespaceName is { } name && snapshot.Namespaces.Find(name) is null)
                .Where(i => RuleChain.Find(i)?.State is EnvironmentState.Absent or EnvironmentState.Drifted or EnvironmentState.Current
                    or EnvironmentState.Overridden)
                .Select(i => i.NamespaceName!)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool UsesNamespaces(Snapshot snapshot, EnvironmentSpec spec) =>
        spec.Namespace is not null || snapshot.Owned.Any(o => EnvironmentNamespaces.NameOf(o.Release) is not null);

    private static ImmutableArray<ChartQuestion> ToRead(Snapshot snapshot) =>
    [
        .. from release in snapshot.Owned.Select(o => o.Release)
           let problem = SourceProblem.Of(release)
           where problem is { Chart: not null } && problem.Age(snapshot.Now) >= SourceProblem.Grace
           select new ChartQuestion(problem.Chart!.Value, release.Metadata.Key, problem.Since),
    ];

    private static ImmutableArray<int> ToReview(Snapshot snapshot, PullRequestListing.Complete complete, EnvironmentSpec spec)
    {
        if (!complete.PullRequests.Any(p => Approval.IsNeeded(p, spec)))
            return [];
        var (effects, _) = CommandRules.Handle(snapshot, spec);
        return
        [
            .. Inputs.Of(snapshot, spec, effects, [])
                .Where(i => i is { Rejection: null, Approval.State: ApprovalState.Unknown or ApprovalState.Missing })
                .Select(i => i.PrNumber),
        ];
    }

    private static ImmutableArray<string> ChecksToRead(Snapshot snapshot, EnvironmentSpec spec)
    {
        if (spec.Checks.IsEmpty)
            return [];
        var (effects, _) = CommandRules.Handle(snapshot, spec);
        return
        [
            .. Inputs.Of(snapshot, spec, effects, [])
                .Where(i => i is { Rejection: null, IsExpired: false, Approval.Checks: not null })
                .Select(i => i.PullRequest!.HeadSha)
                .Where(head => !snapshot.Checks.ContainsKey(head))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static ImmutableArray<PathQuestion> FilesToRead(
        Snapshot snapshot, PullRequestListing.Complete complete, EnvironmentSpec spec) => spec.Filter.Files.IsEmpty
        ? []
        :
        [
            .. from pullRequest in complete.PullRequests
               where Selector.RejectListed(pullRequest, spec) is null
               let question = PathQuestion.Of(pullRequest, spec)
               where !snapshot.Files.ContainsKey(question)
               select question,
        ];

    private static Plan Active(Snapshot snapshot, EnvironmentSpec spec)
    {
        var (effects, answers) = CommandRules.Handle(snapshot, spec);
        ImmutableArray<EnvironmentInput> inputs = [.. Inputs.Of(snapshot, spec, effects, answers)];
        effects = Lasting(snapshot, effects, inputs);
        var environments = DueStatuses.Share(inputs.Select(Decide).OfType<EnvironmentDecision>());
        var overall = OverallVerdicts.Of(snapshot, environments);
        // A pull request that is missing from the listing counts until it is known to be closed.
        var open = (snapshot.Listing as PullRequestListing.Complete)?.PullRequests.Length
            + environments.Count(e => e.Phase == EnvironmentPhase.Held);
        return new Plan
        {
            Finalizer = Teardown.HasFinalizer(snapshot.Resource) || snapshot.KeepsNoFinalizer ? FinalizerChange.None : FinalizerChange.Add,
            Environments = environments,
            Overall = overall,
            Events = [.. Overall.Events(snapshot, spec, overall, open)],
            OpenPullRequests = open,
            HealthUrls = [.. inputs.Select(i => i.UrlClaim).OfType<UrlClaim>()],
            NotesNamespaces = !snapshot.MayHaveNamespaces
                && environments.Any(e => e.Actions.Any(a => a is PlannedAction.CreateNamespace)),
            CommandEffects = effects == CommandEffects.Read(snapshot.Resource) ? null : effects,
            Claims = CommandRules.Claims(snapshot, spec),
            Answers = answers,
        };
    }

    // Those that had expired stay so until something happens, whatever else is the case. What a jump of the clock has ended is not
    // forgotten.
    private static CommandEffects Lasting(Snapshot snapshot, CommandEffects effects, ImmutableArray<EnvironmentInput> inputs) =>
        snapshot.Listing is PullRequestListing.Complete
            ? effects with
            {
                Expired = inputs.Where(i => i is { PullRequest: not null, Idleness.Expired: not null })
                    .ToImmutableSortedDictionary(i => i.PrNumber, i => i.Idleness.Expired!),
                Asleep = effects.Asleep.RemoveRange(inputs.Where(i => !i.Sleepiness.IsOrdered).Select(i => i.PrNumber)),
                Kept = Moments.IsSettled(snapshot, timeout: null)
                    ? effects.Kept.RemoveRange(effects.Kept.Keys.Where(number => effects.KeptUntil(number) <= snapshot.Now))
                    : effects.Kept,
            }
            : effects;

    private static EnvironmentDecision? Decide(EnvironmentInput input)
    {
        if (RuleChain.Find(input) is not var (state, rule))
            return null;
        var decision = EnvironmentRows.Of(input, state, rule) with { Actions = EnvironmentActions.Of(input, state) };
        decision = CheckWaits.With(input, NamespaceActions.WithLoss(input, decision));
        return DueReports.With(input, Overall.Hold(input, decision));
    }

    private static Plan WithoutFlux(Snapshot snapshot, EnvironmentSpec spec)
    {
        var plan = Resting(snapshot, OverallVerdicts.FluxMissing, Reasons.FluxNotInstalled);
        return plan with { Events = [.. plan.Events, .. Overall.RaisedInterval(snapshot, spec)] };
    }

    private static Plan Resting(Snapshot snapshot, OverallVerdict overall, string reason) =>
        Resting(overall, Overall.OnChange(snapshot, overall, reason));

    private static Plan Resting(OverallVerdict overall, params IEnumerable<PlannedEvent> events) =>
        new() { Overall = overall, Events = [.. events], KeepsEnvironments = true };
}
