using PrEnv.Core.Spec;

namespace PrEnv.Tests.Spec;

internal sealed class PatternWeightTests
{
    [TestCase("", ExpectedResult = 0)]
    [TestCase("abc", ExpectedResult = 3)]
    [TestCase(@"\d\[[a-z]", ExpectedResult = 3)]
    [TestCase("[^]a]b", ExpectedResult = 2)]
    [TestCase(@"[\]a]b", ExpectedResult = 2)]
    [TestCase("a*b+c?", ExpectedResult = 3)]
    [TestCase("a{3}", ExpectedResult = 3)]
    [TestCase("a{2,5}?", ExpectedResult = 5)]
    [TestCase("a{7,}", ExpectedResult = 7)]
    [TestCase("a{0}", ExpectedResult = 1)]
    [TestCase("a{", ExpectedResult = 2)]
    [TestCase("a{,5}", ExpectedResult = 5)]
    [TestCase(@"\{3}", ExpectedResult = 3)]
    [TestCase("[{3}]", ExpectedResult = 1)]
    [TestCase("(ab)*", ExpectedResult = 2)]
    [TestCase("(ab){3}", ExpectedResult = 24)]
    [TestCase("(a{5})*", ExpectedResult = 20)]
    [TestCase("(a{5}b){3}c", ExpectedResult = 73)]
    [TestCase("((a{5})*)*", ExpectedResult = 80)]
    [TestCase("(.*a.{50}){4}x", ExpectedResult = 833)]
    [TestCase("a{2000000000}", ExpectedResult = 100_000)]
    [TestCase("((a{9999}){9999}){9999}", ExpectedResult = 100_000)]
    [TestCase("a{99999999999999999999}", ExpectedResult = 100_000)]
    public int? Of_APattern_CountsWhatIsRepeatedAsOftenAsItIs(string pattern) => PatternWeight.Of(pattern);

    [TestCase("(?#b){9}")]
    [TestCase("a(?x)b")]
    [TestCase("(?i-x:b)")]
    [TestCase("(?X)b")]
    [TestCase("[a-[b]]")]
    [TestCase("[[:alpha:]]")]
    public void Of_APatternThatCouldHideARepetition_IsNull(string pattern) => Assert.That(PatternWeight.Of(pattern), Is.Null);

    [TestCase(@"\(?#\d+\)?", ExpectedResult = 4)]
    [TestCase("(?i)x", ExpectedResult = 2)]
    [TestCase(@"[(?#x]", ExpectedResult = 1)]
    public int? Of_APatternThatOnlyLooksSo_IsItsWeight(string pattern) => PatternWeight.Of(pattern);

    [TestCase("(")]
    [TestCase(")")]
    [TestCase("[")]
    [TestCase("[^")]
    [TestCase("[]")]
    [TestCase(@"[\")]
    [TestCase(@"\")]
    [TestCase("{3}")]
    [TestCase("*")]
    [TestCase("(?")]
    [TestCase("{3")]
    public void Of_HalfAPattern_IsSomething(string pattern) => Assert.That(PatternWeight.Of(pattern), Is.Not.Null);
}
