using PrEnv.Core.Plans;

namespace PrEnv.Core.Environments;

/// <summary>Arithmetic of moments, by a clock that may be wrong.</summary>
internal static class Moments
{
    /// <summary>So much may two replicas' clocks differ.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    // A clock that has just jumped may jump back.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    /// <summary>
    /// From when on the clock is believed that so much time has passed: a short time does not wait for longer than itself.
    /// </summary>
    public static DateTimeOffset SettledAt(Snapshot snapshot, TimeSpan? timeout) =>
        Later(snapshot.ClockSteadySince, timeout < Settling ? timeout.Value : Settling);

    /// <summary>Is it past that moment?</summary>
    public static bool IsSettled(Snapshot snapshot, TimeSpan? timeout) => SettledAt(snapshot, timeout) <= snapshot.Now;

    /// <summary>The sum, or the last moment that there is.</summary>
    public static DateTimeOffset Later(DateTimeOffset time, TimeSpan span) =>
        DateTimeOffset.MaxValue - time < span ? DateTimeOffset.MaxValue : time + span;

    /// <summary>The first of two moments; null: neither.</summary>
    public static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
