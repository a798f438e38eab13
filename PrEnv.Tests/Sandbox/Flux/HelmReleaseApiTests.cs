using System.Collections.Concurrent;
using k8s;
using Microsoft.AspNetCore.Http;
using PrEnv.Sandbox.Flux;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Sandbox.Flux;

[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HelmReleaseApiTests
{
    private const string Expired = """{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}""";

    private readonly ConcurrentQueue<string?> _versions = new();

    [Test]
    public async Task Follow_ServerClosesTheWatch_GoesOnFromTheLastVersion(CancellationToken ct)
    {
        var (changes, versions) = await FollowAsync(
            [[Change("ADDED", 11)], [], [Change("MODIFIED", 12), Change("MODIFIED", 13)], [Expired]], ct);

        Assert.That(changes, Is.EqualTo((string[])["ADDED 11", "MODIFIED 12", "MODIFIED 13"]));
        Assert.That(versions, Is.EqualTo((string[])["10", "11", "11", "13"]));
    }

    [Test]
    public async Task Follow_Bookmark_MovesTheVersionAndIsNoChange(CancellationToken ct)
    {
        var (changes, versions) = await FollowAsync([[Change("BOOKMARK", 40)], [Expired]], ct);

        Assert.That(changes, Is.Empty);
        Assert.That(versions, Is.EqualTo((string[])["10", "40"]));
    }

    [Test]
    public async Task Follow_VersionHasExpired_Ends(CancellationToken ct)
    {
        var (changes, versions) = await FollowAsync([[Change("ADDED", 11), Expired, Change("ADDED", 12)]], ct);

        Assert.That(changes, Is.EqualTo((string[])["ADDED 11"]));
        Assert.That(versions, Is.EqualTo((string[])["10"]));
    }

    private static string Change(string type, int version) =>
        $$$$"""{"type":"{{{{type}}}}","object":{"metadata":{"namespace":"a","name":"b","resourceVersion":"{{{{version}}}}"}}}""";

    // What the server sends on one watch after the other, each of which it closes.
    private async Task<(List<string> Changes, IEnumerable<string?> Versions)> FollowAsync(
        IEnumerable<string[]> watches, CancellationToken ct)
    {
        var script = new Queue<string[]>(watches);
        await using var server = await LocalServer.StartAsync(context =>
        {
            _versions.Enqueue(context.Request.Query["resourceVersion"]);
            return context.Response.WriteAsync(string.Concat(script.Dequeue().Select(line => line + "\n")), context.RequestAborted);
        });
        using var api = new HelmReleaseApi(
            new KubernetesClientConfiguration { Host = server.Url.AbsoluteUri }, new ReleaseCache(), concurrentRequests: 1);
        var changes = new List<string>();
        await foreach (var (type, item) in api.FollowAsync("10", ct))
            changes.Add($"{type} {new HelmReleaseObject(item).ResourceVersion}");
        return (changes, _versions);
    }
}
