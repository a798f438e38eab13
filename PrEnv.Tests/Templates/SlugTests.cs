using CsCheck;
using PrEnv.Core.Templates;
using PrEnv.Tests.Planning.Laws;

namespace PrEnv.Tests.Templates;

[TestFixture]
public sealed class SlugTests
{
    private static readonly Gen<string> Branch = Gen.OneOf(
        Hostile.Text, Gen.Char["abAB01-/_."].Array[0, 50].Select(c => new string(c)),
        Gen.Char["ab-"].Array[0, 3].Select(c => new string(c)));

    [TestCase("main")]
    [TestCase("release-1-2")]
    [TestCase("a")]
    [TestCase("0")]
    [TestCase("1234567890123456789012345678901234567890")]
    public void Of_ANameThatIsASlug_IsItself(string branch) => Assert.That(Slug.Of(branch), Is.EqualTo(branch));

    [TestCase("feature/login", "feature-login-df7c7aeb")]
    [TestCase("Feature/Login", "feature-login-")]
    [TestCase("--", "")]
    [TestCase("", "e3b0c442")]
    [TestCase("ü", "")]
    [TestCase("-main", "main-")]
    [TestCase("main-", "main-")]
    [TestCase("a//b", "a-b-")]
    public void Of_AnyOtherName_HasAHash(string branch, string start)
    {
        Assert.That(Slug.Of(branch), Does.StartWith(start));
        Assert.That(Slug.Of(branch), Does.Match("(^|-)[0-9a-f]{8}$"));
    }

    [Test]
    public void Of_ANameThatLooksLikeAnothersSlug_IsHashedToo() =>
        Assert.That(Slug.Of(Slug.Of("feature/login")), Is.Not.EqualTo(Slug.Of("feature/login")));

    [Test]
    public void Of_ALongName_KeepsWithinTheLimit() => Assert.That(Slug.Of(new string('a', 41)), Has.Length.EqualTo(Slug.MaxLength));

    [Test]
    public void Of_AnyName_IsALabelOfDns() =>
        Branch.Sample(branch => Assert.That(Slug.Of(branch), Does.Match("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")), iter: 5000);

    [Test]
    public void Of_TwoNames_IsNeverTheSame() =>
        Gen.Select(Branch, Branch)
            .Where((one, other) => Clean(one) != Clean(other))
            .Sample((one, other) => Assert.That(Slug.Of(one), Is.Not.EqualTo(Slug.Of(other)), $"{one} and {other}"), iter: 20_000);

    // Git's names are UTF-8: two that differ in half a surrogate pair only do not exist.
    private static string Clean(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
