using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary><c>Closed</c> is what lets an environment go: nothing but GitHub's word may become it.</summary>
[CancelAfter(120_000)]
internal sealed class StateTests
{
    [TestCase("open", PullRequestState.Open)]
    [TestCase("closed", PullRequestState.Closed)]
    public async Task GetStateAsync_Answered_ReturnsTheState(string state, PullRequestState expected)
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json(PullRequestBody.Of(5, pr => pr["state"] = state).ToJsonString()));

        Assert.That(await GetStateAsync(github), Is.EqualTo(expected));
        Assert.That(github.Server.Requests.Single().PathAndQuery, Is.EqualTo("/repos/acme/shop/pulls/5"));
    }

    [TestCase(200, """{"number":6,"state":"closed"}""")]
    [TestCase(200, """{"state":"closed"}""")]
    [TestCase(200, """{"number":5,"state":"CLOSED"}""")]
    [TestCase(200, """{"number":5,"state":null}""")]
    [TestCase(200, """[{"number":5,"state":"closed"}]""")]
    [TestCase(200, "null")]
    [TestCase(200, "")]
    [TestCase(301, """{"number":5,"state":"closed"}""")]
    [TestCase(307, """{"number":5,"state":"closed"}""")]
    [TestCase(401, """{"number":5,"state":"closed"}""")]
    [TestCase(403, """{"number":5,"state":"closed"}""")]
    [TestCase(429, """{"number":5,"state":"closed"}""")]
    [TestCase(500, """{"number":5,"state":"closed"}""")]
    public async Task GetStateAsync_AnythingElse_IsUnknown(int status, string body)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body, status, ("Location", "/repos/acme/moved/pulls/5")));

        Assert.That(await GetStateAsync(github), Is.EqualTo(PullRequestState.Unknown));
    }

    [TestCase(404)]
    [TestCase(410)]
    public async Task GetStateAsync_NotFound_IsHidden(int status)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("""{"number":5,"state":"closed"}""", status));

        Assert.That(await GetStateAsync(github), Is.EqualTo(PullRequestState.Hidden));
    }

    [Test]
    public async Task GetStateAsync_Truncated_IsUnknown()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Truncated("""{"number":5,"state":"closed"}"""));

        Assert.That(await GetStateAsync(github), Is.EqualTo(PullRequestState.Unknown));
    }

    [Test]
    public async Task GetStateAsync_NoAnswer_IsUnknownAtTheRequestTimeout()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Stall);
        var state = github.PullRequests.GetStateAsync(github.Access, 5, CancellationToken.None);
        await github.Server.ArrivedAsync();

        github.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(await state, Is.EqualTo(PullRequestState.Unknown));
    }

    [Test]
    public async Task GetStateAsync_AskedTwice_IsConditional()
    {
        var body = PullRequestBody.Of(5, pr => pr["state"] = "closed").ToJsonString();
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(body));

        Assert.That(await GetStateAsync(github), Is.EqualTo(PullRequestState.Closed));
        Assert.That(await GetStateAsync(github), Is.EqualTo(PullRequestState.Closed));
        Assert.That(github.Server.Requests[1].Header("If-None-Match"), Does.StartWith("W/"));
    }

    private static Task<PullRequestState> GetStateAsync(GitHubHarness github) =>
        github.PullRequests.GetStateAsync(github.Access, 5, TestContext.CurrentContext.CancellationToken);
}
