using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Paging;

/// <summary>Pages of a hundred are more than GitHub can render.</summary>
internal sealed class PageSizesTests : RepositoryTestBase
{
    [SetUp]
    public void Open()
    {
        for (var i = 0; i < 120; i++)
            Server.OpenPullRequest("acme", "shop");
    }

    [TestCase(404)]
    [TestCase(422)]
    [TestCase(502)]
    [TestCase(504)]
    public async Task ListAsync_PagesOf100Fail_AreReadIn50sAndThatIsKept(int status)
    {
        Refuse(51, status);

        Assert.That(await Client.ListNumbersAsync(), Has.Length.EqualTo(120));
        Server.Requests.Reset();
        Assert.That(await Client.ListNumbersAsync(), Has.Length.EqualTo(120));
        Assert.That(Server.Requests.Entries.Select(e => e.Target), Is.All.Contains("per_page=50").And.Exactly(3).Items);
        Assert.That(Server.Requests.Counters.Charged, Is.Zero);
    }

    [Test]
    public async Task ListAsync_PagesOf50FailToo_AreReadIn25s()
    {
        Refuse(26, 502);

        Assert.That(await Client.ListNumbersAsync(), Has.Length.EqualTo(120));
    }

    [Test]
    public async Task ListAsync_TheSecondPageFails_BeginsAgainWithPagesOfOneSize()
    {
        Server.Faults.Add(new FaultRule { Page = 2, PerPage = 51, Times = null, Effect = new FaultEffect.Answer(502, "<html>") });

        Assert.That(await Client.ListNumbersAsync(), Has.Length.EqualTo(120));
        Assert.That(Server.Requests.Entries.Skip(2).Select(e => e.Target), Is.All.Contains("per_page=50").And.Exactly(3).Items);
    }

    [Test]
    public async Task ListAsync_PagesOf100NeverCome_AreReadIn50s()
    {
        Server.Faults.Add(new FaultRule { PerPage = 51, Times = null, Delay = Timeout.InfiniteTimeSpan });
        var listing = Client.ListNumbersAsync();
        await Server.UntilAsync(github => github.Faults.Holding == 1, Ct);
        Client.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(await listing, Has.Length.EqualTo(120));
    }

    [Test]
    public async Task ListAsync_LargePagesWorkAgain_AreUsedADayLater()
    {
        Refuse(51, 502);
        await Client.ListNumbersAsync();
        Server.Faults.Clear();
        Client.Time.Advance(TimeSpan.FromHours(25));
        Server.Requests.Reset();
        await Client.ListNumbersAsync();

        Assert.That(Server.Requests.Entries.Select(e => e.Target), Is.All.Contains("per_page=100"));
    }

    [Test]
    public async Task ListAsync_NoSuchRepository_IsNotFoundWithFewRequests()
    {
        var access = Client.Access with { Name = "gone" };
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await Client.ListUnavailableAsync(access)).Reason, Is.EqualTo(UnavailableReason.NotFound));
            Client.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(Server.Requests.Entries, Has.Count.EqualTo(7), "three at first, then one each");
    }

    [Test]
    public async Task ReadAsync_EveryOtherList_IsReadInSmallerPagesToo()
    {
        for (var i = 0; i < 60; i++)
            Server.Comment("acme", "shop", 1, "mona", $"Comment {i}");
        Server.Comment("acme", "shop", 1, "bot", "marker");
        for (var i = 0; i < 60; i++)
            Server.Review("acme", "shop", 1, "mona");
        var head = Server.FindPullRequest("acme", "shop", 1)!.HeadSha;
        await Client.Statuses.PostAsync(Client.Access, new CommitStatus(head, "c", CommitState.Success, "", null), Ct);
        await Client.Get<IDeploymentWriter>().CreateAsync(Client.Access, head, "pr-1", "tag", Ct);
        var hourAgo = TimeProvider.System.GetUtcNow().AddHours(-1);
        var query = new CommandQuery(hourAgo, hourAgo, new HashSet<int> { 1 }, new Dictionary<long, DateTimeOffset>());

        foreach (var list in (string[])["/issues/1/comments$", "/issues/comments$", "/reviews$", "/statuses$", "/deployments$"])
        {
            Server.Faults.Add(
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
        Assert.That(Server.Faults.Pending, Is.Zero, "each has met its fault");
    }

    private async Task<T> WithOwnClientAsync<T>(Func<GitHubClientHost, Task<T>> use)
    {
        await using var client = new GitHubClientHost(Server.BaseUrl);
        return await use(client);
    }

    private void Refuse(int perPage, int status) => Server.Faults.Add(
        new FaultRule { PerPage = perPage, Times = null, Effect = new FaultEffect.Answer(status, """{"message":"too much"}""") });
}
