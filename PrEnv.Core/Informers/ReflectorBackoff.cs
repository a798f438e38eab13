using PrEnv.Core.Timing;

namespace PrEnv.Core.Informers;

/// <summary>
/// Counts a reflector's failures for its <see cref="Backoff"/>; they are reset after a long quiet period. Not thread-safe.
/// </summary>
internal sealed class ReflectorBackoff(ReflectorOptions options, TimeProvider time)
{
    private readonly Backoff _backoff = new(options.BackoffBase, options.BackoffCap) { Jitter = options.BackoffJitter };
    private int _failures;
    private long? _last;

    /// <summary>Counts another failure, and returns how long to wait after it.</summary>
    public TimeSpan Next()
    {
        var now = time.GetTimestamp();
        if (_last is { } last && time.GetElapsedTime(last, now) >= options.BackoffReset)
            _failures = 0;
        _last = now;
        return _backoff.After(++_failures, options.Random());
    }
}
