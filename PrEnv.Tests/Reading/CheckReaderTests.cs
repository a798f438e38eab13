using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Core.Model;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reading;

/// <summary>What is asked, what is remembered, and when it is asked again.</summary>
internal sealed class CheckReaderTests : RepositoryTestBase
{
    private static readonly EnvironmentSpec Build = Some.Spec() with { Checks = ["build"] };

    private readonly HashSet<string> _installed = new(StringComparer.Ordinal);

    private ResourceMemory _memory = new();
    private CheckReader _reader = null!;

    [SetUp]
    public void Prepare()
    {
        _installed.Clear();
        _memory = new ResourceMemory();
        _memory.Listing = new ListingMemory(
            new ListingSource(Server.BaseUrl, "acme", "shop", null), Client.Access, Some.Listing(22), null, Client.Time.GetUtcNow());
        _reader = new CheckReader(Client.Get<ICheckSource>(), Client.Time);
    }

    // The figure of the documentation: two charged requests per push, and none while nothing happens.
    [Test]
    public async Task ReadAsync_ThreeHundredPullRequests_CostTwoRequestsPerPush_AndNothingInBetween()
    {
        for (var number = 1; number <= 300; number++)
            Run(Open(number));
        await LookAsync();
        foreach (var head in Heads())
            Run(head, "success");
        Announce([.. Heads()]);
        Assert.That(Passed(await LookAsync()), Is.EqualTo(300));
        Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(600));

        _installed.UnionWith(Heads());
        Server.Requests.Reset();
        for (var i = 0; i < 10; i++)
        {
            Client.Time.Advance(Build.Interval);
            await LookAsync();
        }

        Assert.That(Server.Requests.Entries, Is.Empty, "ten settled looks");

