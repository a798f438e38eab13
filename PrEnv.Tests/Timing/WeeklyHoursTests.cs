using System.Globalization;
using PrEnv.Core.Timing;

namespace PrEnv.Tests.Timing;

/// <summary>Hours of a week, by the clocks of people. In 2026, Berlin's clocks go forward on 29 March and back on 25 October.</summary>
[TestFixture]
public sealed class WeeklyHoursTests
{
    private static readonly DayOfWeek[] All = Enum.GetValues<DayOfWeek>();

    private static readonly DayOfWeek[] Weekdays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    // 2 March 2026 is a Monday.
    [TestCase("2026-03-02T05:59:59Z", false, "2026-02-27T06:00:00Z", null, "2026-03-02T06:00:00Z")]
    [TestCase("2026-03-02T06:00:00Z", true, "2026-03-02T06:00:00Z", "2026-03-02T19:00:00Z", "2026-03-03T06:00:00Z")]
    [TestCase("2026-03-02T18:59:59Z", true, "2026-03-02T06:00:00Z", "2026-03-02T19:00:00Z", "2026-03-03T06:00:00Z")]
    [TestCase("2026-03-02T19:00:00Z", false, "2026-03-02T06:00:00Z", null, "2026-03-03T06:00:00Z")]
    [TestCase("2026-03-06T20:00:00Z", false, "2026-03-06T06:00:00Z", null, "2026-03-09T06:00:00Z", Description = "a Friday")]
    [TestCase("2026-07-06T05:00:00Z", true, "2026-07-06T05:00:00Z", "2026-07-06T18:00:00Z", "2026-07-07T05:00:00Z", Description = "summer")]
    public void At_OfWorkingHours_KnowsBeginningAndEnd(string now, bool isWithin, string? begun, string? ends, string? begins) =>
        Assert.That(Berlin("07:00", "20:00", Weekdays).At(Time(now)!.Value), Is.EqualTo(At(isWithin, begun, ends, begins)));

    [TestCase("2026-03-06T20:59:59Z", false, "2026-02-27T21:00:00Z", null, "2026-03-06T21:00:00Z")]
    [TestCase("2026-03-06T21:00:00Z", true, "2026-03-06T21:00:00Z", "2026-03-07T05:00:00Z", "2026-03-13T21:00:00Z")]
    [TestCase("2026-03-07T04:59:59Z", true, "2026-03-06T21:00:00Z", "2026-03-07T05:00:00Z", "2026-03-13T21:00:00Z")]
    [TestCase("2026-03-07T05:00:00Z", false, "2026-03-06T21:00:00Z", null, "2026-03-13T21:00:00Z")]
    public void At_OfHoursOverMidnight_EndsOnTheNextDay(string now, bool isWithin, string? begun, string? ends, string? begins) =>
        Assert.That(Berlin("22:00", "06:00", DayOfWeek.Friday).At(Time(now)!.Value), Is.EqualTo(At(isWithin, begun, ends, begins)));

    [TestCase("2026-03-29T00:59:59Z", false, Description = "01:59:59, the last second before the gap")]
    [TestCase("2026-03-29T01:00:00Z", true, Description = "03:00, after 02:30")]
    [TestCase("2026-03-29T01:30:00Z", false, Description = "03:30")]
    public void At_WhereTheClockSkipsTheBeginning_BeginsAfterTheGap(string now, bool isWithin) =>
        Assert.That(Berlin("02:30", "03:30", All).At(Time(now)!.Value).IsWithin, Is.EqualTo(isWithin));

    [Test]
    public void At_WhereTheClockSkipsAllOfIt_IsNotWithin()
    {
        var at = Berlin("02:00", "02:30", All).At(Time("2026-03-29T01:00:00Z")!.Value);

        Assert.That(at, Is.EqualTo(At(false, "2026-03-28T01:00:00Z", null, "2026-03-30T00:00:00Z")));
    }

    [TestCase("2026-10-25T00:29:59Z", false, Description = "02:29:59, for the first time")]
    [TestCase("2026-10-25T00:30:00Z", true)]
    [TestCase("2026-10-25T01:15:00Z", true, Description = "02:15, for the second time")]
    [TestCase("2026-10-25T01:44:59Z", true, Description = "02:44:59, for the second time")]
    [TestCase("2026-10-25T01:45:00Z", false)]
    public void At_WhereTheClockRepeatsAnHour_HasBoth(string now, bool isWithin) =>
        Assert.That(Berlin("02:30", "02:45", All).At(Time(now)!.Value).IsWithin, Is.EqualTo(isWithin));

    [Test]
    public void At_OfWholeWeekdays_IsOneSpan() =>
        Assert.That(
            Berlin("00:00", "24:00", Weekdays).At(Time("2026-03-04T11:00:00Z")!.Value),
            Is.EqualTo(At(true, "2026-03-01T23:00:00Z", "2026-03-06T23:00:00Z", "2026-03-08T23:00:00Z")));

    [TestCase("2026-03-29T01:00:00Z")]
    [TestCase("2026-10-25T01:00:00Z")]
    [TestCase("2026-12-31T23:00:00Z")]
    public void At_OfAlways_HasNeitherBeginningNorEnd(string now) =>
        Assert.That(Berlin("00:00", "24:00", All).At(Time(now)!.Value), Is.EqualTo(At(true, null, null, null)));

    [Test]
    public void At_NextToEveryTransitionOfAYear_ChangesExactlyThere()
    {
        string[] zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"];
        foreach (var zone in zones)
        {
            var hours = Hours("23:15", "02:20", zone, Weekdays);
            var now = Time("2026-01-01T00:00:00Z")!.Value;
            for (var changes = 0; changes < 500; changes++)
            {
                var at = hours.At(now);
                var next = (at.IsWithin ? at.Ends : at.Begins)!.Value;
                Assert.That(next, Is.GreaterThan(now), $"{zone} {now:O}");
                Assert.That(hours.At(next.AddTicks(-1)).IsWithin, Is.EqualTo(at.IsWithin), $"{zone} before {next:O}");
                Assert.That(hours.At(next).IsWithin, Is.Not.EqualTo(at.IsWithin), $"{zone} {next:O}");
                now = next;
            }
        }
    }

    private static WeeklyHours Berlin(string from, string to, params DayOfWeek[] days) => Hours(from, to, "Europe/Berlin", days);

    private static WeeklyHours Hours(string from, string to, string zone, DayOfWeek[] days) => new(
        [.. days], Clock(from), Clock(to), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static TimeSpan Clock(string text) => new(
        int.Parse(text.AsSpan(..2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(3..), CultureInfo.InvariantCulture), 0);

    private static HoursAt At(bool isWithin, string? begun, string? ends, string? begins) =>
        new(isWithin, Time(begun), Time(ends), Time(begins));

    private static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
