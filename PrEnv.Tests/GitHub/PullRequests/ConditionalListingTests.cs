using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>A quiet repository costs no request that counts, and 304 never hides anything.</summary>
[CancelAfter(120_000)]
internal sealed class ConditionalListingTests
{
    [Test]
    public async Task ListAsync_Unchanged_ConfirmsEveryPageAndReturnsTheSame()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(
            PullRequestBody.Page(Enumerable.Range(1, 100)), PullRequestBody.Page(Enumerable.Range(101, 100)), PullRequestBody.Page(201)));
        var first = await github.ListCompleteAsync();

        var second = await github.ListCompleteAsync();

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(github.Server.Requests.Take(3).Select(r => r.Header("If-None-Match")), Is.All.Null);
            Assert.That(
                github.Server.Requests.Skip(3).Select(r => r.Header("If-None-Match")), Is.All.StartsWith("W/").And.Exactly(3).Items);
        });
    }

    [Test]
    public async Task ListAsync_SecondPageChanged_ReturnsTheChange()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(PullRequestBody.Page(1), PullRequestBody.Page(2)));
        await github.ListNumbersAsync();
        github.Server.Answer = Answers.Pages(PullRequestBody.Page(1), PullRequestBody.Page(2, 3));

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[1, 2, 3]));
    }

    // Against the double: it alone knows what an opened pull request does to the pages.
    [Test]
    public async Task ListAsync_FullLastPage_IsFreeWhileNothingOpens_AndFoundWhenSomethingDoes()
    {
        await using var github = await GitHubServer.StartAsync();
        github.CreateRepository("acme", "shop");
        github.AddToken(GitHubClientHost.Token);
        for (var i = 0; i < 100; i++)
            github.OpenPullRequest("acme", "shop");
        await using var client = new GitHubClientHost(github.BaseUrl);
        await client.PullRequests.ListAsync(client.Access, CancellationToken.None);
        github.Requests.Reset();
        await client.PullRequests.ListAsync(client.Access, CancellationToken.None);
        Assert.That(github.Requests.Counters.Charged, Is.Zero);

        github.OpenPullRequest("acme", "shop");
        var listing = await client.PullRequests.ListAsync(client.Access, CancellationToken.None);
        Assert.That(((PullRequestListing.Complete)listing).PullRequests, Has.Length.EqualTo(101));
    }

    [Test]
    public async Task ListAsync_NotModifiedAtFirst_AsksAgain()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(
            Answers.Json("", 304), Answers.Json(PullRequestBody.Page(1))));

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[1]));
    }

    [Test]
    public async Task ListAsync_NotModifiedWhateverIsAsked_IsMalformed()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("", 304));

        var unavailable = await github.ListUnavailableAsync();

        Assert.Multiple(() =>
        {
            Assert.That(unavailable.Message, Does.Contain("304"));
            Assert.That(github.Server.Requests, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task ListAsync_NotModifiedOfSomethingElse_AsksForAllOfIt()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(
            Answers.Json(PullRequestBody.Page(1), 200, ("ETag", "\"one\"")),
            Answers.Json("", 304, ("ETag", "\"two\"")),
            Answers.Json(PullRequestBody.Page(2), 200, ("ETag", "\"two\""))));
        await github.ListNumbersAsync();

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[2]));
        Assert.That(github.Server.Requests[2].Header("If-None-Match"), Is.Null);
    }

    [Test]
    public async Task ListAsync_OtherCredential_SeesNothingOfTheFirstOnes()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(PullRequestBody.Page(1)));
        await github.ListNumbersAsync();

        await github.ListNumbersAsync(github.Access with { Credential = GitHubCredential.FromToken("another") });

        Assert.That(github.Server.Requests[1].Header("If-None-Match"), Is.Null);
    }

    [Test]
    public async Task ListAsync_AnyMatchAsETag_IsNotRemembered()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(PullRequestBody.Page(1), 200, ("ETag", "*")));
        await github.ListNumbersAsync();

        await github.ListNumbersAsync();

        Assert.That(github.Server.Requests[1].Header("If-None-Match"), Is.Null);
    }

    [Test]
    public async Task ListAsync_MorePagesThanTheCacheHolds_StaysWithinItsSize()
    {
        var options = new GitHubClientOptions { CacheSizeBytes = 20_000 };
        await using var github = await GitHubHarness.StartAsync(context =>
        {
            var page = Answers.PageOf(context);
            return Answers.Json(
                PullRequestBody.Page(page), 200, ("ETag", "\"x\""), ("Link", Answers.NextLink(context, page + 1)))(context);
        }, options);

        await github.ListUnavailableAsync();

        Assert.Multiple(() =>
        {
            Assert.That(github.Server.Requests, Has.Count.EqualTo(options.MaxPages));
            Assert.That(github.Get<PageCache>().Size, Is.GreaterThan(0).And.LessThanOrEqualTo(options.CacheSizeBytes));
        });
    }
}
