using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Paging;

/// <summary>Pages of a hundred are more than GitHub can render.</summary>
[CancelAfter(120_000)]
internal sealed class PageSizesTests
{
    private GitHubServer _github = null!;
    private GitHubClientHost _client = null!;

    private static CancellationToken Ct => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        _github = await GitHubServer.StartAsync();
        _github.CreateRepository("acme", "shop");
        _github.AddToken(GitHubClientHost.Token, login: "bot");
        _github.Grant(GitHubClientHost.Token, "acme", "shop");
        _github.SetRole("acme", "shop", "bot", "write");
        for (var i = 0; i < 120; i++)
            _github.OpenPullRequest("acme", "shop");
        _client = new GitHubClientHost(_github.BaseUrl);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _github.DisposeAsync();
    }

    [TestCase(404)]
    [TestCase(422)]
    [TestCase(502)]
    [TestCase(504)]
    public async Task ListAsync_PagesOf100Fail_AreReadIn50sAndThatIsKept(int status)
    {
        Refuse(51, status);

        Assert.That(await _client.ListNumbersAsync(), Has.Length.EqualTo(120));
        _github.Requests.Reset();
        Assert.That(await _client.ListNumbersAsync(), Has.Length.EqualTo(120));
        Assert.That(_github.Requests.Entries.Select(e => e.Target), Is.All.Contains("per_page=50").And.Exactly(3).Items);
        Assert.That(_github.Requests.Counters.Charged, Is.Zero);
    }

    [Test]
    public async Task ListAsync_PagesOf50FailToo_AreReadIn25s()
    {
        Refuse(26, 502);

        Assert.That(await _client.ListNumbersAsync(), Has.Length.EqualTo(120));
    }

    [Test]
    public async Task ListAsync_TheSecondPageFails_BeginsAgainWithPagesOfOneSize()
    {
        _github.Faults.Add(new FaultRule { Page = 2, PerPage = 51, Times = null, Effect = new FaultEffect.Answer(502, "<html>") });

        Assert.That(await _client.ListNumbersAsync(), Has.Length.EqualTo(120));
        Assert.That(_github.Requests.Entries.Skip(2).Select(e => e.Target), Is.All.Contains("per_page=50").And.Exactly(3).Items);
    }

    [Test]
    public async Task ListAsync_PagesOf100NeverCome_AreReadIn50s()
    {
        _github.Faults.Add(new FaultRule { PerPage = 51, Times = null, Delay = Timeout.InfiniteTimeSpan });
        var listing = _client.ListNumbersAsync();
        await _github.UntilAsync(github => github.Faults.Holding == 1, Ct);
        _client.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(await listing, Has.Length.EqualTo(120));
    }

    [Test]
    public async Task ListAsync_LargePagesWorkAgain_AreUsedADayLater()
    {
        Refuse(51, 502);
        await _client.ListNumbersAsync();
        _github.Faults.Clear();
        _client.Time.Advance(TimeSpan.FromHours(25));
        _github.Requests.Reset();
        await _client.ListNumbersAsync();

        Assert.That(_github.Requests.Entries.Select(e => e.Target), Is.All.Contains("per_page=100"));
    }

    [Test]
    public async Task ListAsync_NoSuchRepository_IsNotFoundWithFewRequests()
    {
        var access = _client.Access with { Name = "gone" };
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await _client.ListUnavailableAsync(access)).Reason, Is.EqualTo(UnavailableReason.NotFound));
            _client.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(_github.Requests.Entries, Has.Count.EqualTo(7), "three at first, then one each");
    }

    [Test]
    public async Task ReadAsync_EveryOtherList_IsReadInSmallerPagesToo()
    {
        for (var i = 0; i < 60; i++)
            _github.Comment("acme", "shop", 1, "mona", $"Comment {i}");
        _github.Comment("acme", "shop", 1, "bot", "marker");
        for (var i = 0; i < 60; i++)
            _github.Review("acme", "shop", 1, "mona");
        var head = _github.FindPullRequest("acme", "shop", 1)!.HeadSha;
        await _client.Statuses.PostAsync(_client.Access, new CommitStatus(head, "c", CommitState.Success, "", null), Ct);
        await _client.Get<IDeploymentWriter>().CreateAsync(_client.Access, head, "pr-1", "tag", Ct);
        var hourAgo = TimeProvider.System.GetUtcNow().AddHours(-1);
        var query = new CommandQuery(hourAgo, hourAgo, new HashSet<int> { 1 }, new Dictionary<long, DateTimeOffset>());

        foreach (var list in (string[])["/issues/1/comments$", "/issues/comments$", "/reviews$", "/statuses$", "/deployments$"])
        {
            _github.Faults.Add(
                new FaultRule { Method = "GET", Path = list, PerPage = 51, Times = 1, Effect = new FaultEffect.Answer(502, "<html>") });
        }

        // Each with a client of its own, which has not learned the size from the one before.
        Assert.That(
            await WithOwnClientAsync(c => c.Get<ICommentWriter>().FindAsync(c.Access, 1, "marker", Ct)), Has.Property("Found").Not.Null);
        Assert.That(await WithOwnClientAsync(c => c.Get<ICommandSource>().ReadAsync(c.Access, query, Ct)), Has.Property("Problem").Null);
        Assert.That(
            await WithOwnClientAsync(c => c.Get<IReviewSource>().ReadAsync(c.Access, 1, Ct)), Is.InstanceOf<ReviewReading.Known>());
        Assert.That((await WithOwnClientAsync(c => c.Statuses.ReadAsync(c.Access, head, "c", Ct))).Status, Is.Not.Null);
        Assert.That(
            await WithOwnClientAsync(c => c.Get<IDeploymentWriter>().FindAsync(c.Access, head, "pr-1", "tag", Ct)),
            Has.Property("Id").Not.Null);
        Assert.That(_github.Faults.Pending, Is.Zero, "each has met its fault");
    }

    private async Task<T> WithOwnClientAsync<T>(Func<GitHubClientHost, Task<T>> use)
    {
        await using var client = new GitHubClientHost(_github.BaseUrl);
        return await use(client);
    }

    private void Refuse(int perPage, int status) => _github.Faults.Add(
        new FaultRule { PerPage = perPage, Times = null, Effect = new FaultEffect.Answer(status, """{"message":"too much"}""") });
}
