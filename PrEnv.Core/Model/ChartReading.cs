namespace PrEnv.Core.Model;

/// <summary>What was found when a HelmChart was asked why it is not ready.</summary>
/// <param name="Reason">Source-controller's reason, such as <c>SourceUnavailable</c>; null: it gives none, or could not be read.</param>
/// <param name="Message">Source-controller's sentence.</param>
public sealed record ChartReading(string? Reason, string Message)
{
    /// <summary>It gives no reason, or could not be read.</summary>
    public static ChartReading Nothing { get; } = new(null, "");
}
