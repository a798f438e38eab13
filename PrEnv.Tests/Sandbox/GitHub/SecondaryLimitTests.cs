using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class SecondaryLimitTests : GitHubServerTestBase
{
    protected override GitHubServerOptions Configure(GitHubServerOptions options) =>
        options with { SecondaryLimits = new SecondaryLimits(PointsPerMinute: 20, WritesPerMinute: 3, WritesPerHour: 5, Status: 429) };

    [Test]
    public async Task Writes_PerMinute_AreRefusedWithRetryAfter()
    {
        var sha = Server.OpenPullRequest(Owner, Repo).HeadSha;
        for (var i = 0; i < 3; i++)
            Assert.That(await PostAsync(sha), Is.EqualTo((201, (string?)null)));
        Time.Advance(TimeSpan.FromSeconds(20));

        Assert.That(await PostAsync(sha), Is.EqualTo((429, "40")));
        Time.Advance(TimeSpan.FromSeconds(40));
        Assert.That(await PostAsync(sha), Is.EqualTo((201, (string?)null)));
    }

    [Test]
    public async Task Writes_PerHour_AreRefused()
    {
        var sha = Server.OpenPullRequest(Owner, Repo).HeadSha;
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await PostAsync(sha), Is.EqualTo((201, (string?)null)));
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(await PostAsync(sha), Is.EqualTo((429, "3300")));
    }

    [Test]
    public async Task Points_PerMinute_CountReadsAndWrites()
    {
        var sha = Server.OpenPullRequest(Owner, Repo).HeadSha;
        await PostAsync(sha);
        for (var i = 0; i < 15; i++)
            Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(200));

        var refused = await GitHub.GetAsync(Pulls, Token);

        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Text, Does.Contain("secondary rate limit"));
    }

    private async Task<(int Status, string? RetryAfter)> PostAsync(string sha)
    {
        var answer = await GitHub.PostAsync($"repos/acme/shop/statuses/{sha}", """{"state":"pending"}""", Token);
        return (answer.Status, answer.Header("retry-after"));
    }
}
