using System.Globalization;
using System.Text.RegularExpressions;

namespace PrEnv.Sandbox.Flux;

/// <summary>Durations as Flux's CRDs allow them: <c>1h2m3.5s</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Null for null and for what is none.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Whole().IsMatch(text))
            return null;
        return Part().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) => sum + Unit(part.Groups["unit"].Value)
            * double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>As Go writes it: <c>5m0s</c>, <c>25s</c>, <c>1.5s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var hours = (int)duration.TotalHours;
        var seconds = duration.Seconds + (duration.Milliseconds / 1000.0);
        return (hours, duration.Minutes) switch
        {
            (0, 0) when seconds is > 0 and < 1 => string.Create(CultureInfo.InvariantCulture, $"{duration.Milliseconds}ms"),
            (0, 0) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
            (0, var minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes}m{seconds}s"),
            (_, var minutes) => string.Create(CultureInfo.InvariantCulture, $"{hours}h{minutes}m{seconds}s"),
        };
    }

    private static TimeSpan Unit(string unit) => unit switch
    {
        "h" => TimeSpan.FromHours(1),
        "m" => TimeSpan.FromMinutes(1),
        "s" => TimeSpan.FromSeconds(1),
        _ => TimeSpan.FromMilliseconds(1),
    };

    [GeneratedRegex(@"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
