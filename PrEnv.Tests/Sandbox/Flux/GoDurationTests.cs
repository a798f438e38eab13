using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

internal sealed class GoDurationTests
{
    [TestCase("5m", 300_000)]
    [TestCase("1h2m3.5s", 3_723_500)]
    [TestCase("250ms", 250)]
    public void Parse_Valid_IsTheSum(string text, double milliseconds) =>
        Assert.That(GoDuration.Parse(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("1d")]
    [TestCase("-5s")]
    public void Parse_Invalid_IsNull(string? text) => Assert.That(GoDuration.Parse(text), Is.Null);
}
