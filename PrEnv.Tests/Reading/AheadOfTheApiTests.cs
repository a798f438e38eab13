using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.Reading;

/// <summary>A delivery says what GitHub's API does not show yet. It is not believed, but the API is asked again.</summary>
[CancelAfter(120_000)]
internal sealed class AheadOfTheApiTests
{
    private GitHubServer _github = null!;
    private PollerWorld _world = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _github = await PollerWorld.StartGitHubAsync();
        _github.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 22 });
        _world = new PollerWorld(_github.BaseUrl);
        await _world.ListAsync();
        _github.LagBehind("acme", "shop");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _world.DisposeAsync();
        await _github.DisposeAsync();
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(10)]
    [TestCase(29)]
    public async Task List_PushIsAnnouncedTooEarly_IsSeenSoonAfterTheApiShowsIt(int lag)
    {
        var before = _github.FindPullRequest("acme", "shop", 22)!.HeadSha;
        var pushed = _github.Push("acme", "shop", 22);
        Deliver(pushed);

        Assert.That(Head(await _world.ListAsync()), Is.EqualTo(before), "the delivery is not acted upon");
        await UntilAsync(lag, listing => Head(listing) == pushed.HeadSha);
    }

    [Test]
    public async Task List_EditIsAnnouncedTooEarly_IsSeenSoonAfterTheApiShowsIt()
    {
        var edited = _github.Update("acme", "shop", 22, p => p with { Title = "Ready", Labels = ["preview"] });
        _world.Deliver(22, new ExpectedPullRequest(edited.IsOpen, edited.HeadSha)
        {
            Title = edited.Title,
            Labels = new LabelSet(edited.Labels),
        });

        Assert.That((await _world.ListAsync()).PullRequests.Single().Title, Is.Not.EqualTo("Ready"), "the delivery is not acted upon");
        await UntilAsync(10, listing => listing.PullRequests.Single().Title == "Ready");
    }

    [Test]
    public async Task List_OpeningIsAnnouncedTooEarly_IsSeenSoonAfterTheApiShowsIt()
    {
        var opened = _github.OpenPullRequest("acme", "shop", new NewPullRequest { Number = 23 });
        Deliver(opened);

        Assert.That((await _world.ListAsync()).PullRequests.Select(p => p.Number), Is.EqualTo((int[])[22]));
        await UntilAsync(10, listing => listing.PullRequests.Any(p => p.Number == 23));
    }

    [Test]
    public async Task List_ClosingIsAnnouncedTooEarly_IsSeenSoonAfterTheApiShowsIt()
    {
        Deliver(_github.Close("acme", "shop", 22));

        Assert.That((await _world.ListAsync()).PullRequests, Has.Length.EqualTo(1), "no proof yet");
        await UntilAsync(10, listing => listing.PullRequests.IsEmpty);
        Assert.That(await _world.ConfirmAsync(22), Is.EqualTo(PullRequestState.Closed));
    }

    [Test]
    public async Task List_ClosingIsListedBeforeThePullRequestItselfSaysSo_IsProvedSoonAfterwards()
    {
        var said = _github.FindPullRequest("acme", "shop", 22)!;
        _github.Faults.Add(new FaultRule { Path = "/pulls$", Times = null, Effect = FaultEffect.EmptyList });
        _world.Deliver(new GitHubPullRequestFacts(22, IsOpen: false, said.HeadSha));
        await _world.ListAsync("now");
        Assert.That(await _world.ConfirmAsync(22), Is.EqualTo(PullRequestState.Open), "no proof yet");

        _github.Close("acme", "shop", 22);
        await UntilAsync(4, _ => _world.Memory.Confirmations.GetValueOrDefault(22) == PullRequestState.Closed);
    }

    [Test]
    public async Task List_PollingIsRelaxed_IsSeenSoonAfterTheApiShowsIt()
    {
        for (var i = 0; i < 6; i++)
        {
            Deliver(_github.FindPullRequest("acme", "shop", 22)!);
            await _world.ListAsync();
            _world.Client.Time.Advance(_world.Memory.Listing!.Due - _world.Client.Time.GetUtcNow());
            await _world.ListAsync();
        }

        Assert.That(_world.Memory.Polling.Factor, Is.EqualTo(PollRelaxation.Most));
        var pushed = _github.Push("acme", "shop", 22);
        Deliver(pushed);
        await _world.ListAsync();
        await UntilAsync(12, listing => Head(listing) == pushed.HeadSha);
    }

    [Test]
    public async Task List_NeverShown_IsAskedFourTimesAndThenAtTheInterval()
    {
        Deliver(_github.Push("acme", "shop", 22));
        await _world.ListAsync();
        _github.Requests.Reset();
        var (start, looks) = (_world.Client.Time.GetUtcNow(), new List<double>());
        while (_world.Memory.Expected.NextCheck is not null)
        {
            _world.WaitForTheNextLook();
            await _world.ListAsync();
            looks.Add((_world.Client.Time.GetUtcNow() - start).TotalSeconds);
        }

        Assert.That(looks, Is.EqualTo((double[])[2, 5, 15, 30]));
        Assert.That(_github.Requests.Entries, Has.Count.EqualTo(4));
        Assert.That(_world.Memory.Listing!.Due - _world.Client.Time.GetUtcNow(), Is.LessThan(TimeSpan.FromSeconds(61)));
    }

    [Test]
    public async Task List_OneServerOfGitHubIsBehindAnother_IsNotTurnedBack()
    {
        var pushed = _github.Push("acme", "shop", 22);
        _github.LagBehind("acme", "shop", false);
        Deliver(pushed);
        Assert.That(Head(await _world.ListAsync()), Is.EqualTo(pushed.HeadSha));

        // The listing comes from the other one.
        _github.Faults.Add(new FaultRule
        {
            Path = "/pulls$",
            Effect = new FaultEffect.Answer(200, PullRequestBody.Page(22)),
        });
        Assert.That(Head(await _world.ListAsync("now")), Is.EqualTo(pushed.HeadSha));
    }

    [Test]
    public async Task List_ManyAreAnnouncedTooEarly_AreReadTogether()
    {
        for (var number = 30; number < 40; number++)
            Deliver(_github.OpenPullRequest("acme", "shop", new NewPullRequest { Number = number }));
        await _world.ListAsync();
        _github.Requests.Reset();
        var factor = _world.Memory.Polling.Factor;
        await UntilAsync(1, listing => listing.PullRequests.Length == 11);
        Assert.That(_github.Requests.Entries, Has.Count.LessThan(5));
        Assert.That(_world.Memory.Polling.Factor, Is.GreaterThan(factor), "they were announced");
    }

    private void Deliver(GitHubPullRequest said) => _world.Deliver(new GitHubPullRequestFacts(said.Number, said.IsOpen, said.HeadSha));

    private static string Head(PullRequestListing.Complete listing) => listing.PullRequests.Single(p => p.Number == 22).HeadSha;

    // The API catches up after so many seconds, and within twenty more that is seen.
    private async Task UntilAsync(int lag, Func<PullRequestListing.Complete, bool> isRight)
    {
        var catchesUp = _world.Client.Time.GetUtcNow().AddSeconds(lag);
        for (; ; )
        {
            _world.WaitForTheNextLook();
            if (_world.Client.Time.GetUtcNow() >= catchesUp)
                _github.LagBehind("acme", "shop", false);
            if (isRight(await _world.ListAsync()))
                return;
            Assert.That(_world.Client.Time.GetUtcNow(), Is.LessThan(catchesUp.AddSeconds(20)));
        }
    }
}
