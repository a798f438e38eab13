using System.Text.Json;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>The laws of the planner, each of which holds in every world.</summary>
internal static class Law
{
    /// <summary>
    /// The plan for the state that a plan leads to does nothing and says nothing; the one after it does not even change a row.
    /// </summary>
    public static void Idempotence(Snapshot snapshot)
    {
        var after = Aftermath.Of(snapshot);
        var plan = EnvironmentReconciler.Reconcile(after);
        Assert.That(plan.Actions.Select(PlanText.Of), Is.Empty, "actions");
        Assert.That(plan.Environments.Select(e => e.Report).OfType<CommitStatus>().Select(PlanText.Of), Is.Empty, "statuses");
        Assert.That(plan.Environments.Select(e => e.Deployment).OfType<DeploymentReport>(), Is.Empty, "deployments");
        Assert.That(plan.Environments.Select(e => e.Comment).OfType<CommentReport>(), Is.Empty, "comments");
        Assert.That(plan.CommandEffects, Is.Null, "effects");
        Assert.That(Conclusion.Conclude(PlanText.Prepared(after, plan), plan, [], []).Events.Select(e => e.Note), Is.Empty, "events");

        var calm = Aftermath.Of(after);
        Assert.That(
            FakeController.Json(Aftermath.Of(calm).Resource.Status!), Is.EqualTo(FakeController.Json(calm.Resource.Status!)), "status");
    }

    /// <summary>
    /// Every decision is explained as it was made, with all that it does, in JSON that can be read back; and without a plan, every row.
    /// </summary>
    public static void Explanation(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var explained = Explainer.Explain(snapshot, plan, FurtherReports.Of(snapshot, plan));
        JsonElement.Parse(ExplanationJson.Write(explained), JsonDepth.Document);
        foreach (var one in explained.Environments)
        {
            Assert.That(
                ExplanationJson.Write(Explainer.Environment(snapshot, plan, one.PrNumber, FurtherReports.Of(snapshot, plan))!),
                Is.EqualTo(ExplanationJson.Write(one)), "alone and among all");
        }

        var known = explained.Environments.ToDictionary(e => e.PrNumber);
        foreach (var decision in plan.Environments)
        {
            var why = known[decision.PrNumber];
            Assert.That(
                (why.Phase, why.Reason, why.Message, why.Rule),
                Is.EqualTo((decision.Phase, decision.Reason, decision.Message, decision.Rule)));
            Assert.That(
                why.Next.Actions.Select(a => a.Verb), Is.EqualTo(decision.Actions.OrderBy(a => a.Step).Select(a => a.Verb)), why.Message);
            var blind = why.Next.Actions.Where(a => a is { Verb: "update", Changes.IsEmpty: true });
            Assert.That(blind.Select(a => a.Name), Is.Empty, "updates that change nothing");
            var refused = why.Selection.FirstOrDefault(s => s.Verdict == SelectionVerdict.Rejected);
            Assert.That(
                decision is { Rule: "SkipUnselected" or "DeleteUnselected" } && why.DeletedByCommand is null
                    ? decision.Reason
                    : refused?.Reason,
                Is.EqualTo(refused?.Reason), "the rule that decided");
        }

        var rows = (snapshot.Resource.Status?.Environments ?? []).OfType<EnvironmentStatus>().Select(r => r.PrNumber);
        var still = Explainer.Environments(snapshot, null).ToList();
        Assert.That(still.Select(e => e.PrNumber), Is.SupersetOf(rows.Distinct()).And.Ordered.And.Unique);
        Assert.That(still.Select(e => e.Basis).Distinct(), Is.SubsetOf([ExplanationBasis.Status]));
    }

    /// <summary>Nothing is deleted without a complete listing and, for each pull request, proof; a teardown aside.</summary>
    public static void NoDeletionOnDoubt(Snapshot snapshot)
    {
        var deletions = EnvironmentReconciler.Reconcile(snapshot).Actions.OfType<PlannedAction.Delete>().ToList();
        if (snapshot.Resource.Metadata.DeletionTimestamp is not null)
            return;
        if (snapshot.Listing is not PullRequestListing.Complete complete)
        {
            Assert.That(deletions, Is.Empty);
            return;
        }

        var spec = snapshot.Spec.Spec!;
        foreach (var deletion in deletions)
        {
            var listed = complete.PullRequests.FirstOrDefault(p => p.Number == deletion.PrNumber);
            var isProved = listed is null
                ? snapshot.Confirmations.GetValueOrDefault(deletion.PrNumber) == PullRequestState.Closed
                : IsRejected(snapshot, listed, spec)
                    || (deletion.Release.Namespace != spec.DestinationNamespace && !IsUndecided(snapshot, listed, spec)
                        && !IsUnchecked(snapshot, listed, spec))
                    || IsOrdered(snapshot, spec, listed) || IsNeverApproved(snapshot, spec, listed) || IsExpired(snapshot, listed, spec);
            Assert.That(isProved, Is.True, $"{PlanText.Of(deletion)} is not proved");
        }
    }

