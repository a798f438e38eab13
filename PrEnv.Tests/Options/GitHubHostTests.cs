using PrEnv.Controller.Options;

namespace PrEnv.Tests.Options;

internal sealed class GitHubHostTests
{
    [TestCase("GHE.example.com", "https://ghe.example.com/api/v3/", true)]
    [TestCase("ghe.example.com:443", "https://ghe.example.com/", true)]
    [TestCase("ghe.example.com:8443", "https://ghe.example.com:8443/", true)]
    [TestCase("ghe.example.com:8443", "https://ghe.example.com/", false)]
    [TestCase("ghe.example.com", "https://ghe.example.com:8443/", false)]
    [TestCase("example.com", "https://ghe.example.com/", false)]
    [TestCase("127.0.0.1:5000", "http://127.0.0.1:5000/", true)]
    [TestCase("[::1]:5000", "http://[::1]:5000/", true)]
    public void Matches_Url_OnlyThatHostAndPort(string text, string url, bool expected) =>
        Assert.That(GitHubHost.Parse(text).Matches(new Uri(url)), Is.EqualTo(expected));

    [TestCase("https://ghe.example.com")]
    [TestCase("ghe.example.com/api/v3")]
    [TestCase("me@ghe.example.com")]
    [TestCase("ghe.example.com?x")]
    [TestCase("*.example.com")]
    [TestCase("a b")]
    [TestCase("ghe.example.com:port")]
    public void Parse_NoHost_Throws(string text) => Assert.That(
        () => GitHubHost.Parse(text), Throws.TypeOf<FormatException>().With.Message.StartWith($"'{text}' is not host[:port]"));

    [TestCase("ghe.example.com")]
    [TestCase("ghe.example.com:8443")]
    [TestCase("[::1]:8443")]
    public void ToString_Parsed_IsAsWritten(string text) => Assert.That(GitHubHost.Parse(text).ToString(), Is.EqualTo(text));
}
