using PrEnv.Core.Model;

namespace PrEnv.Tests.Model;

internal sealed class MergeGroupTests
{
    private static readonly string Sha = new('a', 40);

    [TestCase("refs/heads/gh-readonly-queue/main/pr-104-", 104)]
    [TestCase("refs/heads/gh-readonly-queue/release/1.x/pr-7-", 7)]
    [TestCase("refs/heads/gh-readonly-queue/pr-9-x/pr-2147483647-", 2147483647)]
    public void Read_BranchOfAGroup_NamesItsPullRequest(string branch, int number) =>
        Assert.That(MergeGroup.Read(branch + Sha, new string('A', 40)), Is.EqualTo(new MergeGroup(number, Sha)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("refs/heads/main")]
    [TestCase("refs/heads/gh-readonly-queue/main/pr-0-%")]
    [TestCase("refs/heads/gh-readonly-queue/main/pr-2147483648-%")]
    [TestCase("refs/heads/gh-readonly-queue/main/pr--5-%")]
    [TestCase("refs/heads/gh-readonly-queue/main/pr-5-abc")]
    [TestCase("refs/heads/gh-readonly-queue/pr-5-%")]
    [TestCase("refs/heads/gh-readonly-queue/main/pr-5-%\n")]
    [TestCase("refs/tags/gh-readonly-queue/main/pr-5-%")]
    public void Read_AnotherBranch_IsNoGroup(string? branch) =>
        Assert.That(MergeGroup.Read(branch?.Replace("%", Sha, StringComparison.Ordinal), Sha), Is.Null);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("main")]
    public void Read_NoCommit_IsNoGroup(string? sha) =>
        Assert.That(MergeGroup.Read("refs/heads/gh-readonly-queue/main/pr-5-" + Sha, sha), Is.Null);
}
