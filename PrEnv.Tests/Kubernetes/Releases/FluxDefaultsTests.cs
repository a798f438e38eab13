using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Releases;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Kubernetes.Releases;

[TestFixture]
internal sealed class FluxDefaultsTests
{
    private static readonly DesiredRelease Desired = Samples.Desired() with
    {
        Wish = ReleaseExtensions.Spec("""{"interval":"5m"}"""),
        Spec = ReleaseExtensions.Spec("""{"interval":"5m","install":{"strategy":{"name":"RetryOnFailure"}}}"""),
    };

    private static readonly (int Code, string Body) Taken = (200, Samples.Release());

    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task Apply_DefaultsThatTheServerTakes_GoInWithTheFirstRequest() =>
        Assert.That(await InstallSeenAsync([default], Taken), Is.EqualTo([true]));

    [TestCase(400)]
    [TestCase(422)]
    [TestCase(500)]
    public async Task Apply_DefaultsThatTheServerDoesNotKnow_AreLeftOutAndTriedAgainAfterAnHour(int code)
    {
        var refused = (code, Samples.Failure(code, ""));
        var found = code == 422 ? [Taken] : Array.Empty<(int, string)>();

        Assert.That(
            await InstallSeenAsync(
                [default, FluxDefaults.Lifetime - TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)],
                [refused, .. found, Taken, Taken, Taken]),
            Is.EqualTo([true, false, false, true]));
    }

    [Test]
    public async Task Apply_RefusedWithAndWithoutThem_IsNotDueToThem()
    {
        var refused = (500, Samples.Failure(500, ""));

        Assert.That(
            await InstallSeenAsync([default, TimeSpan.FromSeconds(1)], refused, refused, Taken), Is.EqualTo([true, false, true]));
    }

    [TestCase(403)]
    [TestCase(429)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task Apply_AnotherFailure_IsNotTriedWithoutThem(int code) =>
        Assert.That(await InstallSeenAsync([default], (code, Samples.Failure(code, ""))), Is.EqualTo([true]));

    // Of each apply that was sent: did it have the default?
    private async Task<IEnumerable<bool>> InstallSeenAsync(TimeSpan[] later, params (int Code, string Body)[] answers)
    {
        await using var server = await FakeApiServer.StartAsync(answers);
        using RawKubernetes client = server.Client();
        var applier = new ReleaseApplier(client, _time);
        foreach (var time in later)
        {
            _time.Advance(time);
            await applier.ApplyAsync(Desired, uid: "uid-1", CancellationToken.None);
        }

        return [.. server.Requests.Where(r => r.Method == "PATCH").Select(r => JsonNode.Parse(r.Body)!["spec"]!["install"] is not null)];
    }
}
