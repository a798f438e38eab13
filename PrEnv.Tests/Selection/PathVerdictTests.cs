using PrEnv.Core.Model;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Selection;

[TestFixture]
public sealed class PathVerdictTests
{
    [TestCase("src/**", "", "src/a.cs", PathMatch.Included)]
    [TestCase("src/**", "", "docs/a.md|src/a.cs", PathMatch.Included)]
    [TestCase("src/**", "", "docs/a.md", PathMatch.NotIncluded)]
    [TestCase("src/**|*.sln", "", "a.sln", PathMatch.Included)]
    [TestCase("", "docs/**", "docs/a.md", PathMatch.Excluded)]
    [TestCase("", "docs/**", "docs/a.md|src/a.cs", PathMatch.Included)]
    [TestCase("", "docs/**|**.md", "docs/a.txt|README.md", PathMatch.Excluded)]
    [TestCase("src/**", "**.md", "src/a.md|b.cs", PathMatch.Excluded)]
    [TestCase("src/**", "**.md", "src/a.md|src/b.cs", PathMatch.Included)]
    [TestCase("src/**", "**.md", "c.md|b.cs", PathMatch.NotIncluded)]
    public void Of_Files_SelectsByFile(string paths, string excludePaths, string files, PathMatch expected) =>
        Assert.That(Of(Question(paths, excludePaths), Known(files)), Is.EqualTo(new PathVerdict(expected)));

    [Test]
    public void Of_MoreFilesThanGitHubLists_IsIncluded() =>
        Assert.That(Of(Question("src/**", "**"), Known("a") with { IsComplete = false }).Match, Is.EqualTo(PathMatch.Included));

    [Test]
    public void Of_NoFiles_IsUnknown() => Assert.That(Of(Question("src/**", ""), Known("")).Match, Is.EqualTo(PathMatch.Unknown));

    [Test]
    public void Of_FilesOfAnotherCommit_IsUnknown()
    {
        Assert.That(Of(Question("a", ""), Known("a") with { Commits = [World.B] }).Match, Is.EqualTo(PathMatch.Unknown));
        Assert.That(
            Of(Question("a", ""), Known("a") with { Commits = [World.B], IsComplete = false }).Match, Is.EqualTo(PathMatch.Unknown));
        Assert.That(Of(Question("a", ""), Known("a") with { Commits = [World.B, World.A] }).Match, Is.EqualTo(PathMatch.Included));
    }

    [Test]
    public void Of_WhatWasNotRead_SaysWhy() =>
        Assert.That(
            Of(Question("a", ""), new ChangedFiles.Unknown("GitHub is away.")),
            Is.EqualTo(new PathVerdict(PathMatch.Unknown, "GitHub is away.")));

    [Test]
    public void Question_OfEqualGlobs_IsEqual()
    {
        var question = Question("a|b", "c");

        Assert.That(Question("a|b", "c"), Is.EqualTo(question));
        Assert.That(Question("a|b", "c").GetHashCode(), Is.EqualTo(question.GetHashCode()));
        Assert.That(Question("a", "b|c"), Is.Not.EqualTo(question));
        Assert.That(Question("b|a", "c"), Is.Not.EqualTo(question));
        Assert.That(question with { HeadSha = World.B }, Is.Not.EqualTo(question));
        Assert.That(question with { BaseBranch = "old" }, Is.Not.EqualTo(question));
    }

    private static PathVerdict Of(PathQuestion question, ChangedFiles files) => PathVerdict.Of(question, files);

    private static ChangedFiles.Known Known(string files) => new([.. Split(files)], IsComplete: true, []);

    private static PathQuestion Question(string paths, string excludePaths) =>
        new(22, World.A, "main", new PathFilter(Split(paths), Split(excludePaths)));

    private static string[] Split(string text) => text.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
