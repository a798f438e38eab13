using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Scenarios;

/// <summary>Whole lives of environments, as golden logs.</summary>
[TestFixture]
public sealed class ScenarioTests
{
    private static readonly string C = new('c', 40);

    // The same URL for every commit of a pull request, as people have it: the old revision answers it too.
    private static readonly World Healthy = World.Plain.Spec(
        s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/healthz" });

    private static readonly World Fluxed = World.Fluxed;

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    [Test]
    public void Life_OpenPushClose_EndsWithNothingLeft()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Say("The resource is created; no pull request is open.");
        story.Run(Minutes(2));
        story.Say("PR 22 is opened.");
        story.Open(22, World.A);
        story.Run(Minutes(3));
        story.Say("PR 22 gets a new commit.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(3));
        story.Say("PR 22 is merged.");
        story.GitHub.Close(22);
        story.Run(Minutes(3));
        Golden.Verify("open-push-close", story.Log);
    }

    [Test]
    public void Namespace_OfEachEnvironment_OutlivesItsRelease()
    {
        var story = new Story();
        var demo = story.Add(Fluxed.Namespaced(n => n with
        {
            Labels = new Dictionary<string, string?>(StringComparer.Ordinal) { ["branch"] = "<<PR_BRANCH_SLUG>>" },
        }));
        story.Say("PR 22 and 23 are opened; somebody else has a namespace pr-23.");
        story.Cluster.Namespaces.Put(new ClusterNamespace { Metadata = new ObjectMeta { Name = "pr-23", Uid = "uid-of-another" } });
        story.Open(22, World.A);
        story.Open(23, World.B);
        story.Run(Minutes(3));
        story.Say("That one is removed.");
        story.Cluster.Namespaces.Remove("pr-23");
        story.Run(Minutes(2));
        story.Say("PR 22 gets a new commit; the template changes.");
        story.GitHub.Push(22, C);
        demo.Edit(s => s with { Namespace = s.Namespace! with { Template = "preview-<<PR_NUMBER>>" } });
        story.Run(Minutes(2));
        story.Say("PR 22 is closed; its namespace takes two minutes to empty.");
        story.Cluster.Namespaces.TimeToEmpty = Minutes(2);
        story.GitHub.Close(22);
        story.Run(Minutes(4));
        story.Say("It is opened again.");
        story.Open(22, C);
        story.Run(Minutes(2));
        story.Say("The field is removed, and then the resource.");
        story.Cluster.Namespaces.TimeToEmpty = TimeSpan.FromSeconds(5);
        demo.Edit(s => s with { Namespace = null });
        story.Run(Minutes(2));
        story.Delete(demo);
        story.Run(Minutes(2));
        Assert.That(story.Cluster.Namespaces.All, Is.Empty);
        Golden.Verify("namespaces", story.Log);
    }

    [Test]
    public void Selection_LabelsDraftsAndAuthors_FollowTheFacts()
    {
        var story = new Story();
        var demo = story.Add(Fluxed.Selecting(s => s with { Labels = ["preview"], Drafts = "Skip", ExcludeAuthors = ["dependabot[bot]"] }));
        story.Say("PR 22 is opened as a draft without a label, PR 23 by an App that is excluded.");
        story.Open(22, World.A, p => p with { IsDraft = true, Labels = LabelSet.None });
        story.Open(23, World.B, p => p with { IsDraft = false, Labels = new LabelSet(["preview"]), Author = "dependabot[bot]" });
        story.Run(Minutes(2));
        story.Say("PR 22 is labelled, then ready for review.");
        story.GitHub.Change(22, p => p with { Labels = new LabelSet(["Preview"]) });
        story.Run(Minutes(2));
        story.GitHub.Change(22, p => p with { IsDraft = false });
        story.Run(Minutes(2));
        story.Say("GitHub leaves the labels out of its answer, and there is a push.");
        story.GitHub.Change(22, p => p with { Labels = null, HeadSha = C });
        story.Run(Minutes(2));
        story.Say("It reports them again.");
        story.GitHub.Change(22, p => p with { Labels = new LabelSet(["preview"]) });
        story.Run(Minutes(2));
        story.Say("The label is taken off.");
        story.GitHub.Change(22, p => p with { Labels = LabelSet.None });
        story.Run(Minutes(2));
        story.Say("The label is not needed any more.");
        demo.Edit(s => s with { PullRequests = new PullRequestSelection { ExcludeAuthors = ["dependabot[bot]"] } });
        story.Run(Minutes(2));
        Golden.Verify("selection", story.Log);
    }

    [Test]
    public void Selection_BranchesAndTitles_FollowTheFacts()
    {
        var story = new Story();
        story.Add(Fluxed.Selecting(s => s with { TargetBranches = ["^main$"], ExcludeTitles = [@"(?i)\bwip\b"] }));
        story.Say("PR 22 is opened on a branch that is not included, as work in progress.");
        story.Open(22, World.A, p => p with { BaseBranch = "maintenance", Title = "[WIP] Add a thing" });
        story.Run(Minutes(2));
        story.Say("Its base is changed, then its title.");
        story.GitHub.Change(22, p => p with { BaseBranch = "main" });
        story.Run(Minutes(2));
        story.GitHub.Change(22, p => p with { Title = "Add a thing" });
        story.Run(Minutes(2));
        story.Say("GitHub leaves the title out of its answer.");
        story.GitHub.Change(22, p => p with { Title = "" });
        story.Run(Minutes(2));
        story.Say("It is on another base.");
        story.GitHub.Change(22, p => p with { BaseBranch = "maintenance" });
        story.Run(Minutes(2));
        Golden.Verify("selection-patterns", story.Log);
    }

    [Test]
    public void Selection_ChangedFiles_FollowThePushes()
    {
        var story = new Story();
        var demo = story.Add(Fluxed.Selecting(s => s with { Paths = ["src/**"], ExcludePaths = ["**.md"] }));
        story.Say("PR 22 changes documentation only.");
        story.GitHub.Files[22] = ["docs/a.txt", "src/README.md"];
        story.Open(22, World.A);
        story.Run(Minutes(2));
        story.Say("A push changes code; GitHub cannot list the files yet.");
        story.GitHub.FilesAway = "GitHub returned an error (502); retrying.";
        story.GitHub.Files[22] = ["docs/a.txt", "src/a.cs"];
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(2));
        story.Say("It can.");
        story.GitHub.FilesAway = null;
        story.Run(Minutes(2));
        story.Say("The controller restarts while the files cannot be read.");
        story.GitHub.FilesAway = "GitHub returned an error (502); retrying.";
        demo.Restart();
        story.Run(Minutes(2));
        story.Say("It can, and a push takes the code away.");
        story.GitHub.FilesAway = null;
        story.GitHub.Files[22] = ["docs/a.txt"];
        story.GitHub.Push(22, new string('c', 40));
        story.Run(Minutes(2));
        story.Say("It gets another base, from which it differs in code.");
        story.GitHub.Files[22] = ["docs/a.txt", "src/b.cs"];
        story.GitHub.Change(22, p => p with { BaseBranch = "old" });
        story.Run(Minutes(2));
        story.Say("The spec admits no such files any more.");
        demo.Edit(s => s with { PullRequests = new PullRequestSelection { ExcludePaths = ["**"] } });
        story.Run(Minutes(2));
        Golden.Verify("selection-paths", story.Log);
    }

