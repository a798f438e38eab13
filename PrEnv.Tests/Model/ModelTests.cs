using CsCheck;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Model;

[TestFixture]
public sealed class ModelTests
{
    [TestCase("0123456789abcdef0123456789abcdef01234567", true)]
    [TestCase("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [TestCase("0123456789ABCDEF0123456789abcdef01234567", false)]
    [TestCase("0123456789abcdef0123456789abcdef0123456", false)]
    [TestCase("0123456789abcdef0123456789abcdef0123456\n", false)]
    [TestCase("evil.test/89abcdef0123456789abcdef012345", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void ShaIsCommit_OfAText_IsTrueForFullNamesOnly(string? text, bool expected) =>
        Assert.That(Sha.IsCommit(text), Is.EqualTo(expected));

    [TestCase("", "")]
    [TestCase("abc", "abc")]
    [TestCase("1234567", "1234567")]
    [TestCase("12345678", "1234567")]
    public void ShaShort_OfAText_HasAtMostSevenCharacters(string text, string expected) =>
        Assert.That(Sha.Short(text), Is.EqualTo(expected));

    [Test]
    public void ResourceKeyToString_OfAKey_IsAsKubectlPrintsIt() =>
        Assert.That(new ResourceKey("ns", "name").ToString(), Is.EqualTo("ns/name"));

    [Test]
    public void TimestampTruncate_OfAnyTime_IsUtcWithoutFractionsAndItsOwnTruncation() =>
        Gen.DateTimeOffset.Sample(time =>
        {
            var truncated = Timestamp.Truncate(time);
            Assert.That(truncated.Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(truncated.UtcTicks % TimeSpan.TicksPerSecond, Is.Zero);
            Assert.That(time - truncated, Is.GreaterThanOrEqualTo(TimeSpan.Zero).And.LessThan(TimeSpan.FromSeconds(1)));
            Assert.That(Timestamp.Truncate(truncated), Is.EqualTo(truncated));
        });

    [TestCase("https://api.github.com/", true)]
    [TestCase("https://API.GITHUB.COM/", true)]
    [TestCase("https://api.github.com:443/", true)]
    [TestCase("https://api.github.com:8443/", false)]
    [TestCase("https://api.github.com.evil.test/", false)]
    [TestCase("https://ghe.example.com/api/v3/", false)]
    public void Allows_WithoutAList_IsTheDefaultsHostOnly(string url, bool expected) =>
        Assert.That(new ControllerSettings().Allows(new Uri(url)), Is.EqualTo(expected));

    [TestCase("https://ghe.example.com/api/v3/", true)]
    [TestCase("https://ghe.example.com:8443/api/v3/", false)]
    [TestCase("https://other.example.com:8443/", true)]
    [TestCase("https://other.example.com/", false)]
    [TestCase("https://explicit.example.com/", true)]
    [TestCase("https://api.github.com/", false)]
    public void Allows_WithAList_IsWhatItListsAndNotTheDefault(string url, bool expected)
    {
        var settings = new ControllerSettings
        {
            AllowedGitHubHosts =
            [
                HostAndPort.Parse("ghe.example.com"),
                HostAndPort.Parse("other.example.com:8443"),
                HostAndPort.Parse("explicit.example.com:443"),
            ],
        };

        Assert.That(settings.Allows(new Uri(url)), Is.EqualTo(expected));
    }
}
