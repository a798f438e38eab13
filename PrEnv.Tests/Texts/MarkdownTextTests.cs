using PrEnv.Core.Texts;

namespace PrEnv.Tests.Texts;

[TestFixture]
public sealed class MarkdownTextTests
{
    [Test]
    public void Block_HostileText_StaysInItsFence()
    {
        const string Hostile = "```` @octocat <img src=x onerror=alert(1)> [x](javascript:1) # 1 | \u202eevil\u200b\u0007 #22";

        var lines = MarkdownText.Block(Hostile).Split('\n');

        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That((lines[0], lines[2]), Is.EqualTo(("`````text", "`````")));
        Assert.That(lines[1], Does.Not.Contain("`````").And.Not.Contain("\u200b").And.Not.Contain("\u202e").And.Not.Contain("\u0007"));
    }

    [TestCase("InstallFailed", "`InstallFailed`")]
    [TestCase("a`b @x <y>\n", "`abxy`")]
    [TestCase("\u200b", "`-`")]
    public void Code_AnyText_IsOneSpan(string text, string expected) => Assert.That(MarkdownText.Code(text), Is.EqualTo(expected));

    [TestCase("https://pr-22.test/a%20b", "<https://pr-22.test/a%20b>")]
    [TestCase("https://pr-22.test/a b>@octocat`", "<https://pr-22.test/a%20b%3E@octocat%60>")]
    [TestCase("javascript:alert(1)", null)]
    [TestCase("no url", null)]
    [TestCase(null, null)]
    public void Link_AnyText_IsAnHttpLinkOrNothing(string? url, string? expected) =>
        Assert.That(MarkdownText.Link(url), Is.EqualTo(expected));
}
