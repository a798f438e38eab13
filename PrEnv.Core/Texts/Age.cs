using System.Globalization;

namespace PrEnv.Controller.Terminal;

/// <summary>How long ago something was, as kubectl prints it.</summary>
internal static class Age
{
    /// <summary>Empty if it is not known.</summary>
    public static string Of(DateTimeOffset? since, DateTimeOffset now) => since is { } at ? Of(now - at) : "";

    /// <summary>The two greatest units at most; 0s for the future.</summary>
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
