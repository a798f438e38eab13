using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

internal sealed class GoDurationTests
{
    [TestCase("5m", 300_000)]
    [TestCase("1h2m3.5s", 3_723_500)]
    [TestCase("250ms", 250)]
    public void Parse_Valid_IsTheSum(string text, double milliseconds) =>
        Assert.That(GoDuration.Parse(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase(300_000, "5m0s")]
    [TestCase(25_000, "25s")]
    [TestCase(1_500, "1.5s")]
    [TestCase(250, "250ms")]
    [TestCase(3_723_000, "1h2m3s")]
    public void Format_Duration_IsAsGoWritesIt(int milliseconds, string expected) =>
        Assert.That(GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(expected));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("1d")]
    [TestCase("-5s")]
    public void Parse_Invalid_IsNull(string? text) => Assert.That(GoDuration.Parse(text), Is.Null);
}
