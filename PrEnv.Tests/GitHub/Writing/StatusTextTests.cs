using System.Text;
using CsCheck;
using PrEnv.Controller.GitHub.Writing;

namespace PrEnv.Tests.GitHub.Writing;

internal sealed class StatusTextTests
{
    [TestCase("Environment is ready", "Environment is ready")]
    [TestCase("", "")]
    [TestCase("Failed 🚀: größe 日本 ✓ 👩‍🚀.", "Failed : größe 日本 ✓ \u200d.")]
    [TestCase("two\r\nlines\tand\u0007 a bell\u001b[31m", "two  lines and a bell[31m")]
    public void Description_Text_IsOneCleanLine(string text, string expected) =>
        Assert.That(StatusText.Description(text), Is.EqualTo(expected));

    [Test]
    public void Description_HalfAPair_IsReplaced() =>
        Assert.That(StatusText.Description("half \ud83d of a pair"), Is.EqualTo("half \ufffd of a pair"));

    [Test]
    public void Description_PairAtTheCut_IsLeftOutWhole() =>
        Assert.That(StatusText.Description(new string('x', 139) + "😀"), Is.EqualTo(new string('x', 139)));

    [Test]
    public void Description_TooLong_Is140Long() =>
        Assert.That(StatusText.Description(new string('x', 1000)), Is.EqualTo(new string('x', 140)));

    [Test]
    public void Description_AnyText_FitsAndIsWellFormed() =>
        Gen.Char.Array[0, 400].Sample(characters =>
        {
            var description = StatusText.Description(new string(characters));
            return description.Length <= 140
                && !description.Any(c => char.IsControl(c) || char.IsSurrogate(c))
                && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(description)) == description;
        });

    [TestCase("https://pr-1.example.com/", ExpectedResult = "https://pr-1.example.com/")]
    [TestCase("http://pr-1.example.com", ExpectedResult = "http://pr-1.example.com/")]
    [TestCase("javascript:alert(1)", ExpectedResult = null)]
    [TestCase("file:///etc/passwd", ExpectedResult = null)]
    [TestCase("ftp://example.com/", ExpectedResult = null)]
    [TestCase("https://😀.example.com/", ExpectedResult = null)]
    [TestCase("https://example.com/😀", ExpectedResult = "https://example.com/%F0%9F%98%80")]
    [TestCase("/relative", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    [TestCase(null, ExpectedResult = null)]
    public string? TargetUrl_Url_IsHttpOrNone(string? url) => StatusText.TargetUrl(url);
}
