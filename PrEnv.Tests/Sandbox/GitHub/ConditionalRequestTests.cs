namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class ConditionalRequestTests : GitHubServerTestBase
{
    [Test]
    public async Task ETag_Unchanged_Is304WithoutBodyTypeOrCharge()
    {
        Open(3);
        var first = await GitHub.GetAsync(Pulls + "?per_page=2", Token);
        var second = await GitHub.GetAsync(Pulls + "?per_page=2", Token, first.Header("etag"));

        Assert.That(first.Header("etag"), Does.StartWith("W/\""));
        Assert.That(second.Status, Is.EqualTo(304));
        Assert.That(second.Text, Is.Empty);
        Assert.That(second.Header("content-type"), Is.Null);
        Assert.That("W/" + second.Header("etag"), Is.EqualTo(first.Header("etag")), "a 304 may name the tag without W/");
        Assert.That(second.Header("x-ratelimit-remaining"), Is.EqualTo(first.Header("x-ratelimit-remaining")));
        Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(1));
    }

    [Test]
    public async Task ETag_Anonymous_Is304ButCharged()
    {
        var first = await GitHub.GetAsync(Pulls);
        var second = await GitHub.GetAsync(Pulls, etag: first.Header("etag"));

        Assert.That(second.Status, Is.EqualTo(304));
        Assert.That(Server.Requests.Counters.Charged, Is.EqualTo(2));
    }

    [Test]
    public async Task ETag_AnotherToken_IsAnotherTag()
    {
        Server.AddToken("other");
        var first = await GitHub.GetAsync(Pulls, Token);

        var second = await GitHub.GetAsync(Pulls, "other", first.Header("etag"));

        Assert.That(second.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task ETag_AfterAPush_IsAnotherTag()
    {
        Open(1);
        var first = await GitHub.GetAsync(Pulls, Token);
        Server.Push(Owner, Repo, 1);

        var second = await GitHub.GetAsync(Pulls, Token, first.Header("etag"));

        Assert.That(second.Status, Is.EqualTo(200));
        Assert.That(second.Header("etag"), Is.Not.EqualTo(first.Header("etag")));
    }

    [Test]
    public async Task ETag_SinglePullRequestAndStatuses_AreConditionalToo()
    {
        var sha = Server.OpenPullRequest(Owner, Repo).HeadSha;
        foreach (
            var url in (string[])[
                $"{Pulls}/1", $"repos/acme/shop/commits/{sha}/statuses", $"repos/acme/shop/commits/{sha}/status", "repos/acme/shop"])
        {
            var first = await GitHub.GetAsync(url, Token);
            Assert.That((await GitHub.GetAsync(url, Token, first.Header("etag"))).Status, Is.EqualTo(304), url);
        }
    }
}
