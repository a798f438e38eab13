using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.Statuses;

[CancelAfter(120_000)]
internal sealed class ReadStatusTests
{
    private const string Listed = """
        [{"id":9000000000,"state":"failure","context":"other","description":"x","target_url":null},
         {"id":3,"state":"success","context":"Ephemeral-Env/SHOP","description":null,"target_url":"https://pr-1.example.com/","creator":null},
         {"id":2,"state":"pending","context":"ephemeral-env/shop","description":"old","target_url":null}]
        """;

    [Test]
    public async Task ReadAsync_SeveralStatuses_ReturnsTheNewestOfTheContextWithoutCase()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(Listed));

        var reading = await ReadAsync(github);

        Assert.Multiple(() =>
        {
            Assert.That(reading, Is.EqualTo(new StatusReading(true, new CommitStatus(
                PullRequestBody.Sha, "Ephemeral-Env/SHOP", CommitState.Success, "", "https://pr-1.example.com/"))));
            Assert.That(
                github.Server.Requests.Single().PathAndQuery,
                Is.EqualTo($"/repos/acme/shop/commits/{PullRequestBody.Sha}/statuses?per_page=100"));
        });
    }

    [Test]
    public async Task ReadAsync_NoneOfTheContext_KnowsThatThereIsNone()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        Assert.That(await ReadAsync(github), Is.EqualTo(new StatusReading(true, null)));
    }

    [Test]
    public async Task ReadAsync_AskedTwice_IsConditional()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(Listed));
        var first = await ReadAsync(github);

        Assert.That(await ReadAsync(github), Is.EqualTo(first));
        Assert.That(github.Server.Requests[1].Header("If-None-Match"), Is.Not.Null);
    }

    [TestCase(200, "null")]
    [TestCase(200, "[null]")]
    [TestCase(200, """[{"state":null,"context":"ephemeral-env/shop"}]""")]
    [TestCase(200, """{"message":"x"}""")]
    [TestCase(404, "[]")]
    [TestCase(403, "[]")]
    [TestCase(429, "[]")]
    [TestCase(301, "[]")]
    [TestCase(500, "[]")]
    public async Task ReadAsync_NoGoodAnswer_IsNotKnown(int status, string body)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body, status));

        Assert.That(await ReadAsync(github), Is.EqualTo(new StatusReading(false, null)));
    }

    [Test]
    public async Task ReadAsync_NoSha_IsNotKnownAndNothingIsSent()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));

        Assert.That(
            await github.Statuses.ReadAsync(github.Access, "main", "x", CancellationToken.None),
            Is.EqualTo(new StatusReading(false, null)));
        Assert.That(github.Server.Requests, Is.Empty);
    }

    private static Task<StatusReading> ReadAsync(GitHubHarness github) =>
        github.Statuses.ReadAsync(github.Access, PullRequestBody.Sha, "ephemeral-env/shop", TestContext.CurrentContext.CancellationToken);
}
