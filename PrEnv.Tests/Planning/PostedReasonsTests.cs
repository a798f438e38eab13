using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Ranking;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Tests.Planning;

/// <summary>
/// Every description that is posted today or was posted by an earlier version gives its reason: an upgrade of the controller must not post
/// the statuses of all open pull requests again. A description that changes stays here as a former one.
/// </summary>
internal sealed class PostedReasonsTests
{
    private static IEnumerable<TestCaseData> Today =>
    [
        new(StatusDescriptions.Submitted, Reasons.Applied),
        new(StatusDescriptions.InProgress, Reasons.Progressing),
        new(StatusDescriptions.Succeeded, Reasons.EnvReady),
        new(StatusDescriptions.BecameUnhealthy, Reasons.EnvUnhealthy),
        new(StatusDescriptions.NeedsApproval, Reasons.ApprovalRequired),
        new(StatusDescriptions.TimedOut(TimeSpan.FromMinutes(30)), Reasons.HealthCheckTimeout),
        new(StatusDescriptions.Failed("InstallFailed"), "InstallFailed"),
        new(StatusDescriptions.Skipped("It is a draft."), Reasons.PRSkipped),
        new(QueueMessages.Description(Place(2)), Reasons.LimitReached),
        new(QueueMessages.Description(Place(11)), Reasons.LimitReached),
        new(CheckMessages.Description(Wait(Reasons.WaitingForChecks)), Reasons.WaitingForChecks),
        new(CheckMessages.Description(Wait(Reasons.ChecksFailed)), Reasons.ChecksFailed),
        new(CheckMessages.Description(Wait(Reasons.ChecksTimedOut)), Reasons.ChecksTimedOut),
    ];

    [TestCaseSource(nameof(Today))]
    [TestCase("Ephemeral environment creation request submitted", Reasons.Applied)]
    [TestCase("Creation of ephemeral environment for PR in progress", Reasons.Progressing)]
    [TestCase("Successfully created ephemeral environment for PR", Reasons.EnvReady)]
    [TestCase("Ephemeral environment for PR became unhealthy", Reasons.EnvUnhealthy)]
    [TestCase("Ephemeral environment for PR did not become ready within 30m", Reasons.HealthCheckTimeout)]
    [TestCase("Ephemeral environment for PR failed: InstallFailed", "InstallFailed")]
    [TestCase("Comes from a fork: somebody with write permission has to approve this commit in a review", Reasons.ApprovalRequired)]
    [TestCase("From a fork: a reviewer with write access must approve this commit", Reasons.ApprovalRequired)]
    public void WithReason_OfADescription_IsTheReasonThatItStandsFor(string description, string reason) =>
        Assert.That(PostedReasons.WithReason(Posted(description)).Reason, Is.EqualTo(reason));

    [TestCase(1, 1)]
    [TestCase(10, 10)]
    [TestCase(11, 11)]
    [TestCase(300, 11)]
    public void WithReason_OfAPositionInTheQueue_TellsIt(int position, int told)
    {
        var place = Place(position);
        var read = PostedReasons.WithReason(Posted(QueueMessages.Description(place)));
        var shared = PostedReasons.WithReason(Posted(StatusDescriptions.About(22, QueueMessages.Description(place))));

        Assert.That((read.Place, shared.Place, QueueMessages.Told(place)), Is.EqualTo(((int?)told, (int?)told, told)));
    }

    [TestCase("Waiting for check build / image", "build / image")]
    [TestCase("Check build failed failed", "build failed")]
    [TestCase("Check build did not succeed within 1h", "build")]
    [TestCase("PR 22: Check build failed", "build")]
    [TestCase("Successfully created ephemeral environment for PR", null)]
    public void WithReason_OfACheck_TellsIt(string description, string? check) =>
        Assert.That(PostedReasons.WithReason(Posted(description)).Check, Is.EqualTo(check));

    [Test]
    public void WithReason_OfASharedCommit_IsThatOfThePullRequestThatItNames()
    {
        var read = PostedReasons.WithReason(Posted(StatusDescriptions.About(22, StatusDescriptions.Failed("InstallFailed"))));

        Assert.That((read.About, read.Reason), Is.EqualTo(((int?)22, "InstallFailed")));
    }

    [TestCase("PR : Successfully created ephemeral environment for PR")]
    [TestCase("PR x: Successfully created ephemeral environment for PR")]
    [TestCase("PR 22")]
    public void WithReason_OfWhatNamesNoPullRequest_IsUnknown(string description)
    {
        var read = PostedReasons.WithReason(Posted(description));

        Assert.That((read.About, read.Reason), Is.EqualTo(((int?)null, (string?)null)));
    }

    [Test]
    public void WithReason_OfAForeignDescription_IsUnknown() =>
        Assert.That(PostedReasons.WithReason(Posted("All checks have passed")).Reason, Is.Null);

    [Test]
    public void WithReason_OfAStatusThatHasOne_KeepsIt() =>
        Assert.That(
            PostedReasons.WithReason(Posted(StatusDescriptions.Submitted) with { Reason = Reasons.EnvReady }).Reason,
            Is.EqualTo(Reasons.EnvReady));

    private static QueuePlace Place(int position) => new(new Queue(3, [1, 2, 3], [], 400), position);

    private static CommitStatus Posted(string description) =>
        new(new string('a', 40), "ephemeral-env/demo", CommitState.Pending, description, TargetUrl: null);

    private static CheckWait Wait(string reason) =>
        new(new CheckVerdict(CheckState.Running, ["build"]), World.Noon, TimeSpan.FromHours(1), reason);
}
