using System.Text.Json;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Explaining;

[TestFixture]
public sealed class ExplainerTests
{
    [Test]
    public void Environment_NotSelected_NamesEachRuleWithTheFactThatItSaw()
    {
        var why = Of(World.Plain
            .Selecting(s => s with { Labels = ["preview"], Titles = ["^Add"], ExcludeBranches = ["^wip/"], Drafts = "Skip" })
            .Labelled(22, "bug", "ui"));

        Assert.That((why.Phase, why.Reason, why.Rule), Is.EqualTo(("Skipped", "LabelMissing", "SkipUnselected")));
        Assert.That(
            why.Selection.Where(s => s.Verdict != SelectionVerdict.NotAsked).Select(Text),
            Is.EqualTo(
            [
                "ForkRule Admitted forks=RequireApproval fork=false",
                "DraftRule Unknown drafts=Skip draft=?",
                "LabelRule Rejected labels=preview labels=bug,ui",
                "ExcludedBranchRule Admitted excludeBranches=^wip/ branch=topic",
                "TitleRule Admitted titles=^Add title=Add a thing",
            ]));
    }

    [Test]
    public void Environment_WithEveryFilter_NamesEveryField()
    {
        var world = World.Plain.Selecting(s => new PullRequestSelection
        {
            Forks = "Allow",
            Labels = ["a"],
            AnyLabels = ["b"],
            ExcludeLabels = ["c"],
            Drafts = "Skip",
            Authors = ["d"],
            ExcludeAuthors = ["e"],
            TargetBranches = ["f"],
            Branches = ["g"],
            ExcludeBranches = ["h"],
            Titles = ["i"],
            ExcludeTitles = ["j"],
            Paths = ["k"],
            ExcludePaths = ["l"],
        });

        var fields = Of(world.Open(22)).Selection.SelectMany(s => s.Facts.Wanted).Select(w => w.Field);

        Assert.That(
            fields,
            Is.EquivalentTo(typeof(PullRequestSelection).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))));
    }

    [Test]
    public void Environment_OfFiles_SaysWhatTheyAre()
    {
        var world = World.Plain.Selecting(s => s with { Paths = ["src/**"] }).Open(22);

        Assert.That(
            Text(Of(world.Changing(22, "docs/a.md")).Selection[^1]), Is.EqualTo("PathRule Rejected paths=src/** files=NotIncluded"));
        Assert.That(Text(Of(world.FilesUnread(22)).Selection[^1]), Is.EqualTo("PathRule Unknown paths=src/** files=?"));
    }

    [Test]
    public void Environment_OfAFork_ShowsReviewsAndVerdict()
    {
        var review = new Review("eve", ReviewVerdict.Approved, World.A, MayWrite: false);

        var approval = Of(World.Plain.Fork(22).Reviewed(22, review)).Approval!;

        Assert.That((approval.Verdict, approval.InstallCommit), Is.EqualTo((ApprovalVerdict.Missing, (string?)null)));
        Assert.That(approval.Reviews, Is.EqualTo([new ReviewExplanation("eve", ReviewVerdict.Approved, World.A, MayWrite: false)]));
    }

    [Test]
    public void Environment_WaitingForChecks_ShowsEachAndTheDeadline()
    {
        var checks = Of(World.Plain.Waiting("build", "scan").Open(22).Checked(World.A, ("build", CheckState.Passed))).Checks!;

        Assert.That(
            checks.Checks,
            Is.EqualTo([new CheckExplanation("build", CheckState.Passed), new CheckExplanation("scan", CheckState.Running)]));
        Assert.That((checks.Reason, checks.Deadline), Is.EqualTo(("WaitingForChecks", World.Noon + TimeSpan.FromHours(1))));
    }

    [Test]
    public void Environment_InTheQueue_ShowsItsPlaceAndWhoIsInTheWay()
    {
        var queue = Of(World.Plain.Limited(1).Open(21).Release(21).Open(22).Open(23), 23).Queue!;

        Assert.That((queue.Position, queue.Waiting, queue.Limit), Is.EqualTo((2, 2, 1)));
        Assert.That(queue.Holders, Is.EqualTo([21]));
    }

    [Test]
    public void Environment_ToBeUpdated_ShowsEachFieldBeforeAndAfter()
    {
        var action = Of(World.Plain.Open(22, World.B).Release(22)).Next.Actions.Single();

        Assert.That((action.Verb, action.Namespace, action.Name), Is.EqualTo(("update", "envs", "relpr-22")));
        var change = action.Changes.Single(c => c.Path == "spec.values.prSHA");
        Assert.That((change.Before!.Value.GetString(), change.After!.Value.GetString()), Is.EqualTo((World.A, World.B)));
        Assert.That(action.Changes.Select(c => c.Path), Has.Member($"metadata.annotations.{OwnerLabels.HeadShaAnnotation}"));
        Assert.That(action.Changes.Select(c => c.Path), Has.No.Member("spec"), "each field of the spec is named");
    }

    [Test]
    public void Environment_ToBeCreated_HasTheSpecThatIsApplied()
    {
        var action = Of(World.Plain.Open(22)).Next.Actions.Single();

        Assert.That(action.Spec!.Value.GetProperty("values").GetProperty("prNumber").GetInt32(), Is.EqualTo(22));
    }

    [Test]
    public void Environment_WithAProbe_ShowsWhatItSaw()
    {
        var probe = Of(World.Probing.Open(22).Release(22, change: r => r.Ready()).Probed(22, succeeded: false, failures: 2)).Probe!;

        Assert.That(
            (probe.IsProbed, probe.HasAnswered, probe.ConsecutiveFailures, probe.LastFailure),
            Is.EqualTo((true, (bool?)false, (int?)2, "answered 503")));
        Assert.That(probe.Url, Is.EqualTo(World.UrlOf(22, World.A)));
    }

    [Test]
    public void Environment_WithAForeignRelease_NamesItsOwner()
    {
        var release = Of(World.Plain.Open(22).Release(22, change: r => r.OfAnother())).Release!;

        Assert.That((release.IsOwned, release.OtherOwner?.Name), Is.Not.EqualTo((true, "demo")));
    }

    [Test]
    public void Environment_WithoutPlan_IsWhatTheStatusSays()
    {
        var world = World.Fluxed.Release(22, change: r => r.Ready()).Row(22, "Ready", "EnvReady", message: "Well.") with
        {
            WasAsked = false,
        };

        var why = Explainer.Environment(world.Snapshot(), null, 22)!;

        Assert.That((why.Basis, why.Phase, why.Message), Is.EqualTo((ExplanationBasis.Status, "Ready", "Well.")));
        Assert.That((why.Since, why.Release!.State), Is.EqualTo((World.Noon - TimeSpan.FromMinutes(5), ReleaseVerdict.Ready)));
        Assert.That(why.Release.Conditions.Select(c => c.Type), Has.Member("Ready"));
        Assert.That((why.PullRequest, why.Approval), Is.EqualTo(((PullRequestExplanation?)null, (ApprovalExplanation?)null)));
        Assert.That(why.Selection, Is.Empty);
    }

    [Test]
    public void Environment_WhileGitHubIsAway_SaysSo() =>
        Assert.That(
            Of(World.Plain.Away(UnavailableReason.TokenLoadFailed).Release(22)).GitHubProblem?.Reason,
            Is.EqualTo(UnavailableReason.TokenLoadFailed));

    [Test]
    public void Environment_OfAnUnknownPullRequest_IsNull() =>
        Assert.That(Explainer.Environment(World.Plain.Open(22).Snapshot(), World.Plain.Open(22).Plan(), 23), Is.Null);

    [Test]
    public void Environment_OfOneOfMany_SaysTheSameAsAmongAll()
    {
        var world = World.Plain.Open(21).Open(22).Open(23).Release(23).Row(24, "Ready", "Applied");
        var (snapshot, plan) = (world.Snapshot(), world.Plan());

        var all = Explainer.Environments(snapshot, plan).ToList();

        Assert.That(
            all.Select(e => ExplanationJson.Write(Explainer.Environment(snapshot, plan, e.PrNumber)!)),
            Is.EqualTo(all.Select(ExplanationJson.Write)).And.Exactly(3).Items);
    }

    [Test]
    public void Environment_ClosedAndGone_IsNotExplainedByItsLastRow()
    {
        var world = World.Plain.Open(22).Row(23, "Ready", "Applied");

        Assert.That(Explainer.Environments(world.Snapshot(), world.Plan()).Select(e => e.PrNumber), Is.EqualTo([22]));
    }

    [Test]
    public void Explain_WhatIsAsItShouldBe_HasNoChanges()
    {
        var world = World.Plain.Silent().Open(22).Release(22, change: r => r.Ready());

        Assert.That(Explainer.Explain(world.Snapshot(), world.Plan(), FurtherReports.None).HasChanges, Is.False);
        Assert.That(Explainer.Explain(world.Open(23).Snapshot(), world.Open(23).Plan(), FurtherReports.None).HasChanges, Is.True);
    }

    [Test]
    public void Explain_WhereOnlyAMergeGroupOrACleanupIsDue_HasChanges()
    {
        var world = World.Plain.Silent().Open(22).Release(22, change: r => r.Ready());
        var status = new CommitStatus(World.B, "ctx", CommitState.Success, "All is well.", null);

        var group = Explainer.Explain(world.Snapshot(), world.Plan(), FurtherReports.Of([(22, status)], []));
        var cleanup = Explainer.Explain(world.Snapshot(), world.Plan(), FurtherReports.Of([], [22]));

        Assert.That((group.HasChanges, cleanup.HasChanges), Is.EqualTo((true, true)));
        Assert.That(group.Environments.Single().Reports.DueMergeGroups, Is.EqualTo([status]));
        Assert.That(cleanup.Environments.Single().Reports.CleanupIsDue, Is.True);
    }

    [TestCase(true, true)]
    [TestCase(false, false)]
    public void FurtherReports_OfAnEnvironmentThatLeaves_CleanUpItsDeploymentIfThatIsAskedFor(bool isAskedFor, bool isDue)
    {
        var world = World.Plain.Spec(s => s with
        {
            Report = new Report { Deployments = new DeploymentsReport { Enabled = true, Cleanup = isAskedFor ? "Delete" : null } },
        });
        var over = new ReportedDeployment(7, new DeploymentReport(World.A, DeploymentState.Inactive, "over", null), null);
        var closed = world.Confirmed(22, PullRequestState.Closed);
        var noted = closed.Release(22, change: r => r with
        {
            Metadata = r.Metadata with
            {
                DeletionTimestamp = World.Noon,
                Annotations = new Dictionary<string, string>(r.Metadata.Annotations!, StringComparer.Ordinal)
                {
                    [OwnerLabels.DeploymentAnnotation] = over.ToJson(),
                },
            },
        });

        Assert.That(FurtherReports.Of(noted.Snapshot(), noted.Plan()).Cleanups, Is.EqualTo(isDue ? (int[])[22] : []));
    }

    [Test]
    public void Write_AnExplanation_IsCamelCaseWithWordsForEnums()
    {
        var json = JsonElement.Parse(ExplanationJson.Write(Of(World.Plain.Labelled(22, "\u001b[31mred"))));

        Assert.That(json.GetProperty("prNumber").GetInt32(), Is.EqualTo(22));
        Assert.That(json.GetProperty("basis").GetString(), Is.EqualTo("Plan"));
        Assert.That(json.GetProperty("reports").GetProperty("due").GetProperty("state").GetString(), Is.EqualTo("success"));
        Assert.That(json.GetProperty("pullRequest").GetProperty("labels")[0].GetString(), Is.EqualTo("\u001b[31mred"));
        Assert.That(json.GetRawText(), Does.Not.Contain('\u001b'));
    }

    private static EnvironmentExplanation Of(World world, int number = 22) =>
        Explainer.Environment(world.Snapshot(), world.Plan(), number)!;

    private static string Text(SelectionCheck check)
    {
        var wanted = string.Join(' ', check.Facts.Wanted.Select(w => $"{w.Field}={string.Join(',', w.Values)}"));
        return $"{check.Rule} {check.Verdict} {wanted} {check.Facts.Fact}={(check.Facts.Seen is { } seen ? string.Join(',', seen) : "?")}";
    }
}
