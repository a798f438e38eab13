using System.Globalization;

namespace PrEnv.Core.Texts;

/// <summary>How long something has lasted or will last, for people: 45s, 90m, 30h, 5d.</summary>
public static class Age
{
    /// <summary>Empty if it is not known.</summary>
    public static string Of(DateTimeOffset? since, DateTimeOffset now) => since is { } at ? Of(now - at) : "";

    /// <summary>
    /// Whole units, in the greatest of which there are at least two; 0s for less than nothing. The page's script does the same.
    /// </summary>
    public static string Of(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.FromSeconds(1) => "0s",
        _ when time < TimeSpan.FromMinutes(2) => Text($"{(int)time.TotalSeconds}s"),
        _ when time < TimeSpan.FromHours(2) => Text($"{(int)time.TotalMinutes}m"),
        _ when time < TimeSpan.FromDays(2) => Text($"{(int)time.TotalHours}h"),
        _ => Text($"{(int)time.TotalDays}d"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
