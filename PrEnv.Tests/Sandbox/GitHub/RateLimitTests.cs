namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class RateLimitTests : GitHubServerTestBase
{
    [Test]
    public async Task Headers_EveryAnswer_HasAllFive()
    {
        foreach (
            var (url, token) in ((string, string?)[])[
                (Pulls, Token), ("nowhere", Token), (Pulls, "wrong"), (Pulls, null), ("rate_limit", Token)])
        {
            var answer = await GitHub.GetAsync(url, token);
            foreach (var name in (string[])["limit", "remaining", "used", "reset", "resource"])
                Assert.That(answer.Header("x-ratelimit-" + name), Is.Not.Null, $"{url}: {name}");
        }
    }

    [Test]
    public async Task Primary_Requests_CountDownUntilTheHourIsOver()
    {
        var first = await GitHub.GetAsync(Pulls, Token);
        var second = await GitHub.GetAsync(Pulls, Token);
        Time.Advance(TimeSpan.FromHours(1));
        var third = await GitHub.GetAsync(Pulls, Token);

        Assert.That(first.Header("x-ratelimit-remaining"), Is.EqualTo("4999"));
        Assert.That(first.Header("x-ratelimit-reset"), Is.EqualTo("1767326645"), "epoch seconds, an hour after the first request");
        Assert.That(second.Header("x-ratelimit-remaining"), Is.EqualTo("4998"));
        Assert.That(second.Header("x-ratelimit-used"), Is.EqualTo("2"));
        Assert.That(third.Header("x-ratelimit-remaining"), Is.EqualTo("4999"));
    }

    [Test]
    public async Task Primary_Anonymous_Is60AnHour()
    {
        for (var i = 0; i < 60; i++)
            Assert.That((await GitHub.GetAsync(Pulls)).Status, Is.EqualTo(200));

        var refused = await GitHub.GetAsync(Pulls);

        Assert.That(refused.Status, Is.EqualTo(403));
        Assert.That(refused.Header("x-ratelimit-remaining"), Is.EqualTo("0"));
        Assert.That(refused.Text, Does.Contain("API rate limit exceeded"));
        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(200), "a token has a bucket of its own");
    }

    [Test]
    public async Task Primary_UsedUp_IsRefusedUntilReset()
    {
        Server.SetRateLimit(Token, remaining: 0, TimeSpan.FromMinutes(5));

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(403));
        Assert.That((await GitHub.GetAsync("rate_limit", Token)).Status, Is.EqualTo(200), "free");
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(200));
    }

    [TestCase("2022-11-28", true)]
    [TestCase("2026-03-10", false)]
    public async Task RateLimit_Version_DecidesAboutRate(string version, bool expected)
    {
        await GitHub.GetAsync(Pulls, Token);

        var answer = (await GitHub.GetAsync("rate_limit", Token, version: version)).Json;

        Assert.That(answer.GetProperty("resources").GetProperty("core").GetProperty("used").GetInt32(), Is.EqualTo(1));
        Assert.That(answer.TryGetProperty("rate", out _), Is.EqualTo(expected));
    }
}
