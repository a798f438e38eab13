using System.Buffers;
using System.Globalization;

namespace PrEnv.Core.Objects;

/// <summary>
/// Go's notation of a duration, such as <c>1h30m</c>, <c>90s</c> or <c>1.5h</c>. See https://pkg.go.dev/time#ParseDuration.
/// </summary>
public static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("ns", 0.01), ("us", 10), ("µs", 10), ("μs", 10), ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration that is not negative and at most 292 years (what Go can hold). False for anything else.</summary>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (text == "0")
            return true;
        if (string.IsNullOrEmpty(text))
            return false;

        double ticks = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var number = rest.IndexOfAnyExcept(Digits);
            if (number <= 0)
                return false;
            var end = rest[number..].IndexOfAny(Digits);
            var unit = end < 0 ? rest[number..] : rest.Slice(number, end);
            if (!double.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
                return false;
            if (UnitTicks(unit) is not { } size)
                return false;
            ticks += count * size;
            rest = rest[(number + unit.Length)..];
        }

        if (ticks > TimeSpan.FromDays(106_751).Ticks)
            return false;
        value = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    /// <summary>
    /// The shortest usual notation, to the millisecond: <c>30m</c>, <c>1h30m</c>, <c>1.5s</c>; for a duration that is not negative.
    /// </summary>
    public static string Format(TimeSpan value)
    {
        if (value < TimeSpan.FromSeconds(1))
            return string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:0.###}ms");
        var hours = (long)value.TotalHours;
        var seconds = value.Seconds + (value.Milliseconds / 1000m);
        return string.Concat(
            hours > 0 ? $"{hours}h" : "",
            value.Minutes > 0 ? $"{value.Minutes}m" : "",
            seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s") : "");
    }

    private static double? UnitTicks(ReadOnlySpan<char> unit)
    {
        foreach (var (name, ticks) in Units)
        {
            if (unit.SequenceEqual(name))
                return ticks;
        }

        return null;
    }
}