    /// <summary>No environment is made beyond the limit; NoDeletionOnDoubt sees to it that none is removed for it.</summary>
    public static void Limit(Snapshot snapshot)
    {
        var created = EnvironmentReconciler.Reconcile(snapshot).Actions.OfType<PlannedAction.Apply>().Count(a => a.Uid is null);
        if (created > 0 && snapshot.Spec.Spec?.MaxEnvironments is { } most)
            Assert.That(created + snapshot.Owned.Select(o => o.Number).Distinct().Count(), Is.AtMost(most));
    }

    /// <summary>
    /// While it is not known whether a pull request is selected, it gets no environment, and the one that it has stays at its commit.
    /// </summary>
    public static void NoChangeOnDoubt(Snapshot snapshot)
    {
        if (snapshot.Listing is not PullRequestListing.Complete complete || snapshot.Spec.Spec is not { } spec)
            return;
        foreach (var action in EnvironmentReconciler.Reconcile(snapshot).Actions)
        {
            var listed = complete.PullRequests.FirstOrDefault(p => p.Number == action.PrNumber);
            if (listed is null || !IsUndecided(snapshot, listed, spec) || IsOrdered(snapshot, spec, listed))
                continue;
            var what = PlanText.Of(action);
            Assert.That(action, Is.Not.InstanceOf<PlannedAction.Delete>(), what);
            if (action is not PlannedAction.Apply apply)
                continue;
            Assert.That(apply.Uid, Is.Not.Null, what);
            var sha = ReleaseValues.Read(apply.Desired.Spec).PrSha;
            Assert.That(
                snapshot.Releases.Any(r => r.Metadata.Uid == apply.Uid
                    && (r.Metadata.Annotation(OwnerLabels.HeadShaAnnotation) == sha || ReleaseValues.Read(r.Spec).Commit == sha)),
                Is.True, what);
        }
    }

    /// <summary>
    /// Nobody else's release is touched: each action is on one of ours, on a free name, or on one of the predecessor's of an open pull
    /// request.
    /// </summary>
    public static void Ownership(Snapshot snapshot)
    {
        foreach (var action in EnvironmentReconciler.Reconcile(snapshot).Actions.Where(a => !a.IsOnNamespace))
        {
            var target = snapshot.Releases.FirstOrDefault(
                r => r.Metadata.Namespace == action.Release.Namespace && r.Metadata.Name == action.Release.Name);
            if (action is PlannedAction.Apply { Uid: null })
            {
                Assert.That(target, Is.Null, $"{PlanText.Of(action)}: the name is taken");
                continue;
            }

            Assert.That(target, Is.Not.Null, PlanText.Of(action));
            if (snapshot.PrNumberOf(target!) == action.PrNumber)
                continue;
            var chart = snapshot.Spec.Spec!.Chart;
            Assert.That(
                action is PlannedAction.Apply
                && Core.Releases.Ownership.IsAdoptable(target!, chart), Is.True, $"{PlanText.Of(action)} is somebody else's");
            Assert.That(
                (snapshot.Listing as PullRequestListing.Complete)?.PullRequests.Any(p => p.Number == action.PrNumber), Is.True,
                "adopted without a pull request");
        }
    }