    [Test]
    public void Checks_OfCommits_DecideWhenTheyAreInstalled()
    {
        var story = new Story();
        var demo = story.Add(Fluxed.Waiting("build"));
        story.Say("PR 22 is opened; its image is being built.");
        story.Open(22, World.A);
        story.Run(Minutes(2));
        story.GitHub.Checks.Add((World.A, "build", CheckState.Running));
        story.Run(Minutes(2));
        story.Say("The build fails, is run again, and succeeds.");
        story.GitHub.Checks.Add((World.A, "build", CheckState.Failed));
        story.Run(Minutes(2));
        story.GitHub.Checks.Add((World.A, "build", CheckState.Running));
        story.Run(Minutes(2));
        story.GitHub.Checks.Add((World.A, "build", CheckState.Passed));
        story.Run(Minutes(3));
        story.Say("A new commit; the environment stays at the old one. The controller restarts meanwhile, twice.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(25));
        demo.Restart();
        story.Run(Minutes(25));
        demo.Restart();
        story.Run(Minutes(15));
        story.Say("After an hour it has failed. It succeeds all the same.");
        story.GitHub.Checks.Add((World.B, "build", CheckState.Passed));
        story.Run(Minutes(3));
        story.Say("It is run once more, and fails: what is installed stays.");
        story.GitHub.Checks.Add((World.B, "build", CheckState.Failed));
        story.Run(Minutes(2));
        story.Say("A push while the checks cannot be read; then they can.");
        story.GitHub.ChecksAway = "GitHub refused to list the check runs (403).";
        story.GitHub.Push(22, new string('c', 40));
        story.Run(Minutes(2));
        story.GitHub.ChecksAway = null;
        story.GitHub.Checks.Add((new string('c', 40), "build", CheckState.Passed));
        story.Run(Minutes(3));
        Golden.Verify("checks", story.Log);
    }

    [Test]
    public void Limit_OfTwo_LetsTheOthersWaitInOrder()
    {
        var story = new Story();
        var demo = story.Add(Fluxed.Limited(2));
        story.Say("Four pull requests are opened, the last one first.");
        foreach (var number in (int[])[25, 24, 23, 22])
            story.Open(number, new string((char)('a' + number - 22), 40));
        story.Run(Minutes(3));
        story.Say("PR 23 is closed: 24 takes its place once it is gone, and 25 moves up.");
        story.GitHub.Close(23);
        story.Run(Minutes(5));
        story.Say("PR 25 gets a new commit while it waits.");
        story.GitHub.Push(25, new string('e', 40));
        story.Run(Minutes(2));
        story.Say("The controller restarts.");
        demo.Restart();
        story.Run(Minutes(2));
        story.Say("The limit is lowered, then lifted.");
        demo.Edit(s => s with { Limits = new Limits { MaxEnvironments = 1 } });
        story.Run(Minutes(2));
        demo.Edit(s => s with { Limits = null });
        story.Run(Minutes(2));
        Golden.Verify("limit", story.Log);
    }

    [Test]
    public void Commit_SharedByTwo_ShowsTheWorstOfTheirStatuses()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Say("PR 22 is ready; PR 23 is opened with the same head commit and another target, and does not answer.");
        story.Open(22, World.A);
        story.Run(Minutes(2));
        story.Down.Add(23);
        story.Open(23, World.A);
        story.Run(Minutes(35));
        story.Say("It answers.");
        story.Down.Clear();
        story.Run(Minutes(2));
        story.Say("Both stop answering, and PR 22 is closed.");
        story.Down.UnionWith([22, 23]);
        story.Run(Minutes(5));
        story.GitHub.Close(22);
        story.Run(Minutes(2));
        story.Say("PR 23 answers, and gets a commit of its own.");
        story.Down.Clear();
        story.Run(Minutes(2));
        story.GitHub.Push(23, World.B);
        story.Run(Minutes(2));
        Golden.Verify("shared-commit", story.Log);
    }

