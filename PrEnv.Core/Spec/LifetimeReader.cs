using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Spec;

/// <summary>Checks <c>spec.expiry</c> and <c>spec.sleep</c>.</summary>
/// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
internal sealed class LifetimeReader(Action<string, string> add)
{
    private const int MaxZone = 64;

    private const string AwakeField = "sleep.awake";

    private static readonly ImmutableArray<string> DayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public ExpiryPolicy? Read(Expiry? expiry)
    {
        var labels = ItemLists.Labels(add, "expiry.keepLabels", expiry?.KeepLabels);
        return IdleTimeout("expiry.idleTimeout", expiry?.IdleTimeout) is { } timeout ? new ExpiryPolicy(timeout, labels) : null;
    }

    public SleepPolicy? Read(Sleep? sleep, ReleaseFields fields)
    {
        if (sleep is null)
            return null;
        var values = fields.SleepValues(sleep.Values);
        var labels = ItemLists.Labels(add, "sleep.keepLabels", sleep.KeepLabels);
        var (timeout, hours) = (IdleTimeout("sleep.idleTimeout", sleep.IdleTimeout), sleep.Awake is { } awake ? Hours(awake) : null);
        return values is { } given ? new SleepPolicy(given, timeout, hours, labels) : null;
    }

    private WeeklyHours? Hours(AwakeHours awake)
    {
        var days = Days(awake.Days);
        var (from, to) = (Time("from", awake.From), Time("to", awake.To));
        var zone = Zone(awake.TimeZone ?? SpecDefaults.TimeZone);
        if (from == TimeSpan.FromDays(1))
            add($"{AwakeField}.from", "must be before 24:00");
        else if (from is not null && from == to)
            add($"{AwakeField}.to", "is the same as from; for whole days, use 00:00 and 24:00");
        return from is null || to is null || zone is null || days.IsEmpty ? null : new WeeklyHours(days, from.Value, to.Value, zone);
    }

    private ImmutableHashSet<DayOfWeek> Days(IReadOnlyList<string?>? names)
    {
        if (names is null)
            return [.. Enum.GetValues<DayOfWeek>()];
        if (names.Count is 0 or > 7)
            add($"{AwakeField}.days", "must have 1 to 7 days");
        foreach (var (index, name) in names.Index().Where(n => n.Item is null || !DayNames.Contains(n.Item, StringComparer.Ordinal)))
            add($"{AwakeField}.days[{index}]", $"is \"{Text.Excerpt(name ?? "", 60)}\"; it must be Mon, Tue, Wed, Thu, Fri, Sat or Sun");
        return [.. names.Select(name => name is null ? -1 : DayNames.IndexOf(name)).Where(day => day >= 0).Select(day => (DayOfWeek)day)];
    }

    private TimeSpan? Time(string field, string? text)
    {
        if (text is not null && SpecPatterns.TimeOfDay().IsMatch(text))
            return new TimeSpan(Number(text[..2]), Number(text[3..]), 0);
        add($"{AwakeField}.{field}", text is null ? "is required" : $"is \"{Text.Excerpt(text, 60)}\"; it must be a time such as 07:30");
        return null;
    }

    // The runtime reads the database of the operating system, once for each zone.
    private TimeZoneInfo? Zone(string name)
    {
        if (name.Length <= MaxZone && SpecPatterns.TimeZone().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        add(
            $"{AwakeField}.timeZone",
            $"is \"{Text.Excerpt(name, MaxZone)}\", which is not a known time zone; use a name such as Europe/Berlin");
        return null;
    }

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    private TimeSpan? IdleTimeout(string field, string? text)
    {
        if (text is null)
            return null;
        if (!GoDuration.TryParse(text, out var timeout))
            add(field, $"is \"{Text.Excerpt(text, 60)}\", which is not a valid duration; use a form such as 36h or 168h");
        else if (timeout < ExpiryPolicy.MinimumTimeout)
            add(field, "must be at least 10s");
        return timeout;
    }
}