    /// <summary>
    /// Only a namespace that the resource has created for this very pull request is changed or deleted, and never before its releases are
    /// gone; none is created that exists.
    /// </summary>
    public static void Namespaces(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        foreach (var action in plan.Actions.Where(a => a.IsOnNamespace))
        {
            var (name, uid) = action switch
            {
                PlannedAction.CreateNamespace create => (create.Desired.Name, null),
                PlannedAction.UpdateNamespace update => (update.Desired.Name, update.Uid),
                PlannedAction.DeleteNamespace delete => (delete.Name, delete.Uid),
                PlannedAction.OrphanNamespace orphan => (orphan.Name, orphan.Uid),
                _ => throw new InvalidOperationException(action.Verb),
            };
            var found = snapshot.Namespaces.Found.FirstOrDefault(n => n.Metadata.Name == name);
            Assert.That(found?.Metadata.Uid, Is.EqualTo(uid), PlanText.Of(action));
            if (found is null)
                continue;
            var meta = found.Metadata;
            var isOurs = meta.Labels?.GetValueOrDefault(OwnerLabels.Uid) == snapshot.Resource.Metadata.Uid
                && meta.Annotations?.GetValueOrDefault(OwnerLabels.CreatedNamespaceAnnotation) == name
                && EnvironmentNamespaces.PrNumberIfCreatedBy(found, snapshot.Resource) == action.PrNumber;
            Assert.That(isOurs, Is.True, $"{PlanText.Of(action)} is somebody else's");
            if (action is PlannedAction.DeleteNamespace)
            {
                Assert.That(
                    snapshot.Releases.Any(r => Core.Releases.Ownership.PrNumberIfOwned(r, snapshot.Resource) == action.PrNumber), Is.False,
                    $"{PlanText.Of(action)} before its release");
            }
        }
    }

    /// <summary>No namespace is deleted without the proof that a release needs.</summary>
    public static void NoNamespaceDeletedOnDoubt(Snapshot snapshot)
    {
        if (snapshot.Resource.Metadata.DeletionTimestamp is not null)
            return;
        var listed = (snapshot.Listing as PullRequestListing.Complete)?.PullRequests.Select(p => p.Number).ToHashSet();
        foreach (var deletion in EnvironmentReconciler.Reconcile(snapshot).Actions.OfType<PlannedAction.DeleteNamespace>())
        {
            Assert.That(
                listed is not null && (listed.Contains(deletion.PrNumber)
                    || snapshot.Confirmations.GetValueOrDefault(deletion.PrNumber) == PullRequestState.Closed),
                Is.True, $"{PlanText.Of(deletion)} is not proved");
        }
    }

    /// <summary>
    /// With approvals required, no commit of a fork is installed that was not approved, by review or by command, now or before.
    /// </summary>
    public static void Approval(Snapshot snapshot)
    {
        if (snapshot.Spec.Spec is not { Forks: ForkPolicy.RequireApproval } spec)
            return;
        if (snapshot.Listing is not PullRequestListing.Complete complete)
            return;
        foreach (var apply in EnvironmentReconciler.Reconcile(snapshot).Actions.OfType<PlannedAction.Apply>())
        {
            var listed = complete.PullRequests.Single(p => p.Number == apply.PrNumber);
            if (!listed.IsFork)
                continue;
            var sha = ReleaseValues.Read(apply.Desired.Spec).PrSha!;
            var releases = snapshot.Releases.Where(r => snapshot.PrNumberOf(r) == apply.PrNumber)
                .ToList();
            var isApproved = releases.Any(r => r.Metadata.Annotation(OwnerLabels.ApprovedShaAnnotation) == sha)
                || (snapshot.Reviews.GetValueOrDefault(apply.PrNumber) is ReviewReading.Known known && Approvals.Cover(known.Reviews, sha))
                || (spec.Commands && (CommandEffects.Read(snapshot.Resource).Approved.GetValueOrDefault(apply.PrNumber) == sha
                    || snapshot.Commands.Any(c => c.PrNumber == apply.PrNumber && c.Verb == CommandVerb.Approve && sha == listed.HeadSha)));
            // Without an answer what runs may be put back as it was, and no more.
            var isAnswered = snapshot.Reviews.GetValueOrDefault(apply.PrNumber) is ReviewReading.Known
                && !IsUndecided(snapshot, listed, spec);
            var isAsItWas = !isAnswered && apply.Uid is not null
                && releases.Any(
                    r => r.Metadata.Annotation(OwnerLabels.HeadShaAnnotation) == sha || ReleaseValues.Read(r.Spec).PrSha == sha);
            Assert.That(isApproved || isAsItWas, Is.True, $"{PlanText.Of(apply)} of {sha}");
        }
    }