    [Test]
    public void HealthCheck_OneUrlForTwo_BelongsToTheLowerNumberUntilItIsGone()
    {
        var story = new Story();
        story.Add(World.Plain.Spec(s => s with { EnvHealthCheckUrlTemplate = "https://<<PR_BRANCH_SLUG>>.test/healthz" }));
        story.Say("PRs 22 and 23 come from one branch, into two: their environments have one URL.");
        story.Open(22, World.A);
        story.Open(23, World.B);
        story.Run(Minutes(3));
        story.Say("PR 22 is closed, and its environment answers until it is removed.");
        story.Flux.UninstallTime = Minutes(2);
        story.GitHub.Close(22);
        story.Run(Minutes(5));
        Golden.Verify("one-url-for-two", story.Log);
    }

    [Test]
    public void Life_WithoutProof_SucceedsAtOnce()
    {
        var story = new Story();
        story.Add(World.Plain);
        story.Open(22, World.A);
        story.Flux.Broken.Add(World.B);
        story.Say("PR 22 is open; neither a health check nor readyWhen is configured.");
        story.Run(Minutes(2));
        story.Say("A push that cannot be installed.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(8));
        Golden.Verify("without-proof", story.Log);
    }

    [Test]
    public void Push_WhileTheOldRevisionAnswers_IsNotMarkedByItsAnswer()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(22, World.A);
        story.Run(Minutes(2));
        story.Flux.InstallTime = Minutes(4);
        story.Say("A push, whose upgrade takes four minutes; the old revision goes on answering 200.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(3));
        Assert.That(
            story.GitHub.Posted.Where(s => s.Sha == World.B).Select(s => s.State), Is.EqualTo((CommitState[])[CommitState.Pending]));
        story.Run(Minutes(4));
        Golden.Verify("push-while-the-old-answers", story.Log);
    }

    [Test]
    public void Install_FailsAndIsFixedByAPush_TellsEachOnce()
    {
        var story = new Story();
        story.Add(Fluxed);
        story.Open(22, World.A);
        story.Flux.Broken.Add(World.A);
        story.Say("PR 22 has a chart that cannot be installed; Flux tries every five minutes.");
        story.Run(Minutes(12));
        story.Say("A push mends it.");
        story.GitHub.Push(22, World.B);
        story.Run(Minutes(3));
        Golden.Verify("install-fails-then-a-push", story.Log);
    }

    [Test]
    public void HealthCheck_TimesOutAndThenAnswers_IsFailureAndThenSuccess()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(22, World.A);
        story.Down.Add(22);
        story.Say("PR 22 is installed, but answers 503.");
        story.Run(Minutes(36));
        story.Say("Somebody mends it.");
        story.Down.Remove(22);
        story.Run(Minutes(3));
        Golden.Verify("health-check-times-out", story.Log);
    }

