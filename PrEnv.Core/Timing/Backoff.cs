using System.Runtime.InteropServices;

namespace PrEnv.Core.Timing;

/// <summary>Delays that double from attempt to attempt, up to a cap. It keeps no count: whoever retries has one.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Backoff
{
    /// <summary>Makes a back-off without jitter.</summary>
    /// <param name="first">The delay after the first failure; not negative.</param>
    /// <param name="cap">The longest delay; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public Backoff(TimeSpan first, TimeSpan cap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(cap, TimeSpan.Zero);
        (First, Cap) = (first, cap);
    }

    /// <summary>The delay after the first failure.</summary>
    public TimeSpan First { get; }

    /// <summary>The longest delay, before jitter.</summary>
    public TimeSpan Cap { get; }

    /// <summary>A delay is longer by up to this fraction of itself, so that many do not return at the same moment. Default 0.</summary>
    public double Jitter { get; init; }

    /// <summary>The delay after so many failures; nothing after none.</summary>
    /// <param name="failures">In a row, the last one included.</param>
    /// <param name="chance">Where in the jitter the delay lies: in [0, 1).</param>
    public TimeSpan After(int failures, double chance = 0)
    {
        if (failures <= 0)
            return TimeSpan.Zero;
        // As a double: 2^1000 is still a number there, where a shift of ticks would wrap.
        var ticks = Math.Min(Math.ScaleB(First.Ticks, failures - 1), Cap.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (1 + (Jitter * chance))));
    }
}
