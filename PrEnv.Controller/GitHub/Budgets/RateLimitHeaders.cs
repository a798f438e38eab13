using System.Globalization;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// What an answer says about rate limits; a field that is missing or invalid is null.
/// See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api.
/// </summary>
/// <param name="Remaining">Requests left in the current hour.</param>
/// <param name="Reset">When that hour ends, by GitHub's clock.</param>
/// <param name="RetryAfter">How long to wait, counted from now.</param>
/// <param name="Date">GitHub's clock.</param>
internal sealed record RateLimitHeaders(long? Remaining, DateTimeOffset? Reset, TimeSpan? RetryAfter, DateTimeOffset? Date)
{
    /// <summary>Requests in a whole hour.</summary>
    public long? Limit { get; init; }

    /// <summary>The primary limit's window is an hour; a later time is a mistake, not a limit.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    /// <summary>The hour's requests are exhausted.</summary>
    public bool IsUsedUp => Remaining == 0;

    public static RateLimitHeaders Read(HttpResponseMessage response)
    {
        var date = response.Headers.Date;
        var retryAfter = response.Headers.RetryAfter;
        return new RateLimitHeaders(
            Number(response, "x-ratelimit-remaining"),
            Epoch(Number(response, "x-ratelimit-reset")),
            retryAfter?.Delta ?? (retryAfter?.Date - date),
            date)
        {
            Limit = Number(response, "x-ratelimit-limit"),
        };
    }

    /// <summary>How long GitHub asks to wait; null when it does not say. If both limits apply, the longer wait.</summary>
    public TimeSpan? Wait(DateTimeOffset now)
    {
        var untilReset = IsUsedUp ? UntilReset(now) : null;
        var wait = RetryAfter is { } retryAfter && !(untilReset > retryAfter) ? retryAfter : untilReset;
        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, ShortestWait.Ticks, LongestWait.Ticks)) : null;
    }

    /// <summary>
    /// Time to the end of the hour; null when it is missing or invalid. By GitHub's own clock if that is valid, so that a wrong clock here
    /// does no harm; else by ours.
    /// </summary>
    public TimeSpan? UntilReset(DateTimeOffset now) =>
        Plausible(Reset - Date) ?? Plausible(Reset - now);

    private static TimeSpan? Plausible(TimeSpan? wait) => wait > TimeSpan.Zero && wait <= LongestWait ? wait : null;

    private static long? Number(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static DateTimeOffset? Epoch(long? seconds) =>
        seconds is { } value && value <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(value) : null;
}
