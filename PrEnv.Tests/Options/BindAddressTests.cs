using System.Net;
using PrEnv.Controller.Options;

namespace PrEnv.Tests.Options;

internal sealed class BindAddressTests
{
    [TestCase(":8080", "[::]:8080")]
    [TestCase("127.0.0.1:8080", "127.0.0.1:8080")]
    [TestCase("0.0.0.0:8080", "0.0.0.0:8080")]
    [TestCase("[::1]:8080", "[::1]:8080")]
    [TestCase("localhost:8080", "127.0.0.1:8080")]
    [TestCase("127.0.0.1:0", "127.0.0.1:0")]
    public void Parse_HostAndPort_IsThatEndPoint(string text, string expected) => Assert.Multiple(() =>
    {
        Assert.That(BindAddress.Parse(text).EndPoint, Is.EqualTo(IPEndPoint.Parse(expected)));
        Assert.That(BindAddress.Parse(text).ToString(), Is.EqualTo(text));
    });

    [Test]
    public void Parse_Zero_IsOff() => Assert.That(BindAddress.Parse("0"), Is.EqualTo(BindAddress.Off));

    [TestCase("")]
    [TestCase("8080")]
    [TestCase("::1:8080")]
    [TestCase("[127.0.0.1]:8080")]
    [TestCase("127.0.0.1")]
    [TestCase(":")]
    [TestCase(":65536")]
    [TestCase(":-1")]
    [TestCase("metrics.example.com:8080")]
    public void Parse_Else_Throws(string text) => Assert.That(
        () => BindAddress.Parse(text), Throws.TypeOf<FormatException>().With.Message.StartWith($"'{text}' is not [host]:port"));

    [TestCase(":8080", ":8080", true)]
    [TestCase(":8080", "127.0.0.1:8080", true)]
    [TestCase("127.0.0.1:8080", "0.0.0.0:8080", true)]
    [TestCase("127.0.0.1:8080", "127.0.0.2:8080", false)]
    [TestCase(":8080", ":8081", false)]
    [TestCase("127.0.0.1:0", "127.0.0.1:0", false)]
    [TestCase("0", "0", false)]
    public void Collides_TwoAddresses_OnlyOnOnePort(string first, string second, bool expected) =>
        Assert.That(BindAddress.Parse(first).Collides(BindAddress.Parse(second)), Is.EqualTo(expected));
}
