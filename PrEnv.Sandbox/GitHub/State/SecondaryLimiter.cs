namespace PrEnv.Sandbox.GitHub.State;

/// <summary>
/// GitHub's published secondary limits. See
/// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits.
/// </summary>
/// <param name="PointsPerMinute">A read costs 1, a write 5. GitHub counts by endpoint; the double, stricter, counts all together.</param>
/// <param name="WritesPerMinute">Requests that create content.</param>
/// <param name="WritesPerHour">The same, by the hour.</param>
/// <param name="Status">403 or 429: GitHub uses both.</param>
internal sealed record SecondaryLimits(int PointsPerMinute = 900, int WritesPerMinute = 80, int WritesPerHour = 500, int Status = 403);

/// <summary>Sliding windows per token. Thread-safe.</summary>
internal sealed class SecondaryLimiter(TimeProvider time, SecondaryLimits limits)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<(DateTimeOffset At, bool Write)>> _requests = new(StringComparer.Ordinal);

    /// <summary>403 or 429.</summary>
    public int Status => limits.Status;

    /// <summary>Null when the request may pass, else how long to wait.</summary>
    public TimeSpan? Admit(string? token, bool write)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (!_requests.TryGetValue(token ?? "", out var past))
                _requests[token ?? ""] = past = [];
            past.RemoveAll(request => now - request.At >= Hour);
            if (Wait(past, now, write) is { } wait)
                return wait;
            past.Add((now, write));
            return null;
        }
    }

    private TimeSpan? Wait(List<(DateTimeOffset At, bool Write)> past, DateTimeOffset now, bool write)
    {
        var minute = past.Where(request => now - request.At < Minute).ToArray();
        if (minute.Sum(request => Points(request.Write)) + Points(write) > limits.PointsPerMinute)
            return minute[0].At + Minute - now;
        if (!write)
            return null;
        if (minute.Count(request => request.Write) >= limits.WritesPerMinute)
            return minute.First(request => request.Write).At + Minute - now;
        return past.Count(request => request.Write) >= limits.WritesPerHour
            ? past.First(request => request.Write).At + Hour - now
            : null;
    }

    private static int Points(bool write) => write ? 5 : 1;
}
