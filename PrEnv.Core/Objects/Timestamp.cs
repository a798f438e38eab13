namespace PrEnv.Core.Objects;

/// <summary>Times as Kubernetes keeps them.</summary>
public static class Timestamp
{
    /// <summary>
    /// Without fractions of a second: <c>metav1.Time</c> has none, and a status with fractions would differ from the stored one.
    /// </summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