    /// <summary>
    /// No commit is installed whose checks have not concluded well; what is installed already may be put back as it was.
    /// </summary>
    public static void Checks(Snapshot snapshot)
    {
        if (snapshot.Listing is not PullRequestListing.Complete complete || snapshot.Spec.Spec is not { Checks.IsEmpty: false } spec)
            return;
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        foreach (var apply in plan.Actions.OfType<PlannedAction.Apply>().Where(a => complete.PullRequests.Any(p => p.Number == a.PrNumber)))
        {
            var sha = ReleaseValues.Read(apply.Desired.Spec).PrSha!;
            // Of a fork's pull request, a commit that was approved and installed elsewhere may come back.
            var isPinned = complete.PullRequests.Single(p => p.Number == apply.PrNumber).HeadSha != sha
                && snapshot.Releases.Any(r => snapshot.PrNumberOf(r) == apply.PrNumber);
            Assert.That(
                IsPassed(snapshot, spec, sha) || isPinned || IsInstalled(snapshot, spec, apply.PrNumber, sha), Is.True,
                $"{PlanText.Of(apply)} of {sha}");
        }

        foreach (var decision in plan.Environments.Where(e => e.Waiting is not null))
            Assert.That(decision.Report?.State, Is.Not.EqualTo(CommitState.Success), $"PR {decision.PrNumber}");
    }

    /// <summary>
    /// An environment falls asleep only when GitHub has listed its pull request, it is ready with that commit, and nothing keeps it. One
    /// that is asleep is not probed.
    /// </summary>
    public static void Sleep(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        foreach (var decision in plan.Environments.Where(e => e.Phase == EnvironmentPhase.Asleep))
        {
            Assert.That(decision.Deployment?.State, Is.Null.Or.EqualTo(DeploymentState.Success));
            Assert.That(decision.Probe, Is.Null);
            Assert.That(snapshot.Spec.Spec!.Sleep, Is.Not.Null);
        }

        foreach (var apply in plan.Actions.OfType<PlannedAction.Apply>().Where(
            a => a.Desired.Annotations.ContainsKey(OwnerLabels.AsleepAnnotation)))
        {
            var release = snapshot.Releases.Single(r => r.Metadata.Uid == apply.Uid && r.Metadata.Key == apply.Release);
            if (DesiredReleases.AsleepSince(release) is not null)
                continue;
            var listed = ((PullRequestListing.Complete)snapshot.Listing!).PullRequests.Single(p => p.Number == apply.PrNumber);
            var keep = snapshot.Spec.Spec!.Sleep!.KeepLabels;
            Assert.That(listed.Labels is { } labels ? keep.Any(labels.Contains) : !keep.IsEmpty, Is.False, "kept by a label, or unknown");
            Assert.That(ReleaseState.Of(release).Kind, Is.EqualTo(ReleaseStateKind.Ready));
            Assert.That(ReleaseValues.Read(release.Spec).Commit, Is.EqualTo(ReleaseValues.Read(apply.Desired.Spec).PrSha));
            var orders = CommandEffects.Read(snapshot.Resource);
            Assert.That(
                snapshot.Spec.Spec.Commands && orders.KeptUntil(apply.PrNumber) > snapshot.Now
                    && !snapshot.Commands.Any(c => c.PrNumber == apply.PrNumber && c.Verb == CommandVerb.Sleep), Is.False, "kept");
        }
    }

    /// <summary>The same snapshot gives the same plan, in whatever order the cache lists the releases.</summary>
    public static void Determinism(Snapshot snapshot)
    {
        var once = Describe(snapshot);
        Assert.That(Describe(snapshot), Is.EqualTo(once));
        Assert.That(Describe(snapshot with { Releases = [.. snapshot.Releases.Reverse()] }), Is.EqualTo(once));
    }

    /// <summary>The next check is in the future: a time in the past would make a worker spin.</summary>
    public static void NoSpinning(Snapshot snapshot)
    {
        if (EnvironmentReconciler.Reconcile(snapshot).NextCheck is { } next)
            Assert.That(next, Is.GreaterThan(snapshot.Now));
    }

