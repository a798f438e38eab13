using PrEnv.Core.Model;
using PrEnv.Core.Selection;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Selection;

[TestFixture]
public sealed class ApprovalsTests
{
    private static readonly Review Given = new("mona", ReviewVerdict.Approved, World.A, MayWrite: true);

    [Test]
    public void Cover_NoReview_IsFalse() => Assert.That(Approvals.Cover([], World.A), Is.False);

    [Test]
    public void Cover_ApprovalOfTheCommit_IsTrue() => Assert.That(Approvals.Cover([Given], World.A), Is.True);

    [Test]
    public void Cover_ApprovalOfAnOlderCommit_IsFalse() => Assert.That(Approvals.Cover([Given], World.B), Is.False);

    [Test]
    public void Cover_ApprovalByAStranger_IsFalse() => Assert.That(Approvals.Cover([Given with { MayWrite = false }], World.A), Is.False);

    [TestCase(ReviewVerdict.ChangesRequested)]
    [TestCase(ReviewVerdict.Dismissed)]
    public void Cover_TakenBackByTheSamePerson_IsFalse(ReviewVerdict later) =>
        Assert.That(Approvals.Cover([Given, Given with { Reviewer = "Mona", Verdict = later }], World.A), Is.False);

    [Test]
    public void Cover_ChangesRequestedByAnother_IsTrue() =>
        Assert.That(
            Approvals.Cover([Given, Given with { Reviewer = "hubot", Verdict = ReviewVerdict.ChangesRequested }], World.A), Is.True);

    [Test]
    public void Cover_ApprovedAgain_IsTrue() =>
        Assert.That(Approvals.Cover([Given, Given with { Verdict = ReviewVerdict.Dismissed }, Given], World.A), Is.True);
}
