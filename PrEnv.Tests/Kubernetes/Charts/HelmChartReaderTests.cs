using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Kubernetes.Charts;

[TestFixture]
internal sealed class HelmChartReaderTests
{
    private const string Missing =
        """{"status":{"observedGeneration":-1,"conditions":[{"type":"Stalled","status":"True"},{"type":"Ready","status":"False","reason":"SourceUnavailable","message":"GitRepository \"later\" not found","observedGeneration":1}]}}""";

    [Test]
    public async Task Read_NotReady_IsItsReasonAndItsSentence() => Assert.That(
        await ReadAsync(200, Missing), Is.EqualTo(new ChartReading("SourceUnavailable", "GitRepository \"later\" not found")));

    [TestCase(200, "{}")]
    [TestCase(200, """{"status":{"conditions":null}}""")]
    [TestCase(200, """{"status":{"conditions":[{"type":"Ready","status":"Unknown","reason":"Progressing"}]}}""")]
    [TestCase(200, """{"status":{"conditions":[{"type":"Ready","status":"True"}]}}""")]
    [TestCase(200, "nonsense")]
    [TestCase(403, "")]
    [TestCase(404, "")]
    [TestCase(500, "")]
    public async Task Read_NothingToTell_IsNothing(int code, string body) =>
        Assert.That(await ReadAsync(code, body), Is.EqualTo(ChartReading.Nothing));

    [Test]
    public async Task Read_Always_AsksForThatChartAlone()
    {
        await using var server = await FakeApiServer.StartAsync((200, Missing));
        using var client = server.Client();

        await new HelmChartReader(client, NullLogger<HelmChartReader>.Instance)
            .ReadAsync(new ResourceKey("flux-system", "envs-relpr-22"), CancellationToken.None);

        var seen = server.Requests.Single();
        Assert.That(
            (seen.Method, seen.Path),
            Is.EqualTo(("GET", "/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/helmcharts/envs-relpr-22")));
    }

    private static async Task<ChartReading> ReadAsync(int code, string body)
    {
        await using var server = await FakeApiServer.StartAsync((code, body));
        using var client = server.Client();
        return await new HelmChartReader(client, NullLogger<HelmChartReader>.Instance)
            .ReadAsync(new ResourceKey("flux-system", "envs-relpr-22"), CancellationToken.None);
    }
}
