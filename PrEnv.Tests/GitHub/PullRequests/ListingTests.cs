using PrEnv.Controller.GitHub.Access;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>Listings that come to a good end.</summary>
[CancelAfter(120_000)]
internal sealed class ListingTests
{
    [Test]
    public async Task ListAsync_ThreePages_ReturnsAllOrderedByNumber()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(
            PullRequestBody.Page(Enumerable.Range(101, 100)), PullRequestBody.Page(Enumerable.Range(1, 100)),
            PullRequestBody.Page(201, 202)));

        var numbers = await github.ListNumbersAsync();

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 202)));
    }

    [Test]
    public async Task ListAsync_FirstPage_AsksForAllOpenInOrderOfCreationAndFollowsTheLinkAsItIs()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(PullRequestBody.Page(1), PullRequestBody.Page(2)));

        await github.ListNumbersAsync();

        Assert.That(github.Server.Requests.Select(r => r.PathAndQuery), Is.EqualTo((string[])[
            "/repos/acme/shop/pulls?state=open&sort=created&direction=desc&per_page=100",
            "/repositories/1/pulls?state=open&per_page=100&page=2",
        ]));
    }

    [Test]
    public async Task ListAsync_AnyRequest_SendsTheHeadersThatGitHubAsksFor()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        await github.ListNumbersAsync();

        var request = github.Server.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That(request.Header("X-GitHub-Api-Version"), Is.EqualTo("2022-11-28"));
            Assert.That(request.Header("User-Agent"), Does.Match(@"^prenv/\d+\.\d+\.\d+$"));
            Assert.That(request.Header("Accept"), Is.EqualTo("application/vnd.github+json"));
            Assert.That(request.Header("Accept-Encoding"), Does.Contain("gzip"));
            Assert.That(request.Header("Authorization"), Is.EqualTo("Bearer " + GitHubHarness.Token));
        });
    }

    [Test]
    public async Task ListAsync_Anonymous_SendsNoAuthorization()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        await github.ListNumbersAsync(github.Access with { Credential = GitHubCredential.Anonymous });

        Assert.That(github.Server.Requests.Single().Header("Authorization"), Is.Null);
    }

    [Test]
    public async Task ListAsync_ApiUrlWithPath_IsUsedExactly()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        await github.ListNumbersAsync(github.Access with { ApiUrl = new Uri(github.Server.Url, "some/api/") });

        Assert.That(github.Server.Requests.Single().PathAndQuery, Does.StartWith("/some/api/repos/acme/shop/pulls?"));
    }

    [Test]
    public async Task ListAsync_EmptyList_IsComplete()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        Assert.That(await github.ListNumbersAsync(), Is.Empty);
    }

    [Test]
    public async Task ListAsync_SameNumberOnTwoPages_KeepsTheOneChangedLast()
    {
        var newer = PullRequestBody.Of(7, pr => (pr["title"], pr["updated_at"]) = ("newer", "2026-01-02T00:00:00Z"));
        var older = PullRequestBody.Of(7, pr => pr["title"] = "older");
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(PullRequestBody.Array(newer), PullRequestBody.Array(older)));

        var listing = await github.ListCompleteAsync();

        Assert.That(listing.Single().Title, Is.EqualTo("newer"));
    }

    [Test]
    public async Task ListAsync_SameNumberOnTwoPagesChangedAtOnce_KeepsTheOneReadLast()
    {
        var last = PullRequestBody.Of(7, pr => pr["title"] = "last");
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(PullRequestBody.Page(7), PullRequestBody.Array(last)));

        var listing = await github.ListCompleteAsync();

        Assert.That(listing.Single().Title, Is.EqualTo("last"));
    }

    [Test]
    public async Task ListAsync_RelativeLink_IsFollowed()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(
            Answers.Json(PullRequestBody.Page(1), 200, ("Link", "</repositories/1/pulls?page=2>; rel=\"next\"")),
            Answers.Json(PullRequestBody.Page(2))));

        Assert.That(await github.ListNumbersAsync(), Is.EqualTo((int[])[1, 2]));
    }
}
