using System.Globalization;

namespace PrEnv.Core.Objects;

/// <summary>Times as Kubernetes keeps them.</summary>
public static class Timestamp
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>
    /// Without fractions of a second: <c>metav1.Time</c> has none, and a status with fractions would differ from the stored one.
    /// </summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>A time as <c>metav1.Time</c> is written, to the second: <c>2026-03-01T12:00:00Z</c>.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads what <see cref="Format"/> writes; null if it is anything else. Where a manual edit left the date out, a more lenient parser
    /// would assume today's.
    /// </summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text) =>
        DateTimeOffset.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
