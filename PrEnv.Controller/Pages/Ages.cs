using System.Globalization;

namespace PrEnv.Controller.Pages;

/// <summary>Times, as the page shows them.</summary>
internal static class Ages
{
    /// <summary>How long ago, in its largest unit, as kubectl prints ages: 45s, 12m, 3h, 5d.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now > time ? now - time : TimeSpan.Zero;
        var (count, unit) = age switch
        {
            { TotalMinutes: < 1 } => (age.TotalSeconds, 's'),
            { TotalHours: < 1 } => (age.TotalMinutes, 'm'),
            { TotalDays: < 1 } => (age.TotalHours, 'h'),
            _ => (age.TotalDays, 'd'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count)}{unit}");
    }

    /// <summary>For machines.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For people.</summary>
    public static string Full(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
