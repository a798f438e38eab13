using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Sandbox.GitHub;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>What has been seen to go wrong between a client and GitHub.</summary>
[CancelAfter(120_000)]
internal sealed class BadWeatherTests
{
    [Test]
    public async Task ListAsync_TokenExpiresBetweenPages_IsUnavailableAndNotHalfAListing()
    {
        await using var github = await GitHubHarness.StartAsync(context => Answers.PageOf(context) == 1
            ? Answers.Json(PullRequestBody.Page(1), 200, ("Link", Answers.NextLink(context, 2)))(context)
            : Answers.Json("""{"message":"Bad credentials"}""", 401)(context));

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Unauthorized));
    }

    [TestCase("""{"message":"Resource not accessible by integration"}""", "pull_requests=read", "GitHub requires pull_requests=read.")]
    [TestCase("""{"message":"Resource not accessible by personal access token"}""", "pull_requests=read; contents=read", "GitHub requires pull_requests=read; contents=read.")]
    [TestCase("""{"message":"Resource protected by organization SAML enforcement."}""", null, "if it requires one.")]
    [TestCase("{}", "<script>alert(1)</script>", "if it requires one.")]
    public async Task ListAsync_Forbidden_NamesThePermissionThatGitHubNames(string body, string? permissions, string words)
    {
        await using var github = await GitHubHarness.StartAsync(
            permissions is null ? Answers.Json(body, 403) : Answers.Json(body, 403, ("X-Accepted-GitHub-Permissions", permissions)));

        var unavailable = await github.ListUnavailableAsync();

        Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.Unauthorized));
        Assert.That(unavailable.Message, Does.EndWith(words));
    }

    [TestCase(-3600, 60, "in the past: no time is named, so a minute")]
    [TestCase(86_400 * 365, 60, "a year ahead: the same")]
    [TestCase(1, 1, "in a second")]
    [TestCase(3600, 3600, "in an hour")]
    public async Task ListAsync_UsedUp_ResetTimes(int resetInSeconds, int waits, string why)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        github.Server.Answer = Answers.Json(
            "{}", 403, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", github.Epoch(TimeSpan.FromSeconds(resetInSeconds))),
            ("Date", github.Time.GetUtcNow().ToString("R")));

        Assert.That((await github.ListUnavailableAsync()).Until, Is.EqualTo(github.Time.GetUtcNow().AddSeconds(waits)), why);
    }

    [TestCase(-60)]
    [TestCase(60)]
    public async Task ListAsync_ClockIsAnHourOff_WaitsByGitHubsClock(int minutesAhead)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        var theirs = github.Time.GetUtcNow().AddMinutes(minutesAhead);
        github.Server.Answer = Answers.Json(
            "{}", 403, ("x-ratelimit-remaining", "0"), ("Date", theirs.ToString("R")),
            ("x-ratelimit-reset", theirs.AddMinutes(10).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.That((await github.ListUnavailableAsync()).Until, Is.EqualTo(github.Time.GetUtcNow().AddMinutes(10)));
    }

    [Test]
    public async Task ListAsync_SamePullRequestOnTwoPages_CountsOnceWithItsNewerState()
    {
        const string Newer = "fedcba9876543210fedcba9876543210fedcba98";
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(
            PullRequestBody.Page(3, 2),
            PullRequestBody.Array(PullRequestBody.Of(2, pr =>
            {
                pr["updated_at"] = "2026-01-02T00:00:00Z";
                pr["head"]!["sha"] = Newer;
            }), PullRequestBody.Of(1))));

        var listed = await github.ListCompleteAsync();

        Assert.That(listed.Select(p => p.Number), Is.EqualTo((int[])[1, 2, 3]));
        Assert.That(listed[1].HeadSha, Is.EqualTo(Newer));
    }

    [Test]
    public async Task ListAsync_ThreeThousandOpen_AreAllReadAndFreeTheSecondTime()
    {
        await using var server = await GitHubServer.StartAsync();
        server.CreateRepository("acme", "shop");
        server.AddToken(GitHubClientHost.Token);
        for (var i = 0; i < 3000; i++)
            server.OpenPullRequest("acme", "shop");
        await using var client = new GitHubClientHost(server.BaseUrl);
        Assert.That(await client.ListNumbersAsync(), Is.EqualTo(Enumerable.Range(1, 3000)));
        server.Requests.Reset();

        Assert.That(await client.ListNumbersAsync(), Has.Length.EqualTo(3000));

        Assert.That(server.Requests.Counters, Has.Property("Charged").Zero.And.Property("Uncharged").EqualTo(30));
    }

    [Test]
    public async Task ListAsync_UnknownAndMissingFields_DoNotMatter()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(PullRequestBody.Array(PullRequestBody.Of(1, pr =>
        {
            pr["a_field_of_tomorrow"] = new System.Text.Json.Nodes.JsonObject { ["deep"] = 1 };
            foreach (var field in (string[])["title", "user", "html_url", "updated_at", "draft", "id"])
                pr.Remove(field);
            pr["head"]!["repo"] = null;
        }))));

        var listed = (await github.ListCompleteAsync()).Single();

        Assert.That((listed.Number, listed.IsFork, listed.Author, listed.Title), Is.EqualTo((1, true, "", "")));
    }

    [TestCase("number")]
    [TestCase("state")]
    [TestCase("head")]
    [TestCase("base")]
    public async Task ListAsync_FieldMissingThatIsNeeded_IsMalformed(string field)
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Json(PullRequestBody.Array(PullRequestBody.Of(1, pr => pr.Remove(field)))));

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.Malformed));
    }

    [Test]
    public async Task Pace_NearlyUsedUp_SharesWhatIsLeftAmongAllResources()
    {
        await using var server = await GitHubServer.StartAsync();
        server.CreateRepository("acme", "shop");
        server.AddToken(GitHubClientHost.Token);
        await using var client = new GitHubClientHost(server.BaseUrl);
        server.SetRateLimit(GitHubClientHost.Token, 21, TimeSpan.FromMinutes(30));
        await client.ListNumbersAsync();
        client.PullRequests.Pace(client.Access, new ResourceKey("team", "one"), TimeSpan.FromMinutes(1));

        var slowdown = client.PullRequests.Pace(client.Access, new ResourceKey("team", "two"), TimeSpan.FromMinutes(1))!;

        Assert.That((slowdown.Remaining, slowdown.Limit), Is.EqualTo((20, 5000)));
        Assert.That((slowdown.NextCheck - client.Time.GetUtcNow()).TotalMinutes, Is.EqualTo(6).Within(0.1));
    }
}
