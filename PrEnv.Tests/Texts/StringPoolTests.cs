using System.Text;
using CsCheck;
using PrEnv.Core.Texts;

namespace PrEnv.Tests.Texts;

[TestFixture]
internal sealed class StringPoolTests
{
    [Test]
    public void Get_AnyTexts_AreThemselvesAgain()
    {
        var pool = new StringPool();
        Gen.String.Sample(
            text => pool.Get(Encoding.UTF8.GetBytes(text)) == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), threads: 4);
    }

    [Test]
    public void Get_AnyString_IsItself()
    {
        var pool = new StringPool();
        Gen.String.Sample(text => pool.Get(text) == text, threads: 4);
    }

    [Test]
    public void Get_StringThatIsKnown_IsTheKnownOne()
    {
        var pool = new StringPool();
        var known = pool.Get("octocat"u8);
        Assert.That(pool.Get(new string("octocat".AsSpan())), Is.SameAs(known));
    }

    [Test]
    public void Get_EqualTexts_AreOneString()
    {
        var pool = new StringPool();
        var (first, second) = (pool.Get("flux-system"u8), pool.Get("flux-system"u8));
        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public void Get_LongTexts_AreNotRemembered()
    {
        var pool = new StringPool();
        var text = Encoding.UTF8.GetBytes(new string('a', StringPool.MaxLength + 1));
        var (first, second) = (pool.Get(text), pool.Get(text));
        Assert.That(second, Is.EqualTo(first).And.Not.SameAs(first));
    }
}
