using PrEnv.Core.Texts;

namespace PrEnv.Tests.Texts;

internal sealed class AgeTests
{
    [TestCase(-5, "0s")]
    [TestCase(0, "0s")]
    [TestCase(119, "119s")]
    [TestCase(120, "2m")]
    [TestCase(7199, "119m")]
    [TestCase(7200, "2h")]
    [TestCase(172_800, "2d")]
    public void Of_ATime_IsInItsGreatestUnit(int seconds, string expected) =>
        Assert.That(Age.Of(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));
}
