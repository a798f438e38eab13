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
/// Decides what is to be done. Pure: the same snapshot gives the same plan; no clock, no client, no logger, no randomness; throws on
/// nothing that a user can write.
/// </summary>
public static class EnvironmentReconciler
{
    private static readonly ImmutableArray<IEnvironmentRule> Rules =
    [
        new HoldWithoutProof(),
        new DeleteClosed(),
        new DeleteUnselected(),
        new SkipUnselected(),
        new DeleteUnapproved(),
        new WaitForApproval(),
        new MoveMisplaced(),
        new WaitForDeletion(),
        new RefuseTakenName(),
        new ApplyDesired(),
        new EvaluateRelease(),
    ];

    private static readonly OverallVerdict Syncing =
        new("Unknown", OverallVerdict.StartingReason, "Reading the HelmReleases of the cluster.", Reconciling: true);

    /// <summary>
    /// The pull requests that a complete listing leaves out although they have an environment: GitHub is to be asked for each alone,
    /// and the answers belong into <see cref="Snapshot.Confirmations"/>. Ordered by number.
    /// </summary>
    public static ImmutableArray<int> PullRequestsToConfirm(Snapshot snapshot)
    {
        if (snapshot.Listing is not PullRequestListing.Complete complete) return [];
        var listed = complete.PullRequests.Select(p => p.Number).ToHashSet();
        return
        [
            .. snapshot.Releases
                .Where(r => r.Metadata.DeletionTimestamp is null)
                .Select(r => Ownership.PrNumberIfOwned(r, snapshot.Resource))
                .OfType<int>()
                .Where(number => !listed.Contains(number))
                .Distinct()
                .Order(),
        ];
    }

    /// <summary>
    /// The forks' pull requests whose head commit needs an approval that is not known yet: GitHub is to be asked for their reviews, and
    /// the answers belong into <see cref="Snapshot.Reviews"/>. Ordered by number.
    /// </summary>
    public static ImmutableArray<int> PullRequestsToReview(Snapshot snapshot)
    {
        if (snapshot.Listing is not PullRequestListing.Complete complete) return [];
        if (SpecReader.Read(snapshot.Resource, snapshot.Settings).Spec is not { } spec) return [];
        if (!complete.PullRequests.Any(p => Approval.IsNeeded(p, spec))) return [];
        var (orders, _) = CommandDesk.Handle(snapshot, spec);
        return
        [
            .. Inputs.Of(snapshot, spec, orders, [])
                .Where(i => i.PullRequest is not null && i.Rejection is null && i.Approval!.State is ApprovalState.Unknown or ApprovalState.Missing)
                .Select(i => i.PrNumber),
        ];
    }

    /// <summary>The plan for a snapshot.</summary>
    public static Plan Reconcile(Snapshot snapshot)
    {
        var resource = snapshot.Resource;
        if (resource.Metadata.DeletionTimestamp is not null) return ReportsDue.AtTheEnd(snapshot, Teardown.Plan(snapshot));
        if (resource.Spec.Suspend == true) return Resting(new OverallVerdict("Unknown", "Suspended", "spec.suspend is true: nothing is read, written or deleted."));

        var reading = SpecReader.Read(resource, snapshot.Settings);
        if (reading.Spec is not { } spec) return Invalid(snapshot, reading.Problems);
        return snapshot.Flux switch
        {
            FluxState.NotInstalled => FluxMissing(snapshot, spec),
            FluxState.Syncing => Resting(Syncing, Overall.RaisedInterval(snapshot, spec)),
            _ => Active(snapshot, spec),
        };
    }

    private static Plan Active(Snapshot snapshot, EnvironmentSpec spec)
    {
        var (orders, answers) = CommandDesk.Handle(snapshot, spec);
        var environments = Inputs.Of(snapshot, spec, orders, answers).Select(Decide).OfType<EnvironmentDecision>().ToImmutableArray();
        var overall = Overall.Of(snapshot, environments);
        // One that the listing leaves out counts until it is known to be closed.
        var open = (snapshot.Listing as PullRequestListing.Complete)?.PullRequests.Length + environments.Count(e => e.Phase == EnvironmentPhase.Held);
        return new Plan
        {
            Finalizer = Teardown.HasFinalizer(snapshot.Resource) ? FinalizerChange.None : FinalizerChange.Add,
            Environments = environments,
            Overall = overall,
            Events = [.. Overall.Events(snapshot, spec, overall, open)],
            OpenPullRequests = open,
            Orders = orders == Orders.Read(snapshot.Resource) ? null : orders,
            Answers = answers,
        };
    }

    private static EnvironmentDecision? Decide(EnvironmentInput input)
    {
        foreach (var rule in Rules)
        {
            if (rule.Decide(input) is { } decision) return ReportsDue.With(input, Overall.Hold(input, Rebuilds.With(input, decision)));
        }

        return null;
    }

    private static Plan Invalid(Snapshot snapshot, ImmutableArray<SpecProblem> problems)
    {
        var reason = problems.All(p => p.IsTemplate) ? "InvalidTemplate" : EventReasons.InvalidSpec;
        var overall = new OverallVerdict("False", reason, string.Join(" ", problems), Stalled: true);
        return Resting(overall, Overall.OnChange(snapshot, overall, EventReasons.InvalidSpec));
    }

    private static Plan FluxMissing(Snapshot snapshot, EnvironmentSpec spec)
    {
        var overall = new OverallVerdict(
            "False", EventReasons.FluxNotInstalled,
            "The cluster knows no HelmReleases (helm.toolkit.fluxcd.io/v2). Install Flux's helm-controller and source-controller; the rest happens by itself.",
            Reconciling: true);
        return Resting(overall, [.. Overall.OnChange(snapshot, overall, EventReasons.FluxNotInstalled), .. Overall.RaisedInterval(snapshot, spec)]);
    }

    private static Plan Resting(OverallVerdict overall, params IEnumerable<PlannedEvent> events) =>
        new() { Overall = overall, Events = [.. events], KeepsEnvironments = true };
}
