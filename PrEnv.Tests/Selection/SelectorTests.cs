using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Selection;

[TestFixture]
public sealed class SelectorTests
{
    private static readonly ImmutableDictionary<PathQuestion, PathVerdict> NoFiles = ImmutableDictionary<PathQuestion, PathVerdict>.Empty;

    [TestCase(null, false)]
    [TestCase("RequireApproval", false)]
    [TestCase("Deny", true)]
    [TestCase("Allow", false)]
    public void Reject_OfAFork_FollowsTheSpec(string? forks, bool rejected)
    {
        var world = World.Plain.Spec(s => s with { PullRequests = forks is null ? null : new PullRequestSelection { Forks = forks } }).Fork(
            1);

        var rejection = Selector.Reject(world.PullRequests[0], Spec(world), NoFiles);

        Assert.That(rejection?.Reason, rejected ? Is.EqualTo("ForkDenied") : Is.Null);
    }

    [Test]
    public void Reject_OfABranchOfTheRepository_IsNull() =>
        Assert.That(Selector.Reject(World.Plain.Open(1).PullRequests[0], Spec(World.Plain), NoFiles), Is.Null);

    [TestCase("preview", null)]
    [TestCase("PREVIEW", null)]
    [TestCase("preview,demo", null)]
    [TestCase("demo", "LabelMissing")]
    [TestCase("", "LabelMissing")]
    public void Reject_WithLabels_AdmitsOnlyThoseThatHaveAll(string labels, string? reason) =>
        Assert.That(ReasonOf(s => s with { Labels = ["Preview"] }, labels), Is.EqualTo(reason));

    [TestCase("a,b", null)]
    [TestCase("a", "LabelMissing")]
    public void Reject_WithTwoLabels_NeedsBoth(string labels, string? reason) =>
        Assert.That(ReasonOf(s => s with { Labels = ["a", "b"] }, labels), Is.EqualTo(reason));

    [TestCase("a", null)]
    [TestCase("b,c", null)]
    [TestCase("c", "LabelMissing")]
    public void Reject_WithAnyLabels_NeedsOne(string labels, string? reason) =>
        Assert.That(ReasonOf(s => s with { AnyLabels = ["a", "b"] }, labels), Is.EqualTo(reason));

    [TestCase("a", null)]
    [TestCase("a,WIP", "LabelExcluded")]
    public void Reject_WithExcludeLabels_AllowsNone(string labels, string? reason) =>
        Assert.That(ReasonOf(s => s with { Labels = ["a"], ExcludeLabels = ["wip", "stop"] }, labels), Is.EqualTo(reason));

    [TestCase("Include", true, null)]
    [TestCase("Skip", true, "DraftSkipped")]
    [TestCase("Skip", false, null)]
    [TestCase("Skip", null, "SelectionUnknown")]
    public void Reject_OfADraft_FollowsTheSpec(string drafts, bool? isDraft, string? reason) =>
        Assert.That(ReasonOf(s => s with { Drafts = drafts }, p => p with { IsDraft = isDraft }), Is.EqualTo(reason));

    [TestCase("mona", null)]
    [TestCase("MONA", null)]
    [TestCase("dependabot[bot]", "AuthorExcluded")]
    [TestCase("hubot", "AuthorNotIncluded")]
    [TestCase("", "AuthorNotIncluded")]
    public void Reject_ByAuthor_FollowsTheSpec(string author, string? reason) =>
        Assert.That(
            ReasonOf(
                s => s with { Authors = ["mona", "dependabot[bot]"], ExcludeAuthors = ["Dependabot[bot]"] },
                p => p with { Author = author }),
            Is.EqualTo(reason));

    [Test]
    public void Reject_LabelsNotReported_IsUncertainUnlessAnotherRuleRejects()
    {
        var unknown = Reject(s => s with { Labels = ["a"] }, p => p);
        var excluded = Reject(s => s with { Labels = ["a"], ExcludeAuthors = ["mona"] }, p => p with { Author = "mona" });

        Assert.That((unknown?.Reason, unknown?.IsCertain), Is.EqualTo(("SelectionUnknown", false)));
        Assert.That((excluded?.Reason, excluded?.IsCertain), Is.EqualTo(("AuthorExcluded", true)));
    }

