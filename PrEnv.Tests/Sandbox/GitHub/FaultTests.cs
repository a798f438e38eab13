using System.Text.Json;
using PrEnv.Sandbox.GitHub.Faults;

namespace PrEnv.Tests.Sandbox.GitHub;

internal sealed class FaultTests : GitHubServerTestBase
{
    [Test]
    public async Task Rule_MethodPathPageSkipTimes_StrikeExactlyThose()
    {
        Open(5);
        Server.Faults.Add(new FaultRule
        {
            Method = "GET",
            Path = "/pulls$",
            Page = 2,
            Skip = 1,
            Times = 2,
            Effect = new FaultEffect.Answer(502, "Bad gateway", "text/html"),
        });

        async Task<int> Page(int page) => (await GitHub.GetAsync($"{Pulls}?per_page=2&page={page}", Token)).Status;

        Assert.That(await Page(1), Is.EqualTo(200));
        Assert.That(await Page(2), Is.EqualTo(200), "skipped");
        Assert.That((await GitHub.GetAsync(Pulls + "/1", Token)).Status, Is.EqualTo(200));
        Assert.That(await Page(2), Is.EqualTo(502));
        Assert.That(await Page(2), Is.EqualTo(502));
        Assert.That(await Page(2), Is.EqualTo(200), "used up");
        Assert.That(Server.Faults.Pending, Is.Zero);
    }

    [Test]
    public async Task Rule_TimesNull_StrikesUntilCleared()
    {
        Server.Faults.Add(new FaultRule { Times = null, Effect = new FaultEffect.Answer(500) });
        for (var i = 0; i < 3; i++)
            Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(500));

        Server.Faults.Clear();

        Assert.That((await GitHub.GetAsync(Pulls, Token)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task EmptyList_IsAValidAnswerThatLies()
    {
        Open(1);
        Server.Faults.Add(new FaultRule { Effect = FaultEffect.EmptyList });

        var answer = await GitHub.GetAsync(Pulls, Token);

        Assert.That((answer.Status, answer.Text), Is.EqualTo((200, "[]")));
        Assert.That(answer.Header("x-ratelimit-remaining"), Is.EqualTo("4999"));
    }

    [Test]
    public async Task MalformedJson_DoesNotParse()
    {
        Server.Faults.Add(new FaultRule { Effect = FaultEffect.MalformedJson });

        var answer = await GitHub.GetAsync(Pulls, Token);

        Assert.That(() => answer.Json, Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void Truncate_CutsTheBodyShortOfItsLength()
    {
        Open(3);
        Server.Faults.Add(new FaultRule { Effect = new FaultEffect.Truncate() });

        Assert.That(() => GitHub.GetAsync(Pulls, Token), Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());
    }

    [Test]
    public async Task Drop_CutsTheConnectionAndIsLogged()
    {
        Server.Faults.Add(new FaultRule { Effect = new FaultEffect.Drop() });

        Assert.That(() => GitHub.GetAsync(Pulls, Token), Throws.InstanceOf<HttpRequestException>());

        await Server.UntilAsync(
            server => server.Requests.Entries.Any(entry => entry.Status == 0), TestContext.CurrentContext.CancellationToken);
    }

    [Test]
    public async Task Delay_HoldsTheRequestByTheServersClock()
    {
        Server.Faults.Add(new FaultRule { Delay = TimeSpan.FromMinutes(3) });

        var answer = GitHub.GetAsync(Pulls, Token);
        await Server.UntilAsync(server => server.Faults.Holding == 1, TestContext.CurrentContext.CancellationToken);
        Time.Advance(TimeSpan.FromMinutes(3) - TimeSpan.FromTicks(1));
        Assert.That(Server.Faults.Holding, Is.EqualTo(1));
        Time.Advance(TimeSpan.FromTicks(1));

        Assert.That((await answer).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Redirect_PointsWhereItIsTold()
    {
        Server.Faults.Add(new FaultRule { Effect = new FaultEffect.Redirect(new Uri("http://evil.example/x"), 301) });

        var answer = await GitHub.GetAsync(Pulls, Token);

        Assert.That((answer.Status, answer.Header("location")), Is.EqualTo((301, "http://evil.example/x")));
    }

    [TestCase(403)]
    [TestCase(429)]
    public async Task PrimaryLimit_SaysWhenItEnds(int status)
    {
        Server.Faults.Add(new FaultRule { Effect = new FaultEffect.PrimaryLimit(status, ResetSeconds: 90) });

        var answer = await GitHub.GetAsync(Pulls, Token);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Header("x-ratelimit-remaining"), Is.EqualTo("0"));
        Assert.That(answer.Header("x-ratelimit-reset"), Is.EqualTo($"{Time.GetUtcNow().ToUnixTimeSeconds() + 90}"));
    }

    [TestCase(403, 7, "7")]
    [TestCase(429, null, null)]
    public async Task SecondaryLimit_MaySayRetryAfter(int status, int? seconds, string? expected)
    {
        Server.Faults.Add(new FaultRule { Effect = new FaultEffect.SecondaryLimit(status, seconds) });

        var answer = await GitHub.GetAsync(Pulls, Token);

        Assert.That((answer.Status, answer.Header("retry-after")), Is.EqualTo((status, expected)));
        Assert.That(answer.Text, Does.Contain("secondary rate limit"));
    }
}
