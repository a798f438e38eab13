using PrEnv.Core.Model;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Model;

internal sealed class ExpectedPullRequestTests
{
    private static readonly string Other = new('1', 40);

    [TestCase(true, PullRequestState.Open, Some.Sha, ExpectedResult = true)]
    [TestCase(true, PullRequestState.Closed, null, ExpectedResult = false)]
    [TestCase(true, PullRequestState.Hidden, null, ExpectedResult = false)]
    [TestCase(true, PullRequestState.Unknown, null, ExpectedResult = false)]
    [TestCase(true, PullRequestState.Open, "1111111111111111111111111111111111111111", ExpectedResult = false)]
    [TestCase(false, PullRequestState.Closed, null, ExpectedResult = true)]
    [TestCase(false, PullRequestState.Open, Some.Sha, ExpectedResult = false)]
    [TestCase(false, PullRequestState.Hidden, null, ExpectedResult = false)]
    public bool IsShownBy_ThePullRequest_WhenItIsTheSame(bool isOpen, PullRequestState state, string? head) =>
        new ExpectedPullRequest(isOpen, Some.Sha).IsShownBy(state, head is null ? null : Some.PullRequest(22, head));

    [Test]
    public void IsShownBy_AListing_WhenItSaysTheSame()
    {
        var (open, closed, somehow) =
            (new ExpectedPullRequest(true, Some.Sha), new ExpectedPullRequest(false, Some.Sha), new ExpectedPullRequest(true, null));
        var (with, without) = (Some.Listing(22), Some.Listing(23));
        var pushed = new PullRequestListing.Complete([Some.PullRequest(22, Other)]);

        Assert.Multiple(() =>
        {
            Assert.That(
                (open.IsShownBy(22, with), open.IsShownBy(22, without), open.IsShownBy(22, pushed)), Is.EqualTo((true, false, false)));
            Assert.That((closed.IsShownBy(22, with), closed.IsShownBy(22, without)), Is.EqualTo((false, true)));
            Assert.That((somehow.IsShownBy(22, pushed), somehow.IsShownBy(22, without)), Is.EqualTo((true, false)));
        });
    }

    [Test]
    public void IsShownBy_OtherFacts_WhenAllThatWereAnnouncedAreTheSame()
    {
        var shown = Some.PullRequest(22, Some.Sha) with
        {
            BaseBranch = "main",
            Title = "Add a thing",
            IsDraft = false,
            Labels = new LabelSet(["a", "b"]),
        };
        var said = new ExpectedPullRequest(true, Some.Sha)
        {
            BaseBranch = "main",
            Title = "Add a thing",
            IsDraft = false,
            Labels = new LabelSet(["b", "a"]),
        };

        Assert.Multiple(() =>
        {
            Assert.That(IsShown(said), Is.True);
            Assert.That(IsShown(said with { BaseBranch = "old" }), Is.False);
            Assert.That(IsShown(said with { Title = "Another" }), Is.False);
            Assert.That(IsShown(said with { IsDraft = true }), Is.False);
            Assert.That(IsShown(said with { Labels = LabelSet.None }), Is.False);
            Assert.That(IsShown(new ExpectedPullRequest(true, Some.Sha)), Is.True);
        });

        bool IsShown(ExpectedPullRequest expected) => expected.IsShownBy(PullRequestState.Open, shown)
            && expected.IsShownBy(22, new PullRequestListing.Complete([shown]));
    }

    [TestCase(0, ExpectedResult = 2)]
    [TestCase(1.9, ExpectedResult = 2)]
    [TestCase(2, ExpectedResult = 5)]
    [TestCase(5, ExpectedResult = 15)]
    [TestCase(20, ExpectedResult = 30)]
    [TestCase(30, ExpectedResult = null)]
    public double? NextLook_SomeTimeAfterTheDelivery_IsTheNextOf2And5And15And30Seconds(double after) =>
        (ExpectedPullRequest.NextCheck(Some.Now, Some.Now.AddSeconds(after)) - Some.Now)?.TotalSeconds;
}