    [TestCase("main", null)]
    [TestCase("release/1.0", null)]
    [TestCase("maintenance", "TargetBranchNotIncluded")]
    [TestCase("old/release/1", "TargetBranchNotIncluded")]
    [TestCase("", "SelectionUnknown")]
    public void Reject_ByTargetBranch_FollowsThePatterns(string branch, string? reason) =>
        Assert.That(
            ReasonOf(s => s with { TargetBranches = ["^main$", "^release/"] }, p => p with { BaseBranch = branch }), Is.EqualTo(reason));

    [TestCase("my-feature", null)]
    [TestCase("feature-old", "BranchExcluded")]
    [TestCase("fix", "BranchNotIncluded")]
    [TestCase("Feature", "BranchNotIncluded")]
    [TestCase("", "SelectionUnknown")]
    public void Reject_ByBranch_FollowsThePatterns(string branch, string? reason) =>
        Assert.That(
            ReasonOf(s => s with { Branches = ["feature"], ExcludeBranches = ["old$"] }, p => p with { HeadBranch = branch }),
            Is.EqualTo(reason));

    [TestCase("feat: a", null)]
    [TestCase("feat: a (WIP)", "TitleExcluded")]
    [TestCase("fix: a", "TitleNotIncluded")]
    [TestCase("", "SelectionUnknown")]
    public void Reject_ByTitle_FollowsThePatterns(string title, string? reason) =>
        Assert.That(
            ReasonOf(s => s with { Titles = ["^feat: "], ExcludeTitles = [@"(?i)\bwip\b"] }, p => p with { Title = title }),
            Is.EqualTo(reason));

    [Test]
    public void Reject_TextTooLongToMatch_IsUncertain()
    {
        var rejection = Reject(s => s with { ExcludeTitles = ["a"] }, p => p with { Title = new string('b', 1025) });

        Assert.That((rejection?.Reason, rejection?.IsCertain), Is.EqualTo(("SelectionUnknown", false)));
    }

    [TestCase("src/a.cs", null)]
    [TestCase("docs/a.md", "PathNotIncluded")]
    [TestCase("src/a.md", "PathExcluded")]
    [TestCase(null, "SelectionUnknown")]
    public void Reject_ByPath_FollowsTheGlobs(string? path, string? reason)
    {
        var world = World.Plain.Selecting(s => s with { Paths = ["src/**"], ExcludePaths = ["**.md"] }).Open(1);
        world = path is null ? world : world.Changing(1, path);

        var rejection = Selector.Reject(world.PullRequests[0], Spec(world), world.Snapshot().Files);

        Assert.That((rejection?.Reason, rejection?.IsCertain ?? true), Is.EqualTo((reason, path is not null)));
    }

    [TestCase("mona", "AuthorExcluded")]
    [TestCase("hubot", "PathNotIncluded")]
    public void Reject_ByPathAndWhatIsNotReported_IsCertainIfOneIs(string author, string reason)
    {
        var world = World.Plain.Selecting(s => s with { Paths = ["src/**"], Labels = ["a"], ExcludeAuthors = ["mona"] })
            .Open(1, change: p => p with { Author = author }).Changing(1, "docs/a.md");

        var rejection = Selector.Reject(world.PullRequests[0], Spec(world), world.Snapshot().Files);

        Assert.That((rejection?.Reason, rejection?.IsCertain), Is.EqualTo((reason, true)));
    }

    private static string? ReasonOf(Func<PullRequestSelection, PullRequestSelection> filter, string labels) =>
        ReasonOf(filter, p => p with { Labels = new LabelSet(labels.Split(',', StringSplitOptions.RemoveEmptyEntries)) });

    private static string? ReasonOf(
        Func<PullRequestSelection, PullRequestSelection> filter, Func<PullRequest, PullRequest> change) => Reject(filter, change)?.Reason;

    private static Rejection? Reject(
        Func<PullRequestSelection, PullRequestSelection> filter, Func<PullRequest, PullRequest> change)
    {
        var world = World.Plain.Selecting(filter).Open(1, change: change);
        return Selector.Reject(world.PullRequests[0], Spec(world), NoFiles);
    }

    private static EnvironmentSpec Spec(World world) => SpecReader.Read(world.Resource, world.Settings).Spec!;
}