    /// <summary>
    /// A status is for the listed head commit of an open, selected pull request, and success is never told without its proof.
    /// </summary>
    public static void Truth(Snapshot snapshot)
    {
        if (snapshot.Listing is not PullRequestListing.Complete complete)
            return;
        foreach (var decision in EnvironmentReconciler.Reconcile(snapshot).Environments.Where(e => e.Report is not null))
        {
            var (report, listed) = (decision.Report!, complete.PullRequests.Single(p => p.Number == decision.PrNumber));
            Assert.That(report.Sha, Is.EqualTo(listed.HeadSha));
            Assert.That(report.State, Is.AnyOf(CommitState.Pending, CommitState.Success, CommitState.Failure));
            Assert.That(report.Description, Has.Length.InRange(1, 140));
            var spec = snapshot.Spec.Spec!;
            var skipped = decision.Phase == EnvironmentPhase.Skipped;
            Assert.That(IsRejected(snapshot, listed, spec), Is.EqualTo(skipped));
            Assert.That(spec.SkippedSucceed || !skipped);
            if (!skipped && report.State == CommitState.Success && spec.Readiness is not Readiness.Applied)
                AssertProved(snapshot, spec, decision);
        }
    }

    /// <summary>What the schema takes.</summary>
    public static void Bounds(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var status = Conclusion.Conclude(snapshot, plan, [], []).Status;
        foreach (var row in plan.KeepsEnvironments ? [] : status.Environments!)
        {
            Assert.That(row.HeadSha, Is.Null.Or.Length.LessThanOrEqualTo(64));
            Assert.That(row.Reason, Has.Length.LessThanOrEqualTo(256));
            Assert.That(row.Message ?? "", Has.Length.LessThanOrEqualTo(4096));
            Assert.That(row.Url ?? "", Has.Length.LessThanOrEqualTo(8192));
            Assert.That(row.PrNumber, Is.Positive);
        }
    }

    private static bool IsRejected(Snapshot snapshot, PullRequest listed, EnvironmentSpec spec) =>
        Selector.Reject(listed, spec, snapshot.Files) is { IsCertain: true };

    private static bool IsUndecided(Snapshot snapshot, PullRequest listed, EnvironmentSpec spec) =>
        Selector.Reject(listed, spec, snapshot.Files) is { IsCertain: false };

    private static bool IsUnchecked(Snapshot snapshot, PullRequest listed, EnvironmentSpec spec) =>
        !(Core.Selection.Approval.IsNeeded(listed, spec) && !IsApproved(snapshot, listed, spec))
        && !IsPassed(snapshot, spec, listed.HeadSha) && !IsInstalled(snapshot, spec, listed.Number, listed.HeadSha);

    private static bool IsPassed(Snapshot snapshot, EnvironmentSpec spec, string sha) =>
        CheckVerdict.Of(spec.Checks, snapshot.Checks.GetValueOrDefault(sha)).State == CheckState.Passed;

    private static bool IsInstalled(Snapshot snapshot, EnvironmentSpec spec, int number, string sha) => snapshot.Releases.Any(
        r => r.Metadata.Namespace == spec.DestinationNamespace && r.Metadata.Name == ReleaseNaming.NameOf(number)
            && Core.Selection.Approval.RolledOut(r) == sha);

    private static bool IsApproved(Snapshot snapshot, PullRequest listed, EnvironmentSpec spec) =>
        snapshot.Releases.Any(r => snapshot.PrNumberOf(r) == listed.Number
            && r.Metadata.Annotation(OwnerLabels.ApprovedShaAnnotation) == listed.HeadSha)
        || (snapshot.Reviews.GetValueOrDefault(listed.Number) is ReviewReading.Known known
            && Approvals.Cover(known.Reviews, listed.HeadSha))
        || (spec.Commands && (CommandEffects.Read(snapshot.Resource).Approved.GetValueOrDefault(listed.Number) == listed.HeadSha
            || snapshot.Commands.Any(c => c.PrNumber == listed.Number && c.Verb == CommandVerb.Approve
                && (c.Sha is not { } named || listed.HeadSha.StartsWith(named, StringComparison.OrdinalIgnoreCase)))));

    // Its release, or the resource, records how it looks now; and that this was so for long enough by a clock that is to be trusted.
    private static bool IsExpired(Snapshot snapshot, PullRequest listed, EnvironmentSpec spec)
    {
        if (spec.Expiry is not { } expiry || (!expiry.KeepLabels.IsEmpty && listed.Labels is null))
            return false;
        if (listed.Labels is { } labels && expiry.KeepLabels.Any(labels.Contains))
            return false;
        string[] looks = [Activity.LookOf(listed, isApproved: false), Activity.LookOf(listed, isApproved: true)];
        if (looks.Contains(CommandEffects.Read(snapshot.Resource).Expired.GetValueOrDefault(listed.Number), StringComparer.Ordinal))
            return true;
        return snapshot.Now - snapshot.ClockSteadySince >= TimeSpan.FromMinutes(5)
            && snapshot.Releases.Where(r => snapshot.PrNumberOf(r) == listed.Number).Select(Activity.Read).OfType<Activity>()
                .Any(a => looks.Contains(a.Look, StringComparer.Ordinal) && a.At + expiry.IdleTimeout <= snapshot.Now);
    }