        // The webhook of a push is ahead of the check run's, which is now expected.
        var pushed = Server.Push("acme", "shop", 7).HeadSha;
        await LookAsync();
        Run(pushed);
        Announce(isConcluded: false, pushed);
        await LookAsync();
        Run(pushed, "success");
        Announce(pushed);
        await LookAsync();
        Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(2));
        Assert.That(_memory.Checks.Answers[pushed].Results.Single().State, Is.EqualTo(CheckState.Passed));
    }

    [Test]
    public async Task ReadAsync_WhileItWaits_AsksAgainWithoutCharge_LessAndLessOften()
    {
        Run(Open(22));
        await LookAsync();
        Server.Requests.Reset();
        var begun = Client.Time.GetUtcNow();

        foreach (var (after, wait) in ((double, double)[])[(0, 1), (1, 1), (19, 2), (180, 10)])
        {
            Client.Time.Advance(begun + TimeSpan.FromMinutes(after) - Client.Time.GetUtcNow());
            if (after > 0)
                await LookAsync();
            Assert.That(_memory.Checks.NextCheck - Client.Time.GetUtcNow(), Is.EqualTo(TimeSpan.FromMinutes(wait)).Within(1).Minutes);
        }

        Assert.That(Server.Requests.Counters.Charged, Is.Zero);
    }

    [Test]
    public async Task ReadAsync_OfACommitStatus_FindsItWhereThereIsNoCheckRun()
    {
        var head = Open(22);
        Server.PostStatus("acme", "shop", head, "Build", "success");

        Assert.That(Passed(await LookAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_StatusOfWhatWasACheckRunBefore_IsFoundByTheSecondLook()
    {
        Run(Open(22), "success");
        await LookAsync();
        var head = Server.Push("acme", "shop", 22).HeadSha;
        Server.PostStatus("acme", "shop", head, "build", "success");

        Assert.That(Passed(await LookAsync()), Is.Zero);
        Client.Time.Advance(Build.Interval);
        Assert.That(Passed(await LookAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_SeveralChecks_ReadsTheListOnce()
    {
        var head = Open(22);
        Run(head, "success");
        Server.RunCheck("acme", "shop", head, "test", "success");
        Server.RunCheck("acme", "shop", head, "lint", "failure");

        var answers = await LookAsync(Build with { Checks = ["build", "test"] });

        Assert.That(answers[head].Results.Select(r => r.Name), Is.EquivalentTo(["build", "test"]), "no more than was asked for");
        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_OtherChecks_ForgetsWhatItKnew()
    {
        Run(Open(22), "success");
        await LookAsync();

        Assert.That(Passed(await LookAsync(Build with { Checks = ["test"] })), Is.Zero);
    }

    [Test]
    public async Task Announce_OfNews_AsksAtOnce_AndAgainWhileGitHubDoesNotShowIt()
    {
        var head = Open(22);
        Run(head);
        await LookAsync();
        Server.Requests.Reset();

        Announce(head);
        foreach (var seconds in (int[])[5, 5, 60])
        {
            await LookAsync();
            Assert.That(_memory.Checks.NextCheck, Is.EqualTo(Client.Time.GetUtcNow().AddSeconds(seconds)));
            Client.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(3));
        Assert.That(Server.Requests.Counters.Charged, Is.Zero);
    }

    [Test]
    public async Task Announce_ThatItBegins_IsNewsOnlyAfterAConclusion()
    {
        var head = Open(22);
        Run(head);
        await LookAsync();
        Server.Requests.Reset();
        Announce(isConcluded: false, head);
        await LookAsync();
        Assert.That(Server.Requests.Entries, Is.Empty);

        Run(head, "failure");
        Announce(head);
        await LookAsync();
        Run(head);
        Announce(isConcluded: false, head);
        Assert.That((await LookAsync())[head].Results.MaxBy(r => r.Id)!.State, Is.EqualTo(CheckState.Running), "another attempt");
    }

    [Test]
    public async Task Announce_OfACommitThatDoesNotWait_AsksNothing()
    {
        Announce(Open(22));
        _installed.UnionWith(Heads());
        await LookAsync();

        Assert.That(Server.Requests.Entries, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_Failed_AsksAgainLessAndLessOften()
    {
        Run(Open(22), "success");
        Server.Faults.Add(new FaultRule { Path = "/check-runs$", Times = 3, Effect = new FaultEffect.Answer(500) });

        foreach (var seconds in (int[])[5, 10, 20])
        {
            Assert.That((await LookAsync()).Values.Single().Problem, Is.Not.Null);
            Assert.That(_memory.Checks.NextCheck, Is.EqualTo(Client.Time.GetUtcNow().AddSeconds(seconds)));
            Client.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.That(Passed(await LookAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_AllFail_StopsAfterTwo_AndBeginsWithTheOthersTheNextTime()
    {
        foreach (var number in (int[])[1, 2, 3, 4])
            Open(number);
        Server.Faults.Add(new FaultRule { Path = "/check-runs$", Times = 2, Effect = new FaultEffect.Answer(500) });

        var answers = await LookAsync();
        Assert.That(answers.Values.Select(a => a.Problem).Distinct(StringComparer.Ordinal).Single(), Is.Not.Null);
        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(2));

        Client.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await LookAsync()).Values.Select(a => a.Problem), Is.All.Null);
    }

    [Test]
    public async Task ReadAsync_CheckRunsForbidden_CostsOneRequestInTenMinutes_AndStatusesStillCount()
    {
        var (first, second) = (Open(1), Open(2));
        Server.PostStatus("acme", "shop", first, "build", "success");
        Server.Faults.Add(new FaultRule { Path = "/check-runs$", Times = null, Effect = new FaultEffect.Answer(403) });

        var answers = await LookAsync();

        Assert.That(answers[first].Results.Single().State, Is.EqualTo(CheckState.Passed));
        Assert.That((answers[second].Results, answers[second].Problem), Is.Not.EqualTo((Array.Empty<CheckResult>(), (string?)null)));
        Assert.That(Forbidden(), Is.EqualTo(1));
        Client.Time.Advance(TimeSpan.FromMinutes(9));
        await LookAsync();
        Assert.That(Forbidden(), Is.EqualTo(1));
        Client.Time.Advance(TimeSpan.FromMinutes(1));
        await LookAsync();
        Assert.That(Forbidden(), Is.EqualTo(2));

        int Forbidden() => Server.Requests.Entries.Count(e => e.Target.Contains("/check-runs", StringComparison.Ordinal));
    }

    private static int Passed(ImmutableDictionary<string, CheckReading> answers) =>
        answers.Values.Count(a => a.Results.Any(r => r.State == CheckState.Passed));

    private string Open(int number) => Server.OpenPullRequest("acme", "shop", new NewPullRequest { Number = number }).HeadSha;

    private void Run(string head, string? conclusion = null) => Server.RunCheck("acme", "shop", head, "build", conclusion);

    private void Announce(params string[] heads) => Announce(isConcluded: true, heads);

    private void Announce(bool isConcluded, params string[] heads)
    {
        foreach (var head in heads)
            _memory.Checks.Announce(new CheckNews(head, "build", isConcluded));
    }

    private List<string> Heads() =>
    [
        .. Enumerable.Range(1, 300).Select(n => Server.FindPullRequest("acme", "shop", n)).OfType<GitHubPullRequest>()
            .Select(p => p.HeadSha),
    ];

    // What the gatherer does.
    private async Task<ImmutableDictionary<string, CheckReading>> LookAsync(EnvironmentSpec? spec = null)
    {
        var heads = Heads();
        _memory.Checks.Keep(heads, (spec ?? Build).Checks);
        var known = _memory.Checks.LookAt(Client.Time.GetUtcNow());
        await _reader.ReadAsync(
            [.. heads.Where(h => !_installed.Contains(h) && !known.ContainsKey(h))], spec ?? Build, _memory, Ct);
        return _memory.Checks.Answers;
    }
}
