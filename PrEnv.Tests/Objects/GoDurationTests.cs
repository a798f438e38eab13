using CsCheck;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Objects;

[TestFixture]
public sealed class GoDurationTests
{
    [TestCase("0", 0)]
    [TestCase("0s", 0)]
    [TestCase("1ms", 1)]
    [TestCase("60s", 60_000)]
    [TestCase("1.5s", 1_500)]
    [TestCase(".5s", 500)]
    [TestCase("5.s", 5_000)]
    [TestCase("1h30m", 5_400_000)]
    [TestCase("1h0m1s", 3_601_000)]
    [TestCase("1m1m", 120_000)]
    [TestCase("1000us", 1)]
    [TestCase("1000µs", 1)]
    [TestCase("1000μs", 1)]
    [TestCase("1000000ns", 1)]
    [TestCase("1.001s", 1_001)]
    [TestCase("2540400h10m10s", 9_145_440_610_000)]
    public void TryParse_OfWhatGoTakes_GivesIt(string text, double milliseconds)
    {
        Assert.That(GoDuration.TryParse(text, out var value), Is.True);
        Assert.That(value.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("s")]
    [TestCase(".")]
    [TestCase(".s")]
    [TestCase("5")]
    [TestCase("1h5")]
    [TestCase("1d")]
    [TestCase("1 s")]
    [TestCase(" 1s")]
    [TestCase("1s ")]
    [TestCase("-1s")]
    [TestCase("1.2.3s")]
    [TestCase("1,5s")]
    [TestCase("1e3s")]
    [TestCase("1S")]
    [TestCase("NaNs")]
    [TestCase("∞s")]
    [TestCase("１s")]
    [TestCase("2562048h")]
    [TestCase("99999999999999999999999999999999999999999999999999h")]
    [TestCase("often")]
    public void TryParse_OfAnythingElse_IsFalse(string? text)
    {
        Assert.That(GoDuration.TryParse(text, out var value), Is.False);
        Assert.That(value, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase(0, "0ms")]
    [TestCase(250, "250ms")]
    [TestCase(1_000, "1s")]
    [TestCase(1_500, "1.5s")]
    [TestCase(90_000, "1m30s")]
    [TestCase(1_800_000, "30m")]
    [TestCase(3_600_000, "1h")]
    [TestCase(3_601_000, "1h1s")]
    [TestCase(360_000_000, "100h")]
    public void Format_OfADuration_IsTheUsualNotation(double milliseconds, string text) =>
        Assert.That(GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(text));

    [Test]
    public void Format_OfWholeMilliseconds_IsReadBackAsTheSame() =>
        Gen.Long[0, 1_000_000_000_000].Sample(milliseconds =>
        {
            var value = TimeSpan.FromMilliseconds(milliseconds);
            Assert.That(GoDuration.TryParse(GoDuration.Format(value), out var read), Is.True);
            Assert.That(read, Is.EqualTo(value));
        });

    [Test]
    public void TryParse_OfAnyText_DoesNotThrow() =>
        Gen.OneOf(Gen.String, Gen.Char["0123456789.hmsnuµ-+ e"].Array[0, 12].Select(c => new string(c))).Sample(text =>
        {
            if (GoDuration.TryParse(text, out var value))
                Assert.That(value, Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        });
}
