using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reporting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CommitStatusChannelTests
{
    private static readonly int[] Numbers = [1, 2, 3, 22];

    private static readonly string Other = new('b', 40);

    private static readonly CommitStatus Status = new(Some.Sha, "ephemeral-env/ctrl", CommitState.Success, "Done", null);

    private readonly Mock<ICommitStatusReporter> _github = new();
    private readonly Mock<IReleaseApplier> _applier = new();
    private readonly ResourceMemory _memory = new();
    private CommitStatus _status = Status;

    [SetUp]
    public void SetUp()
    {
        var access = new RepositoryAccess(new Uri("https://api.github.com/"), "octo", "app", GitHubCredential.Anonymous);
        _memory.Listing = new ListingMemory(new ListingSource(access.ApiUrl, "octo", "app", null), access, Some.Listing(), null, Some.Now);
        GitHubHas(null);
        Posts(new WriteResult<CommitStatus>.Done(Status, IsNew: true));
        _applier.Setup(
            a => a.NoteAsync(
                It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ApplyResult(null, null));
    }

    [Test]
    public async Task Report_NewStatus_IsPostedAndNotedOnTheRelease()
    {
        var outcome = await ReportAsync(22);

        Assert.That(outcome.Failures, Is.Empty);
        AssertPosted(1);
        _applier.Verify(
            a => a.NoteAsync(
                new ResourceKey("envs", "relpr-22"), "uid-22", OwnerLabels.ReportedAnnotation, new ReportedStatus(Status, 1).ToJson(),
                It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task Report_ProcessDiedBetweenPostAndNote_IsReadBackAndNotPostedTwice()
    {
        GitHubHas(Status);
        await ReportAsync(22);

        AssertPosted(0);
        Assert.That(_memory.Posted["uid-22"], Is.EqualTo(new ReportedStatus(Status, 1)));
    }

    [TestCase(CommitState.Success)]
    [TestCase(CommitState.Failure)]
    public async Task Report_ProcessDiedAfterTheOutcomeWasPosted_IsNotTakenBack(CommitState outcome)
    {
        GitHubHas(Status with { State = outcome, Description = "Done" });
        _status = Status with { State = CommitState.Pending };
        await ReportAsync(22);

        AssertPosted(0);
    }

    [Test]
    public async Task Report_CommitThatIsNotInstalledWaits_IsPostedWhateverWasSaidOfIt()
    {
        GitHubHas(Status with { State = CommitState.Success, Sha = Other });
        _status = Status with { State = CommitState.Pending, Sha = Other };
        await ReportAsync(22);

        AssertPosted(1);
    }

    [Test]
    public async Task Report_ReleaseJustRolledOut_IsNotLookedUpFirst()
    {
        var desired = Some.Desired(22);
        var apply = new PlannedAction.Apply(22, desired, null, "", PlannedEvent.Normal("R", "A", "n"));
        await ReportAsync([22], new ActionResult(apply, Some.Release(22), null));

        _github.Verify(
            g => g.ReadAsync(It.IsAny<RepositoryAccess>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()),
            Times.Never);
        AssertPosted(1);
    }

    [Test]
    public async Task Report_CommitThatIsTheHeadAgain_IsLookedUpAndNotPostedTwice()
    {
        await ReportAsync(22);
        _memory.Heads[22] = (Other, Some.Now);
        _memory.Keep(new HashSet<string>(StringComparer.Ordinal) { "uid-22" }, new HashSet<int> { 22 });
        _memory.Posted["uid-22"] = new ReportedStatus(Status with { Sha = Other, State = CommitState.Pending }, 1);
        GitHubHas(Status);

        await ReportAsync(22);

        AssertPosted(1);
        Assert.That(_memory.Posted["uid-22"].Status, Is.EqualTo(Status));
    }

    [Test]
    public async Task Report_NoteFails_IsNotedLaterAndNotPostedAgain()
    {
        _applier.SetupSequence(
            a => a.NoteAsync(
                It.IsAny<ResourceKey>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ApplyResult(null, new ApiStatus(0, "", "away")))
            .ReturnsAsync(new ApplyResult(null, null));
        Assert.That((await ReportAsync(22)).Recorded, Is.False);

        var later = await ReportAsync();
        Assert.That(later.Recorded, Is.True);
        AssertPosted(1);
    }

    [Test]
    public async Task Report_Deferred_StopsThereAndSaysUntilWhen()
    {
        Posts(new WriteResult<CommitStatus>.Deferred(Some.Now.AddSeconds(3)));
        var outcome = await ReportAsync(1, 2, 3);

        Assert.That(outcome.DeferredUntil, Is.EqualTo(Some.Now.AddSeconds(3)));
        AssertPosted(1);
    }

    [Test]
    public async Task Report_RefusedForGood_IsToldButNotTriedAgain()
    {
        Posts(new WriteResult<CommitStatus>.Failed("No such commit.", WriteFailure.Refused));
        await ReportAsync(22);
        var outcome = await ReportAsync(22);

        Assert.That(outcome.Failures, Is.EqualTo((ReportFailure[])[new ReportFailure(22, "No such commit.", true)]));
        AssertPosted(1);
    }

    [Test]
    public async Task Report_PlanMadeWhileItWasPosted_IsNotPostedTwice()
    {
        await ReportAsync(22);
        await ReportAsync(22);

        AssertPosted(1);
    }

    [Test]
    public async Task Report_NewerPlanHasCome_SendsNothingOfThisOne()
    {
        _memory.NewestPlan = new Plan { Overall = OverallVerdict.Well("newer") };
        await ReportAsync(22);

        AssertPosted(0);
    }

    [Test]
    public async Task Report_ActionFailed_PostsNothing()
    {
        var desired = Some.Desired(22);
        var apply = new PlannedAction.Apply(22, desired, null, "", null);
        await ReportAsync([22], new ActionResult(apply, null, new ApiStatus(404, "NotFound", "no namespace")));

        AssertPosted(0);
    }

    [Test]
    public async Task Report_AnswerWasLost_IsReadBackBeforeTheNextTry()
    {
        _memory.RolledOut[("uid-22", Some.Sha)] = true;
        Posts(new WriteResult<CommitStatus>.Failed("No answer in time.", WriteFailure.OutcomeUnknown));
        await ReportAsync(22);
        GitHubHas(Status);
        await ReportAsync(22);

        AssertPosted(1);
        Assert.That(_memory.Posted, Does.ContainKey("uid-22"));
    }

    [Test]
    public async Task Report_CommitOfSeveral_IsPostedOnceAndNotedOnEach()
    {
        await ReportAsync(1, 2);

        AssertPosted(1);
        var shown = Status with { Description = "PR 1: Done", About = 1 };
        _github.Verify(g => g.PostAsync(It.IsAny<RepositoryAccess>(), shown, It.IsAny<CancellationToken>()));
        foreach (var number in (int[])[1, 2])
            Assert.That(_memory.Posted[$"uid-{number}"], Is.EqualTo(new ReportedStatus(Status with { Shown = shown }, 1)));
    }

    [Test]
    public async Task Report_CommitOfSeveralThatBecomesThatOfOne_IsPostedAgainEachTime()
    {
        await ReportAsync(1, 2);
        await ReportAsync(1);
        await ReportAsync(1, 2);

        AssertPosted(3);
    }

    private Task<ReportOutcome> ReportAsync(params int[] numbers) => ReportAsync(numbers, []);

    private Task<ReportOutcome> ReportAsync(int[] numbers, params ActionResult[] results)
    {
        var snapshot = new Snapshot
        {
            Resource = Some.Resource(),
            Spec = Some.Reading(),
            Now = Some.Now,
            Releases = [.. Numbers.Select(n => Some.Release(n)).Where(_ => results.Length == 0)],
        };
        var plan = new Plan
        {
            Overall = OverallVerdict.Well("ok"),
            Environments =
            [
                .. numbers.Select(n => new EnvironmentDecision
                {
                    PrNumber = n,
                    Rule = "test",
                    Phase = EnvironmentPhase.Ready,
                    Reason = "R",
                    Message = "m",
                    Release = new ResourceKey("envs", $"relpr-{n}"),
                    Status = _status,
                }),
            ],
        };
        CommitStatusChannel.NoteRollouts(results, _memory);
        return new CommitStatusChannel(_github.Object, new ReportNotes(_applier.Object, Mock.Of<IClusterView>()), TimeProvider.System)
            .ReportAsync(new ReportJob(snapshot, plan, results, _memory), CancellationToken.None);
    }

    private void GitHubHas(CommitStatus? found) =>
        _github.Setup(g => g.ReadAsync(It.IsAny<RepositoryAccess>(), It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new StatusReading(true, found));

    private void Posts(WriteResult<CommitStatus> result) =>
        _github.Setup(g => g.PostAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CommitStatus>(), It.IsAny<CancellationToken>())).ReturnsAsync(
            result);

    private void AssertPosted(int times) =>
        _github.Verify(
            g => g.PostAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CommitStatus>(), It.IsAny<CancellationToken>()), Times.Exactly(times));
}
