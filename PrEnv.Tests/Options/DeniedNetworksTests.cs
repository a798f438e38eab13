using System.Net;
using PrEnv.Controller.Options;

namespace PrEnv.Tests.Options;

internal sealed class DeniedNetworksTests
{
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.254")]
    [TestCase("0.0.0.0", Description = "Linux takes it for the machine itself.")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("169.254.169.254")]
    [TestCase("fe80::1")]
    [TestCase("100.100.100.200")]
    [TestCase("168.63.129.16")]
    [TestCase("fd00:ec2::254")]
    [TestCase("fd20:ce::254")]
    [TestCase("::ffff:127.0.0.1", Description = "IPv4-mapped.")]
    [TestCase("::ffff:a9fe:a9fe")]
    [TestCase("64:ff9b::169.254.169.254", Description = "Through a NAT64 gateway.")]
    public void Contains_DefaultAndInnerAddress_IsTrue(string address) =>
        Assert.That(DeniedNetworks.Default.Contains(IPAddress.Parse(address)), Is.True);

    [TestCase("10.0.0.1")]
    [TestCase("128.0.0.1")]
    [TestCase("140.82.121.4")]
    [TestCase("2606:50c0::1")]
    [TestCase("fd00::1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("64:ff9b::10.0.0.1")]
    public void Contains_DefaultAndOtherAddress_IsFalse(string address) =>
        Assert.That(DeniedNetworks.Default.Contains(IPAddress.Parse(address)), Is.False);

    [TestCase("10.0.0.1/8", "10.200.0.1", Description = "Bits beyond the prefix do not count.")]
    [TestCase("10.0.0.0/8", "::ffff:10.1.2.3")]
    [TestCase("::ffff:10.0.0.0/104", "10.1.2.3")]
    [TestCase(" 10.0.0.1 , , fd00::/8 ", "fd12::1")]
    public void Contains_WrittenInOneFormAskedInAnother_IsTrue(string written, string asked) =>
        Assert.That(DeniedNetworks.Parse(written).Contains(IPAddress.Parse(asked)), Is.True);

    [TestCase("10.0.0.0/33")]
    [TestCase("localhost")]
    public void Parse_NeitherAddressNorCidr_Throws(string text) => Assert.That(
        () => DeniedNetworks.Parse("127.0.0.0/8," + text),
        Throws.TypeOf<FormatException>().With.Message.StartWith($"'{text}' is neither an address nor a CIDR"));
}
