using System.Globalization;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Files;

/// <summary>Which files pull requests change, against the double.</summary>
internal sealed class FilesSourceTests : RepositoryTestBase
{
    [Test]
    public async Task ReadAsync_OfAFewFiles_IsThose()
    {
        var head = Open("docs/a.md", "src/größe 日本?ref=b.cs").HeadSha;

        var files = await KnownAsync(head);

        Assert.That(files.Paths, Is.EqualTo(["docs/a.md", "src/größe 日本?ref=b.cs"]));
        Assert.That(files.IsComplete, Is.True);
        Assert.That(files.Commits, Is.EqualTo([head]));
    }

    [Test]
    public async Task ReadAsync_OfARenamedFile_HasBothPaths()
    {
        var head = Change(Open("a"), new GitHubFile("docs/a.md", "renamed", "src/a.md"), new GitHubFile("b")).HeadSha;

        Assert.That((await KnownAsync(head)).Paths, Is.EquivalentTo(["docs/a.md", "src/a.md", "b"]));
    }

    // GitHub shows it where it still exists.
    [Test]
    public async Task ReadAsync_OfARemovedFile_SaysNothingOfTheCommit()
    {
        var head = Change(Open("a"), new GitHubFile("b", "removed")).HeadSha;

        Assert.That((await KnownAsync(head)).Commits, Is.Empty);
    }

    [TestCase(0, true)]
    [TestCase(100, true)]
    [TestCase(101, true)]
    [TestCase(2999, true)]
    [TestCase(3000, false)]
    [TestCase(3001, false)]
    public async Task ReadAsync_OfManyFiles_ReadsAllThatGitHubLists(int count, bool isComplete)
    {
        var head = Open([.. Enumerable.Range(0, count).Select(n => n.ToString("D4", CultureInfo.InvariantCulture))]).HeadSha;

        var files = await KnownAsync(head);

        Assert.That((files.Paths.Length, files.IsComplete), Is.EqualTo((Math.Min(count, 3000), isComplete)));
        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(Math.Clamp((count + 100) / 100, 1, 30)));
    }

    [Test]
    public async Task ReadAsync_Again_IsNotCharged()
    {
        var head = Open([.. Enumerable.Range(0, 150).Select(n => $"{n}")]).HeadSha;
        var first = await KnownAsync(head);
        Server.Requests.Reset();

        var second = await KnownAsync(head);

        Assert.That(second.Paths, Is.EqualTo(first.Paths));
        Assert.That(Server.Requests.Counters.Charged, Is.Zero);
    }

    [Test]
    public async Task ReadAsync_AfterAPush_HasTheNewFiles()
    {
        await KnownAsync(Open("docs/a.md").HeadSha);
        var pushed = Server.Push("acme", "shop", 22, files: ["src/a.cs"]);

        var files = await KnownAsync(pushed.HeadSha);

        Assert.That((files.Paths.Single(), files.Commits.Single()), Is.EqualTo(("src/a.cs", pushed.HeadSha)));
    }

    // A 304 may be wrong.
    [Test]
    public async Task ReadAsync_FilesOfAnotherCommit_AreAskedForUnconditionallyTheNextTime()
    {
        var old = Open("docs/a.md").HeadSha;
        await KnownAsync(old);
        Server.LagBehind("acme", "shop");
        var pushed = Server.Push("acme", "shop", 22, files: ["src/a.cs"]);
        Assert.That((await KnownAsync(pushed.HeadSha)).Commits, Is.EqualTo([old]));
        Server.Requests.Reset();

        await KnownAsync(pushed.HeadSha);

        Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(1), "asked in full");
    }

    [TestCase(404)]
    [TestCase(422)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    public async Task ReadAsync_Refused_IsUnknownAndSaysWhy(int status)
    {
        var head = Open("a").HeadSha;
        Server.Faults.Add(new FaultRule { Path = "/files$", Times = null, Effect = new FaultEffect.Answer(status) });

        var files = await ReadAsync(head);

        Assert.That(files, Is.InstanceOf<ChangedFiles.Unknown>().With.Property("Message").Not.Empty);
        Assert.That(await Client.ListNumbersAsync(), Is.EqualTo((int[])[22]), "others are not disturbed");
    }

    [Test]
    public async Task ReadAsync_SecondPageMissing_IsUnknown()
    {
        var head = Open([.. Enumerable.Range(0, 150).Select(n => $"{n}")]).HeadSha;
        Server.Faults.Add(new FaultRule { Path = "/files$", Page = 2, Times = null, Effect = new FaultEffect.Answer(500) });

        Assert.That(await ReadAsync(head), Is.InstanceOf<ChangedFiles.Unknown>());
    }

    [Test]
    public async Task ReadAsync_PageTooLargeForGitHub_ReadsSmallerOnes()
    {
        var head = Open([.. Enumerable.Range(0, 150).Select(n => $"{n}")]).HeadSha;
        Server.Faults.Add(new FaultRule { Path = "/files$", PerPage = 100, Times = null, Effect = new FaultEffect.Answer(502) });

        Assert.That((await KnownAsync(head)).Paths, Has.Length.EqualTo(150));
    }

    [Test]
    public async Task ReadAsync_Cancelled_Throws()
    {
        var head = Open("a").HeadSha;
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.That(
            async () => await Client.Get<IFilesSource>().ReadAsync(Client.Access, 22, head, cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private GitHubPullRequest Open(params string[] files) =>
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22, Files = files });

    private GitHubPullRequest Change(GitHubPullRequest pullRequest, params GitHubFile[] files) =>
        Server.Update("acme", "shop", pullRequest.Number, p => p with { Files = [.. files] });

    private Task<ChangedFiles> ReadAsync(string head) => Client.Get<IFilesSource>().ReadAsync(Client.Access, 22, head, Ct);

    private async Task<ChangedFiles.Known> KnownAsync(string head)
    {
        var files = await ReadAsync(head);
        Assert.That(files, Is.InstanceOf<ChangedFiles.Known>(), files.ToString());
        return (ChangedFiles.Known)files;
    }
}
