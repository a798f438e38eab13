using PrEnv.Controller.GitHub.Http;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>A 304 that should not have been one: it is believed for some hours, and no longer.</summary>
[CancelAfter(120_000)]
internal sealed class WrongConfirmationTests
{
    [Test]
    public async Task ListAsync_EverythingIsConfirmed_IsReadInFullOnceInSixHours()
    {
        var body = PullRequestBody.Page(1);
        await using var github = await GitHubHarness.StartAsync(context => context.Request.Headers.IfNoneMatch.Count > 0
            ? Answers.Json("", 304)(context)
            : Answers.Json(body, 200, ("ETag", "W/\"1\""))(context));
        await github.ListNumbersAsync();
        body = PullRequestBody.Page(1, 2);
        var start = github.Time.GetUtcNow();
        while ((await github.ListNumbersAsync()).Length < 2)
        {
            Assert.That(github.Time.GetUtcNow() - start, Is.LessThanOrEqualTo(PageCache.Trust));
            github.Time.Advance(TimeSpan.FromMinutes(10));
        }

        var charged = github.Server.Requests.Count(r => r.Header("If-None-Match") is null);
        for (var minutes = 0; minutes < 4 * 360; minutes += 10)
        {
            await github.ListNumbersAsync();
            github.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.That(github.Server.Requests.Count(r => r.Header("If-None-Match") is null) - charged, Is.InRange(3, 4), "in a day");
    }

    [Test]
    public void Store_ManyPagesTogether_AreNotAllDueAtTheSameTime()
    {
        using var cache = new PageCache(10_000_000);
        var keys = Enumerable.Range(0, 1000).Select(i => new PageKey($"https://api.github.example/{i}", "c")).ToList();
        foreach (var key in keys)
            cache.Store(key, "\"1\"", null, null, [1], GitHubClientHost.Start);

        Assert.That(
            Enumerable.Range(3, 4).Select(hour => keys.Count(k => cache.Find(k)!.TrustedUntil > GitHubClientHost.Start.AddHours(hour))),
            Is.EqualTo((int[])[1000, 667, 333, 0]).Using<int>((one, other) => Math.Abs(one - other) < 100));
        cache.Store(keys[0], "\"2\"", null, null, [1], GitHubClientHost.Start);
        Assert.That(cache.Find(keys[0])!.TrustedUntil, Is.EqualTo(GitHubClientHost.Start + PageCache.Trust), "from the second time on");
    }
}
