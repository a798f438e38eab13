using System.Text.Json.Nodes;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

internal sealed class HelmReleaseObjectTests
{
    [TestCase("{}", "relpr-1")]
    [TestCase("""{"targetNamespace":"prod"}""", "prod-relpr-1")]
    [TestCase("""{"releaseName":"mine","targetNamespace":"prod"}""", "mine")]
    public void ReleaseName_Spec_DecidesAsInFlux(string spec, string expected) =>
        Assert.That(Release(spec).ReleaseName, Is.EqualTo(expected));

    [Test]
    public void ReleaseName_TooLong_IsCutWithAHashTo53()
    {
        var name = Release($$"""{"targetNamespace":"{{new string('x', 60)}}"}""").ReleaseName;

        Assert.That(name, Has.Length.EqualTo(53).And.StartsWith(new string('x', 40) + "-"));
    }

    [TestCase("""{"values":{"prSHA":"b"},"chart":{"spec":{"chart":"c"}}}""", Description = "values")]
    [TestCase("""{"values":{"prSHA":"a"},"chart":{"spec":{"chart":"d"}}}""", Description = "chart")]
    public void Fingerprint_ValuesOrChart_ChangeIt(string other) =>
        Assert.That(
            Release(other).Fingerprint, Is.Not.EqualTo(Release("""{"values":{"prSHA":"a"},"chart":{"spec":{"chart":"c"}}}""").Fingerprint));

    [Test]
    public void Fingerprint_Interval_DoesNotChangeIt() =>
        Assert.That(Release("""{"interval":"1m"}""").Fingerprint, Is.EqualTo(Release("""{"interval":"5m"}""").Fingerprint));

    [Test]
    public void Status_Absent_HasDefaults()
    {
        var release = Release("{}");

        Assert.That(release.ObservedGeneration, Is.EqualTo(-1));
        Assert.That(release.ConditionStatus("Ready"), Is.Null);
        Assert.That(release.Timeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
    }

    internal static HelmReleaseObject Release(string spec, string status = "{}") => new(JsonNode.Parse(
        $$"""{"metadata":{"name":"relpr-1","namespace":"envs","generation":3},"spec":{{spec}},"status":{{status}}}""")!.AsObject());
}
