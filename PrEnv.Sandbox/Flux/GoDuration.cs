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