    [Test]
    public void Outage_OfAReadyEnvironment_IsFailureAfterThreeProbes()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(22, World.A);
        story.Run(Minutes(2));
        story.Say("One failed probe, and it is well again.");
        story.Down.Add(22);
        story.Run(Minutes(1));
        story.Down.Remove(22);
        story.Run(Minutes(2));
        story.Say("An outage of ten minutes.");
        story.Down.Add(22);
        story.Run(Minutes(10));
        story.Say("It answers again.");
        story.Down.Remove(22);
        story.Run(Minutes(3));
        Golden.Verify("outage", story.Log);
    }

    [Test]
    public void Fork_Denied_IsSkippedUntilAllowed()
    {
        var story = new Story();
        var demo = story.Add(Fluxed.Forks("Deny"));
        story.Open(22, World.A, p => p with { IsFork = true });
        story.Open(23, World.B);
        story.Say("PR 22 comes from a fork, PR 23 does not.");
        story.Run(Minutes(2));
        story.Say("Forks are allowed.");
        demo.Edit(s => s with { PullRequests = new PullRequestSelection { Forks = "Allow" } });
        story.Run(Minutes(2));
        story.Say("And denied again.");
        demo.Edit(s => s with { PullRequests = new PullRequestSelection { Forks = "Deny" } });
        story.Run(Minutes(2));
        Golden.Verify("fork", story.Log);
    }

    [Test]
    public void TwoResources_OneDestination_TheFirstKeepsTheName()
    {
        var story = new Story();
        var first = story.Add(World.Fluxed, "first");
        story.Open(22, World.A);
        story.Run(Minutes(1));
        story.Say("A second resource wants the same name.");
        story.Add(World.Fluxed, "second");
        story.Run(Minutes(2));
        story.Say("The first is deleted.");
        story.Delete(first);
        story.Run(Minutes(2));
        Golden.Verify("two-resources", story.Log);
    }

    [Test]
    public void Predecessor_ItsReleases_AreAdopted()
    {
        var story = new Story();
        story.Add(World.Fluxed);
        story.Open(22, World.A);
        story.Open(23, World.B);
        var theirs = World.Fluxed.Own(22, World.A).OfPredecessor();
        story.Cluster.Put(theirs);
        story.Cluster.Put(World.Fluxed.Own(23, World.A).OfPredecessor());
        story.Cluster.Put(World.Fluxed.Own(7, World.A).OfPredecessor());
        story.Cluster.Put(theirs.Meta(m => m with { Name = "database", Uid = "uid-db" }));
        story.Say("The predecessor left releases for 22, 23 (an older commit) and 7 (closed); somebody's database lies beside them.");
        story.Run(Minutes(3));
        Golden.Verify("adoption", story.Log);
    }

    [Test]
    public void Move_OfTheDestination_UninstallsBeforeItInstalls()
    {
        var story = new Story();
        var demo = story.Add(World.Fluxed);
        story.Open(22, World.A);
        story.Open(23, World.B);
        story.Run(Minutes(1));
        story.Say("destinationNamespace becomes previews.");
        demo.Edit(s => s with { EnvCreationHelmRepo = s.EnvCreationHelmRepo! with { DestinationNamespace = "previews" } });
        story.Run(Minutes(3));
        Golden.Verify("destination-moved", story.Log);
    }
}
