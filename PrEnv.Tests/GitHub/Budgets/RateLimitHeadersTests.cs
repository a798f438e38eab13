using PrEnv.Controller.GitHub.Budgets;

namespace PrEnv.Tests.GitHub.Budgets;

internal sealed class RateLimitHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData<RateLimitHeaders, double?>> Waits()
    {
        yield return Row("nothing said", Headers(), null);
        yield return Row("requests left", Headers(remaining: 1, reset: Now.AddSeconds(100)), null);
        yield return Row("used up", Headers(remaining: 0, reset: Now.AddSeconds(100)), 100);
        yield return Row("used up, by GitHub's own clock", Headers(0, Now.AddHours(5).AddSeconds(100), date: Now.AddHours(5)), 100);
        yield return Row("used up, GitHub's clock makes no sense", Headers(0, Now.AddSeconds(100), date: Now.AddYears(1)), 100);
        yield return Row("used up, no reset", Headers(remaining: 0), null);
        yield return Row("used up, reset in the past", Headers(remaining: 0, reset: Now.AddSeconds(-100)), null);
        yield return Row("used up, reset in ten years", Headers(remaining: 0, reset: Now.AddYears(10)), null);
        yield return Row("retry after", Headers(retryAfter: 30), 30);
        yield return Row("retry after, longer than the reset", Headers(0, Now.AddSeconds(10), retryAfter: 30), 30);
        yield return Row("retry after, shorter than the reset", Headers(0, Now.AddSeconds(100), retryAfter: 30), 100);
        yield return Row("retry at once", Headers(retryAfter: 0), 1);
        yield return Row("retry in a year", Headers(retryAfter: 31_536_000), 3660);
    }

    [TestCaseSource(nameof(Waits))]
    public void Wait_Headers_SaysHowLong(RateLimitHeaders headers, double? seconds) =>
        Assert.That(headers.Wait(Now)?.TotalSeconds, Is.EqualTo(seconds));

    [TestCase("x", "x")]
    [TestCase("-1", "-1")]
    [TestCase("", "")]
    [TestCase("99999999999999999999", "99999999999999999999")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    [TestCase("0x0", "1e9")]
    public void Read_Nonsense_NeverThrowsAndIsNoLimit(string remaining, string reset)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("x-ratelimit-remaining", remaining);
        response.Headers.TryAddWithoutValidation("x-ratelimit-reset", reset);
        response.Headers.TryAddWithoutValidation("retry-after", remaining);
        response.Headers.TryAddWithoutValidation("date", reset);

        var headers = RateLimitHeaders.Read(response);

        Assert.That(headers.Wait(Now), Is.Null);
    }

    [Test]
    public void Read_RetryAfterAsDate_CountsFromGitHubsClock()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = Now.AddDays(3);
        response.Headers.TryAddWithoutValidation("retry-after", Now.AddDays(3).AddSeconds(20).ToString("r"));

        Assert.That(RateLimitHeaders.Read(response).Wait(Now), Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    private static RateLimitHeaders Headers(
        long? remaining = null, DateTimeOffset? reset = null, int? retryAfter = null, DateTimeOffset? date = null) =>
        new(remaining, reset, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null, date);

    private static TestCaseData<RateLimitHeaders, double?> Row(string name, RateLimitHeaders headers, double? seconds) =>
        new(headers, seconds) { TestName = $"Wait_Headers_SaysHowLong({name})" };
}
