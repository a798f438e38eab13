using PrEnv.Core.Spec;

namespace PrEnv.Tests.Spec;

internal sealed class TextPatternsTests
{
    [TestCase("main", "main", ExpectedResult = true)]
    [TestCase("main", "maintenance", ExpectedResult = true)]
    [TestCase("^main$", "maintenance", ExpectedResult = false)]
    [TestCase("main", "Main", ExpectedResult = false)]
    [TestCase("(?i)main", "MAIN", ExpectedResult = true)]
    [TestCase("(?i)i", "İ", ExpectedResult = false)]
    [TestCase("🚀", "to the 🚀!", ExpectedResult = true)]
    public bool Match_OfAText_IsAnywhereInIt(string pattern, string text) => new TextPatterns([pattern]).Match(text).Pattern == pattern;

    [Test]
    public void Match_OfSeveral_IsTheFirstThatMatches()
    {
        var patterns = new TextPatterns(["^a", "b$", "b"]);

        Assert.That(patterns.Match("cb"), Is.EqualTo(new TextMatch("b$", IsKnown: true)));
        Assert.That(patterns.Match("c"), Is.EqualTo(TextMatch.None));
    }

    [Test]
    public void Match_AskedOftenAndForMuch_StaysTheSame()
    {
        var patterns = new TextPatterns(["^[0-9]*5$"]);
        for (var round = 0; round < 2; round++)
        {
            for (var n = 0; n < 5_000; n++)
                Assert.That(patterns.Match($"{n}").Pattern is not null, Is.EqualTo(n % 10 == 5));
        }
    }

    [Test]
    public void Match_OfATextTooLong_IsUnknown() =>
        Assert.That(new TextPatterns(["a"]).Match(new string('a', TextPatterns.MaxText + 1)), Is.EqualTo(TextMatch.Unknown));

    [Test]
    public void Match_OfNone_IsNone() => Assert.That(TextPatterns.None.Match("a"), Is.EqualTo(TextMatch.None));
}
