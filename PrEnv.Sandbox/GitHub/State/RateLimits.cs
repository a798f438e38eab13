namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A bucket as the headers show it.</summary>
/// <param name="Limit">Requests an hour.</param>
/// <param name="Used">Requests counted in this hour.</param>
/// <param name="ResetAt">When the hour ends.</param>
internal sealed record RateWindow(int Limit, int Used, DateTimeOffset ResetAt)
{
    public int Remaining => Math.Max(0, Limit - Used);
}

/// <summary>
/// GitHub's primary limit: a bucket per token, one for everybody without. The hour starts with the first request.
/// See https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api. Thread-safe.
/// </summary>
internal sealed class RateLimits(TimeProvider time, int perToken, int anonymous)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts one request, unless nothing remains. Null stands for no token.</summary>
    public bool TryCharge(string? token)
    {
        lock (_lock)
        {
            var window = Current(token);
            if (window.Remaining == 0)
                return false;
            _windows[Key(token)] = window with { Used = window.Used + 1 };
            return true;
        }
    }

    /// <summary>Takes a request back that turned out to be free.</summary>
    public void Refund(string? token)
    {
        lock (_lock)
        {
            var window = Current(token);
            _windows[Key(token)] = window with { Used = Math.Max(0, window.Used - 1) };
        }
    }

    public RateWindow Peek(string? token)
    {
        lock (_lock)
            return Current(token);
    }

    /// <summary>Sets what remains, and until when.</summary>
    public void Set(string? token, int remaining, TimeSpan resetIn)
    {
        lock (_lock)
        {
            var window = Current(token);
            _windows[Key(token)] = window with { Used = window.Limit - remaining, ResetAt = time.GetUtcNow() + resetIn };
        }
    }

    // A token is never empty, so the empty key is free for everybody without one.
    private static string Key(string? token) => token ?? "";

    private RateWindow Current(string? token)
    {
        var now = time.GetUtcNow();
        if (_windows.TryGetValue(Key(token), out var window) && now < window.ResetAt)
            return window;
        return _windows[Key(token)] = new RateWindow(token is null ? anonymous : perToken, 0, now + Hour);
    }
}
