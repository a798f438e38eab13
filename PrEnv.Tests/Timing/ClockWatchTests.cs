using PrEnv.Core.Timing;

namespace PrEnv.Tests.Timing;

[TestFixture]
public sealed class ClockWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void SteadySince_ATimeWithoutJumps_IsTheBeginning()
    {
        var clocks = new Clocks();
        var watch = new ClockWatch(clocks);
        clocks.Pass(TimeSpan.FromDays(7));
        clocks.Jump(TimeSpan.FromSeconds(9));

        Assert.That(watch.SteadySince(), Is.EqualTo(Start));
    }

    [TestCase(8)]
    [TestCase(-8)]
    public void SteadySince_AJump_IsWhenItWasNoticed(int hours)
    {
        var clocks = new Clocks();
        var watch = new ClockWatch(clocks);
        clocks.Jump(TimeSpan.FromHours(hours));

        Assert.That(watch.SteadySince(), Is.EqualTo(Start.AddHours(hours)));

        clocks.Pass(TimeSpan.FromMinutes(3));
        Assert.That(watch.SteadySince(), Is.EqualTo(Start.AddHours(hours)));

        clocks.Jump(TimeSpan.FromHours(-hours));
        Assert.That(watch.SteadySince(), Is.EqualTo(Start.AddMinutes(3)), "the jump back is one, too");
    }

    // The wall clock can be set; the monotonic one cannot.
    private sealed class Clocks : TimeProvider
    {
        private TimeSpan _passed;
        private TimeSpan _jumped;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _passed += time;

        public void Jump(TimeSpan time) => _jumped += time;

        public override DateTimeOffset GetUtcNow() => Start + _passed + _jumped;

        public override long GetTimestamp() => _passed.Ticks;
    }
}
