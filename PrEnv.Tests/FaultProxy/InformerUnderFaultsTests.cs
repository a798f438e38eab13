using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;
using PrEnv.Tests.Kubernetes;

namespace PrEnv.Tests.FaultProxy;

/// <summary>Whatever the network and the server do, the store ends like the server and every handler has heard of every deletion.</summary>
[TestFixture]
[Category("Integration")]
[Category("Modern")]
[CancelAfter(600_000)]
internal sealed class InformerUnderFaultsTests
{
    private const int Objects = 2_000;
    private const int Faults = 500;
    private const string SeedVariable = "PRENV_TEST_SEED";

    // The most bytes between two faults: some five events.
    private const int Spread = 6 * 1024;

    [Test]
    public async Task RandomFaults_AgainstChangingReleases_StoreEndsLikeTheServer(CancellationToken ct)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"To see the same faults again: {SeedVariable}={seed}");
        using var client = await ClusterClient.ConnectAsync(ct);
        var churn = new ReleaseChurn(client, seed);
        await churn.CreateAsync(Objects, ct);
        var plan = FaultPlan.Random(seed, Faults, Spread, timed: 20);
        await using var proxy = await HttpFaultProxy.StartAsync(client.Cluster.KubeconfigPath, plan);
        using var raw = new RawKubernetes(proxy.Configuration(), TimeProvider.System);
        var informer = Informer(client, raw);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var clock = Stopwatch.StartNew();

        var early = new UidMirror();
        informer.AddHandler(early, "early");
        var run = informer.RunAsync(stop.Token);
        await churn.RunUntilAsync(() => plan.Left < Faults / 2, ct);
        var late = new UidMirror();
        informer.AddHandler(late, "late");
        await churn.RunUntilAsync(() => plan.Left == 0, ct);
        await churn.CreateAsync(UidMirror.End, ct);
        await Task.WhenAll(early.SawEnd, late.SawEnd).WaitAsync(ct);

        await TestContext.Out.WriteLineAsync(
            $"{clock.Elapsed.TotalSeconds:0} s, {churn.Changes} changes; {plan}; "
            + $"{string.Join(", ", proxy.Requests.Select(r => $"{r.Value} x {r.Key}"))}");
        var server = (await client.Releases().ListAsync(new ListOptions(""), ct)).Items;
        await stop.CancelAsync();
        await run;
        Assert.Multiple(() =>
        {
            Assert.That(Text(informer.Store.List()), Is.EqualTo(Text(server)).AsCollection);
            foreach (var mirror in (UidMirror[])[early, late])
            {
                Assert.That(mirror.Faults, Is.Empty);
                Assert.That(mirror.Live, Is.EquivalentTo(server.Select(release => release.Metadata.Uid)));
            }

            Assert.That(early.Deleted, Is.SupersetOf(churn.Deleted.Intersect(early.Added, StringComparer.Ordinal)));
        });
    }

    [Test]
    public async Task NoFaults_FirstState_IsStreamedWhereTheServerCanAndListedElsewhere(CancellationToken ct)
    {
        using var client = await ClusterClient.ConnectAsync(ct);
        var releases = new List<HelmRelease>();
        foreach (var number in Enumerable.Range(1, 3))
            releases.Add(await client.CreateReleaseAsync($"relpr-{number}", ct));
        await using var proxy = await HttpFaultProxy.StartAsync(client.Cluster.KubeconfigPath, new FaultPlan());
        using var raw = new RawKubernetes(proxy.Configuration(), TimeProvider.System);
        var informer = Informer(client, raw);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var mirror = new UidMirror();
        var handler = informer.AddHandler(mirror, "mirror");

        var run = informer.RunAsync(stop.Token);
        await handler.Synced.WaitAsync(ct);

        Assert.That(mirror.Live, Is.EquivalentTo(releases.Select(release => release.Metadata.Uid)));
        await client.CreateReleaseAsync(UidMirror.End, ct);
        await mirror.SawEnd.WaitAsync(ct);
        await stop.CancelAsync();
        await run;
        var streams = await client.StreamsListsAsync(ct);
        // How many watches follow is the server's choice: it may close one at any time.
        Assert.That(
            string.Join(
                ", ",
                proxy.Requests.Where(r => r.Key != "watch").OrderBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => $"{r.Value} x {r.Key}")),
            Is.EqualTo(streams ? "1 x streaming list" : "1 x list, 1 x streaming list"));
    }

    private static SharedInformer<HelmRelease> Informer(ClusterClient client, RawKubernetes raw) => new(
        client.Releases(raw),
        new ReflectorOptions
        {
            BackoffBase = TimeSpan.FromMilliseconds(1),
            BackoffCap = TimeSpan.FromMilliseconds(8),
        },
        TimeProvider.System,
        NullLogger.Instance);

    private static List<string> Text(IEnumerable<HelmRelease> releases) =>
    [
        .. releases.Select(release => System.Text.Json.JsonSerializer.Serialize(release, ResourceJson.Default.HelmRelease))
            .Order(StringComparer.Ordinal),
    ];
}
