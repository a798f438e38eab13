namespace PrEnv.Core.Informers;

/// <summary>Growing delays between attempts. Not thread-safe.</summary>
internal sealed class Backoff(ReflectorOptions options, TimeProvider time)
{
    private int _attempts;
    private long? _last;

    public TimeSpan Next()
    {
        var now = time.GetTimestamp();
        if (_last is { } last && time.GetElapsedTime(last, now) >= options.BackoffReset)
            _attempts = 0;
        _last = now;
        return Delay(options, _attempts++, options.Random());
    }

    /// <summary>The delay after so many earlier attempts; <paramref name="chance"/> is in [0, 1).</summary>
    internal static TimeSpan Delay(ReflectorOptions options, int attempts, double chance)
    {
        var ticks = Math.Min(Math.ScaleB(options.BackoffBase.Ticks, attempts), options.BackoffCap.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (1 + (options.BackoffJitter * chance))));
    }
}
