using System.Text;
using CsCheck;
using PrEnv.Core.Texts;
using PrEnv.Tests.Planning.Laws;
using PrEnv.Tests.Planning.Scenarios;

namespace PrEnv.Tests.Texts;

[TestFixture]
public sealed class TextTests
{
    [Test]
    public void Excerpt_OfAnyText_IsOneShortLineAndItsOwnExcerpt() =>
        Gen.Select(Hostile.Text, Gen.Int[2, 400]).Sample((text, length) =>
        {
            var excerpt = Text.Excerpt(text, length);
            Assert.That(excerpt, Has.Length.LessThanOrEqualTo(length));
            Assert.That(excerpt.Any(char.IsControl), Is.False);
            Assert.That(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(excerpt)), Is.EqualTo(excerpt));
            Assert.That(Text.Excerpt(excerpt, length), Is.EqualTo(excerpt));
        });

    [TestCase("", "")]
    [TestCase("a\nb", "a b.")]
    [TestCase("Done.", "Done.")]
    [TestCase("Done!", "Done!")]
    [TestCase("timed out", "timed out.")]
    public void Sentence_OfAText_EndsAsOne(string text, string expected) => Assert.That(Text.Sentence(text), Is.EqualTo(expected));

    [Test]
    public void Difference_OfTwoLogs_ShowsTheLinesAndTheirSurroundings() =>
        Assert.That(
            Golden.Difference(["1", "2", "3", "4", "old", "6", "7", "8", "9"], ["1", "2", "3", "4", "new", "newer", "6", "7", "8", "9"]),
            Is.EqualTo("  2\n  3\n  4\n- old\n+ new\n+ newer\n  6\n  7\n  8\n"));
}
