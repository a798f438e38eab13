using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Core.Model;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reading;

/// <summary>What is asked, what is remembered, and when it is asked again.</summary>
internal sealed class FilesReaderTests : RepositoryTestBase
{
    private static readonly EnvironmentSpec Code = With(["src/**"]);

    private ResourceMemory _memory = new();
    private FilesReader _reader = null!;

    [SetUp]
    public void Prepare()
    {
        _memory = new ResourceMemory();
        _memory.Listing = new ListingMemory(
            new ListingSource(Server.BaseUrl, "acme", "shop", null), Client.Access, Some.Listing(22), null, Client.Time.GetUtcNow());
        _reader = new FilesReader(Client.Get<IFilesSource>(), Client.Time);
    }

    [Test]
    public async Task ReadAsync_ThreeHundredPullRequests_AskOnceEach_ThenOncePerPush()
    {
        for (var number = 1; number <= 300; number++)
            Open(number, number % 2 == 0 ? "src/a.cs" : "docs/a.md");
        await LookAsync();
        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(300));
        Server.Requests.Reset();

        for (var i = 0; i < 10; i++)
            Assert.That((await LookAsync()).Values.Count(v => v.Match == PathMatch.Included), Is.EqualTo(150));
        Assert.That(Server.Requests.Entries, Is.Empty, "a settled state");

        Server.Push("acme", "shop", 7, files: ["src/a.cs"]);
        Assert.That((await LookAsync()).Values.Count(v => v.Match == PathMatch.Included), Is.EqualTo(151));
        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_AnotherBase_AsksAgain()
    {
        Open(22, "docs/a.md");
        Assert.That(await MatchAsync(), Is.EqualTo(PathMatch.NotIncluded));

        Server.Update("acme", "shop", 22, p => p with { BaseBranch = "old", Files = [new GitHubFile("src/a.cs")] });

        Assert.That(await MatchAsync(), Is.EqualTo(PathMatch.Included));
    }

    [Test]
    public async Task ReadAsync_AnotherFilter_AsksAgainWithoutCharge()
    {
        Open(22, "docs/a.md");
        await MatchAsync();
        Server.Requests.Reset();

        Assert.That(await MatchAsync(With(["docs/**"])), Is.EqualTo(PathMatch.Included));

        Assert.That(Server.Requests.Counters.Charged, Is.Zero);
    }

    [Test]
    public async Task ReadAsync_Failed_AsksAgainLessAndLessOften()
    {
        Open(22, "src/a.cs");
        Server.Faults.Add(new FaultRule { Path = "/files$", Times = 3, Effect = new FaultEffect.Answer(500) });

        foreach (var seconds in (int[])[5, 10, 20])
        {
            Assert.That(await MatchAsync(), Is.EqualTo(PathMatch.Unknown));
            Assert.That(_memory.Files.NextCheck, Is.EqualTo(Client.Time.GetUtcNow().AddSeconds(seconds)));
            Server.Requests.Reset();
            Client.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.That(await MatchAsync(), Is.EqualTo(PathMatch.Unknown));
            Assert.That(Server.Requests.Entries, Is.Empty);
            Client.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(await MatchAsync(), Is.EqualTo(PathMatch.Included));
        Assert.That(_memory.Files.NextCheck, Is.Null);
    }

    [Test]
    public async Task ReadAsync_OneFails_DoesNotDisturbTheOthers()
    {
        foreach (var number in (int[])[1, 2, 3])
            Open(number, "src/a.cs");
        Server.Faults.Add(new FaultRule { Path = "/pulls/2/files$", Times = null, Effect = new FaultEffect.Answer(502) });

        var answers = await LookAsync();

        Assert.That(
            answers.OrderBy(a => a.Key.PrNumber).Select(a => a.Value.Match),
            Is.EqualTo((PathMatch[])[PathMatch.Included, PathMatch.Unknown, PathMatch.Included]));
    }

    [Test]
    public async Task ReadAsync_AllFail_StopsAfterTwo_AndBeginsWithTheOthersTheNextTime()
    {
        foreach (var number in (int[])[1, 2, 3, 4])
            Open(number, "src/a.cs");
        Server.Faults.Add(new FaultRule { Path = "/files$", Times = 2, Effect = new FaultEffect.Answer(500) });

        var answers = await LookAsync();
        Assert.That(answers.Values.Select(v => v.Match), Is.EqualTo(Enumerable.Repeat(PathMatch.Unknown, 4)));
        Assert.That(answers.Values.Select(v => v.Problem).Distinct(StringComparer.Ordinal).Single(), Is.Not.Empty);
        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(2));

        Server.Requests.Reset();
        Client.Time.Advance(TimeSpan.FromSeconds(5));
        await LookAsync();
        Assert.That(
            Server.Requests.Entries.Select(e => e.Target),
            Is.EqualTo(((int[])[3, 4, 1, 2]).Select(n => $"/repos/acme/shop/pulls/{n}/files?per_page=100")));
    }

    [Test]
    public async Task NextCheck_OfWhatIsNotAskedAnyMore_IsNone()
    {
        Open(22, "src/a.cs");
        Server.Faults.Add(new FaultRule { Path = "/files$", Times = null, Effect = new FaultEffect.Answer(500) });
        await MatchAsync();

        _memory.Files.RetryNow();
        _memory.Files.LookAt(Client.Time.GetUtcNow());
        Assert.That(_memory.Files.NextCheck, Is.Null, "else it would be looked at again and again");

        _memory.Files.Keep([], Code);
        Assert.That(_memory.Files.Answers, Is.Empty);
    }

    private static EnvironmentSpec With(string[] paths)
    {
        var spec = Some.Spec();
        return spec with { Filter = spec.Filter with { Files = new PathFilter(paths, []) } };
    }

    private void Open(int number, string file) =>
        Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = number, Files = [file] });

    private async Task<PathMatch> MatchAsync(EnvironmentSpec? spec = null) => (await LookAsync(spec)).Values.Single().Match;

    // What the gatherer does.
    private async Task<ImmutableDictionary<PathQuestion, PathVerdict>> LookAsync(EnvironmentSpec? spec = null)
    {
        ImmutableArray<PullRequest> listed =
        [
            .. Enumerable.Range(1, 300).Select(n => Server.FindPullRequest("acme", "shop", n)).OfType<GitHubPullRequest>()
                .Select(p => new PullRequest { Number = p.Number, HeadSha = p.HeadSha, BaseBranch = p.BaseBranch }),
        ];
        _memory.Files.Keep(listed, spec ?? Code);
        var known = _memory.Files.LookAt(Client.Time.GetUtcNow());
        var questions = listed.Select(p => PathQuestion.Of(p, spec ?? Code)!).Where(q => !known.ContainsKey(q));
        await _reader.ReadAsync([.. questions], _memory, Ct);
        return _memory.Files.Answers;
    }
}
