using System.Collections.Immutable;

namespace PrEnv.Core.Timing;

/// <summary>
/// The same hours on some days of each week, in a time zone. A day is that on which the hours begin; they may last until the next day.
/// Immutable.
/// </summary>
/// <param name="days">At least one.</param>
/// <param name="from">From midnight, less than a day.</param>
/// <param name="to">From midnight, at most a day; if it is not after <paramref name="from"/>, it is of the next day.</param>
/// <param name="zone">What clock the people have. An hour that it skips is over at once; of one that it repeats, both count.</param>
public sealed class WeeklyHours(ImmutableHashSet<DayOfWeek> days, TimeSpan from, TimeSpan to, TimeZoneInfo zone)
{
    // Enough to see the hours before and after a whole week without any; what lasts for longer has neither beginning nor end.
    private const int Around = 9;

    private static readonly TimeSpan Endless = TimeSpan.FromDays(8);

    /// <summary>How a moment stands to the hours.</summary>
    public HoursAt At(DateTimeOffset now)
    {
        var spans = Spans(TimeZoneInfo.ConvertTime(now, zone).Date);
        var (before, after) = (spans.LastOrDefault(s => s.Start <= now), spans.FirstOrDefault(s => s.Start > now));
        var begins = after.End == default ? null : (DateTimeOffset?)after.Start;
        if (before.End <= now)
            return new HoursAt(IsWithin: false, before.End == default ? null : before.Start, Ends: null, begins);
        return new HoursAt(
            IsWithin: true, now - before.Start > Endless ? null : before.Start, before.End - now > Endless ? null : before.End, begins);
    }

    // In order; hours that follow each other at once are one.
    private List<(DateTimeOffset Start, DateTimeOffset End)> Spans(DateTime today)
    {
        var spans = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        for (var day = -Around; day <= Around; day++)
        {
            var date = today.AddDays(day);
            if (!days.Contains(date.DayOfWeek))
                continue;
            var (start, end) = (Moment(date + from, isEnd: false), Moment(date.AddDays(to > from ? 0 : 1) + to, isEnd: true));
            if (start >= end)
                continue;
            if (spans.Count > 0 && start <= spans[^1].End)
                spans[^1] = (spans[^1].Start, end > spans[^1].End ? end : spans[^1].End);
            else
                spans.Add((start, end));
        }

        return spans;
    }

    private DateTimeOffset Moment(DateTime local, bool isEnd)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        if (!zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return new DateTimeOffset(local, isEnd ? offsets.Min() : offsets.Max());
    }
}

/// <summary>How a moment stands to <see cref="WeeklyHours"/>.</summary>
/// <param name="IsWithin">Is it within the hours?</param>
/// <param name="Begun">When the hours began last; null: never, or more than a week ago.</param>
/// <param name="Ends">When they end; null: not within a week, or it is not within the hours.</param>
/// <param name="Begins">When they begin next; null: not within a week.</param>
public readonly record struct HoursAt(bool IsWithin, DateTimeOffset? Begun, DateTimeOffset? Ends, DateTimeOffset? Begins);
