using PrEnv.Controller.Options;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Spec;

/// <summary>Where a token may go: each wrong answer here is a token in wrong hands.</summary>
internal sealed class HostAndPortTests
{
    [TestCase("GHE.example.com", "https://ghe.example.com/api/v3/", true)]
    [TestCase("ghe.example.com:443", "https://ghe.example.com/", true)]
    [TestCase("ghe.example.com", "https://ghe.example.com:0443/", true)]
    [TestCase("ghe.example.com:8443", "https://ghe.example.com:8443/", true)]
    [TestCase("ghe.example.com:8443", "https://ghe.example.com/", false)]
    [TestCase("ghe.example.com", "https://ghe.example.com:8443/", false)]
    [TestCase("example.com", "https://ghe.example.com/", false)]
    [TestCase("ghe.example.com", "https://ghe.example.com.evil.example/", false)]
    [TestCase("ghe.internal", "https://ghe.internal./", false)]
    [TestCase("127.0.0.1:5000", "http://127.0.0.1:5000/", true)]
    [TestCase("127.0.0.1", "https://0x7f.1/", true)]
    [TestCase("[::1]:5000", "http://[0:0::1]:5000/", true)]
    [TestCase("bücher.example", "https://xn--bcher-kva.example/", true)]
    [TestCase("xn--bcher-kva.example", "https://bücher.example/", true)]
    [TestCase("XN--BCHER-KVA.example", "https://BÜCHER.example/", true)]
    [TestCase("bücher.example", "https://bucher.example/", false)]
    [TestCase("faß.example", "https://fass.example/", false)]
    public void Matches_Url_OnlyThatHostAndPort(string text, string url, bool expected) =>
        Assert.That(HostAndPort.Parse(text).Matches(new Uri(url)), Is.EqualTo(expected));

    [TestCase("https://ghe.example.com/api/v3/", "https://GHE.example.com:443/x", true)]
    [TestCase("https://bücher.example/", "https://xn--bcher-kva.example/", true)]
    [TestCase("https://ghe.example.com/", "http://ghe.example.com/", false)]
    [TestCase("https://ghe.example.com/", "https://ghe.example.com:8443/", false)]
    [TestCase("https://ghe.example.com/", "https://ghe.example.com./", false)]
    [TestCase("https://ghe.example.com/", "https://me@ghe.example.com/", false)]
    [TestCase("https://me@ghe.example.com/", "https://ghe.example.com/", false)]
    [TestCase("https://[fe80::1%25eth0]/", "https://[fe80::1%25eth1]/", false)]
    public void IsSameOrigin_TwoUrls_OnlyWhenTheWireCannotTellThem(string one, string other, bool expected) =>
        Assert.That(HostAndPort.IsSameOrigin(new Uri(one), new Uri(other)), Is.EqualTo(expected));

    // Compared without case these are one name; in the DNS they are three.
    [Test]
    public void IsSameOrigin_NamesThatDifferByCaseAlone_AreThoseOfTheDns()
    {
        Uri[] urls = [new("https://ας.example/"), new("https://ασ.example/"), new("https://ΑΣ.example/")];

        foreach (var (one, other) in urls.SelectMany(_ => urls, (one, other) => (one, other)).Where(pair => pair.one != pair.other))
        {
            Assert.That(
                Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase),
                Is.Zero);
            Assert.That(HostAndPort.IsSameOrigin(one, other), Is.False, $"{one} {other}");
        }
    }

    [TestCase("https://zürichzürichzürichzürichzürichzürichzürichzürichzürichzürichzürich.example/")]
    [TestCase("https://xn--ü.example/")]
    public void Of_NameThatCannotBeSent_MatchesNothing(string text)
    {
        var url = new Uri(text);

        Assert.Multiple(() =>
        {
            Assert.That(HostAndPort.Of(url).Matches(url), Is.False);
            Assert.That(HostAndPort.IsSameOrigin(url, url), Is.False);
            Assert.That(default(HostAndPort).Matches(url), Is.False);
        });
    }

    [TestCase("https://ghe.example.com")]
    [TestCase("ghe.example.com/api/v3")]
    [TestCase("me@ghe.example.com")]
    [TestCase("ghe.example.com?x")]
    [TestCase("*.example.com")]
    [TestCase("a b")]
    [TestCase("ghe.example.com:port")]
    [TestCase("")]
    public void Host_OfAnOptionThatIsNone_Throws(string text) => Assert.That(
        () => OptionParsers.Host(text), Throws.TypeOf<FormatException>().With.Message.StartWith($"'{text}' is not host[:port]"));

    [TestCase("ghe.example.com")]
    [TestCase("ghe.example.com:8443")]
    [TestCase("[::1]:8443")]
    public void ToString_Parsed_IsAsWritten(string text) => Assert.That(HostAndPort.Parse(text).ToString(), Is.EqualTo(text));
}
