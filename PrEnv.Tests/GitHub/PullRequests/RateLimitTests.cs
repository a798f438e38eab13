using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>GitHub bans clients that go on asking while they are limited.</summary>
[CancelAfter(120_000)]
internal sealed class RateLimitTests
{
    private const string SecondaryBody = """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""";

    [TestCase(403)]
    [TestCase(429)]
    public async Task ListAsync_PrimaryLimit_SendsNothingBeforeTheReset(int status)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        github.Server.Answer = Answers.Sequence(
            Answers.Json("{}", status, Remaining(0), ("x-ratelimit-reset", github.Epoch(TimeSpan.FromMinutes(10)))), Answers.Json("[]"));

        var first = await github.ListUnavailableAsync();
        github.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var second = await github.ListUnavailableAsync();
        var sent = github.Server.Requests.Count;
        github.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await github.ListNumbersAsync(), Is.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(first.Reason, Is.EqualTo(UnavailableReason.RateLimited));
            Assert.That(first.Until, Is.EqualTo(github.Time.GetUtcNow()));
            Assert.That(second, Is.EqualTo(first));
            Assert.That(sent, Is.EqualTo(1));
        });
    }

    [TestCase(403, "{}")]
    [TestCase(429, "{}")]
    public async Task ListAsync_RetryAfter_WaitsThatLong(int status, string body)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body, status, Remaining(4000), ("Retry-After", "90")));

        var unavailable = await github.ListUnavailableAsync();

        Assert.That(unavailable.Until, Is.EqualTo(github.Time.GetUtcNow().AddSeconds(90)));
    }

    [TestCase(403, SecondaryBody)]
    [TestCase(403, """{"message":"You have triggered an abuse detection mechanism."}""")]
    [TestCase(429, "not even JSON")]
    public async Task ListAsync_SecondaryLimitWithoutATime_WaitsAMinuteThenLonger(int status, string body)
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json(body, status, Remaining(4000)));

        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 16])
        {
            var unavailable = await github.ListUnavailableAsync();

            Assert.That(unavailable.Reason, Is.EqualTo(UnavailableReason.RateLimited));
            Assert.That(unavailable.Until - github.Time.GetUtcNow(), Is.EqualTo(TimeSpan.FromMinutes(minutes)));
            github.Time.Advance(TimeSpan.FromMinutes(minutes));
        }
    }

    [Test]
    public async Task ListAsync_LastRequestOfTheHour_ReturnsItsAnswerAndThenWaits()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        github.Server.Answer = Answers.Json("[]", 200, Remaining(0), ("x-ratelimit-reset", github.Epoch(TimeSpan.FromMinutes(10))));

        Assert.That(await github.ListNumbersAsync(), Is.Empty);
        Assert.That((await github.ListUnavailableAsync()).Until, Is.EqualTo(github.Time.GetUtcNow().AddMinutes(10)));
        Assert.That(github.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ListAsync_LimitIsReachedBetweenPages_IsUnavailable()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        var reset = github.Epoch(TimeSpan.FromMinutes(10));
        github.Server.Answer = context => Answers.Json(
            PullRequestBody.Page(1), 200, Remaining(0), ("x-ratelimit-reset", reset), ("Link", Answers.NextLink(context, 2)))(context);

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.RateLimited));
    }

    [Test]
    public async Task ListAsync_NotModifiedWithNothingLeft_IsSeen()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        github.Server.Answer = Answers.Sequence(
            Answers.Json("[]", 200, Remaining(1), ("ETag", "\"x\"")),
            Answers.Json("", 304, Remaining(0), ("x-ratelimit-reset", github.Epoch(TimeSpan.FromMinutes(10)))));
        await github.ListNumbersAsync();
        await github.ListNumbersAsync();

        Assert.That((await github.ListUnavailableAsync()).Reason, Is.EqualTo(UnavailableReason.RateLimited));
    }

    [Test]
    public async Task ListAsync_OtherCredential_IsNotHeldUp()
    {
        await using var github = await GitHubHarness.StartAsync(
            Answers.Sequence(Answers.Json("{}", 429, ("Retry-After", "90")), Answers.Json("[]")));
        await github.ListUnavailableAsync();

        Assert.That(await github.ListNumbersAsync(github.Access with { Credential = GitHubCredential.FromToken("another") }), Is.Empty);
    }

    [Test]
    public async Task ListAsync_Limited_LogsItOnceAsAWarning()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("{}", 429, ("Retry-After", "90")));
        await github.ListUnavailableAsync();
        await github.ListUnavailableAsync();

        Assert.That(github.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)), Has.Exactly(1).Items);
    }

    private static (string Name, string Value) Remaining(int requests) =>
        ("x-ratelimit-remaining", requests.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