    private static bool IsOrdered(Snapshot snapshot, EnvironmentSpec spec, PullRequest listed) => spec.Commands
        && (CommandEffects.Read(snapshot.Resource).Deleted.GetValueOrDefault(listed.Number) == listed.HeadSha
            || snapshot.Commands.Any(c => c.PrNumber == listed.Number && c.Verb == CommandVerb.Delete));

    private static bool IsNeverApproved(Snapshot snapshot, EnvironmentSpec spec, PullRequest listed) =>
        listed.IsFork && spec.Forks == ForkPolicy.RequireApproval
        && snapshot.Reviews.GetValueOrDefault(listed.Number) is ReviewReading.Known
        && !snapshot.Releases.Any(r => snapshot.PrNumberOf(r) == listed.Number
            && Sha.IsCommit(r.Metadata.Annotation(OwnerLabels.ApprovedShaAnnotation)) && r.Metadata.Namespace == spec.DestinationNamespace);

    private static void AssertProved(Snapshot snapshot, EnvironmentSpec spec, EnvironmentDecision decision)
    {
        var release = snapshot.Releases.Single(
            r => r.Metadata.Namespace == decision.Release!.Value.Namespace && r.Metadata.Name == decision.Release.Value.Name);
        // It was ready before, and is proved below to be so if it falls asleep only now.
        if (decision.Phase == EnvironmentPhase.Asleep && DesiredReleases.AsleepSince(release) is not null)
            return;
        // What was told of that commit stays while it wakes up, but for its link.
        if (decision.Reason == Reasons.EnvAwake && WasToldSuccess(snapshot, release, decision.Report!.Sha))
            return;
        Assert.That(
            decision.Actions.OfType<PlannedAction.Apply>().Where(
                a => decision.Phase != EnvironmentPhase.Asleep && a.Why.Contains("spec.", StringComparison.Ordinal)), Is.Empty,
            "success for what is only just rolled out");
        Assert.That(ReleaseValues.Read(release.Spec).PrSha, Is.EqualTo(decision.Report!.Sha));
        var told = snapshot.Reported.GetValueOrDefault(release.Metadata.Uid) ?? ReportedStatus.Read(release);
        var wasReady = told is { Status.State: CommitState.Success } && told.Status.Sha == decision.Report.Sha
            && (told.Generation == release.Metadata.Generation || release.Status?.LastAttemptedGeneration is not null);
        var row = snapshot.Resource.Status?.Environments?.FirstOrDefault(e => e.PrNumber == decision.PrNumber);
        var nothingPosted = told is null || told.Status.Sha != decision.Report.Sha;
        if (wasReady || (nothingPosted && row is { Phase: EnvironmentPhase.Ready } && row.HeadSha == decision.Report.Sha))
            return;

        if (spec.Readiness is Readiness.Answers)
        {
            Assert.That(
                snapshot.Probes.Values.Any(p => p.Succeeded && p.Revision.ReleaseUid == release.Metadata.Uid
                    && p.Revision.Generation == release.Metadata.Generation && p.Revision.Sha == decision.Report.Sha),
                Is.True, "success without an answer of this revision");
            return;
        }

        Assert.That(ReleaseState.Of(release).Kind, Is.EqualTo(ReleaseStateKind.Ready), "success without Flux's word");
    }

    private static bool WasToldSuccess(Snapshot snapshot, HelmRelease release, string sha) =>
        (snapshot.Reported.GetValueOrDefault(release.Metadata.Uid) ?? ReportedStatus.Read(release))?.Status is { } told
        && told.State == CommitState.Success && told.Sha == sha;

    private static string Describe(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var published = Conclusion.Conclude(snapshot, plan, [], []);
        var lines = plan.Environments.SelectMany(
            e => e.Actions.Select(PlanText.Of).Append($"{e.Report}|{e.Probe?.Revision}|{e.CheckAgainAt:O}"));
        return string.Join('\n', [FakeController.Json(published.Status), .. published.Events.Select(e => e.ToString()), .. lines]);
    }
}
