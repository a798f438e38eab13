using System.Diagnostics;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Informers;
using PrEnv.Sandbox.Loopback;
using PrEnv.Tests.Kubernetes;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.FaultProxy;

/// <summary>A node or load balancer that is gone without a word: no FIN, no RST, and a watch is quiet by nature.</summary>
[TestFixture]
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class SilentConnectionTests
{
    private ClusterClient _client = null!;
    private TcpProxy _proxy = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _client = await ClusterClient.ConnectAsync(CancellationToken.None);
        _proxy = TcpProxy.Start(_client.Cluster.KubeconfigPath);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _proxy.DisposeAsync();
        _client.Dispose();
    }

    // The product's own times, 45 s in sum, are compared by RawKubernetesTests; here the means, with times that a busy server still keeps.
    [Test]
    public async Task Watch_ConnectionDiesSilently_IsNoticedByPingsAndGoesOn(CancellationToken ct)
    {
        using var raw = Connect(pings: TimeSpan.FromSeconds(3));
        var releases = _client.Releases(raw);
        var start = await releases.ListAsync(new ListOptions(""), ct);
        await using var events = releases.WatchAsync(new WatchOptions(start.ResourceVersion, TimeSpan.FromMinutes(5)), ct)
            .GetAsyncEnumerator(ct);
        await _client.CreateReleaseAsync("relpr-1", ct);
        Assert.That(await events.MoveNextAsync().Soon(), Is.True);
        var next = events.MoveNextAsync();

        _proxy.Silence();
        await _client.CreateReleaseAsync("relpr-2", ct);

        Assert.That(await next.Soon(), Is.False);
        _proxy.Cut();
        _proxy.Speak();
        await using var later = releases.WatchAsync(
            new WatchOptions(start.ResourceVersion, TimeSpan.FromMinutes(5)), ct).GetAsyncEnumerator(ct);
        Assert.That(await later.MoveNextAsync().Soon() && await later.MoveNextAsync().Soon(), Is.True);
        Assert.That(later.Current.Object?.Metadata.Name, Is.EqualTo("relpr-2"));
    }

    [Test]
    [Explicit("Takes most of a minute.")]
    public async Task Watch_ConnectionDiesSilently_IsNoticedWithinAMinuteByTheProductsOwnTimes(CancellationToken ct)
    {
        using var raw = new RawKubernetes(_proxy.Configuration(_client.Cluster.KubeconfigPath), TimeProvider.System);
        var releases = _client.Releases(raw);
        var start = await releases.ListAsync(new ListOptions(""), ct);
        await using var events = releases.WatchAsync(new WatchOptions(start.ResourceVersion, TimeSpan.FromMinutes(5)), ct)
            .GetAsyncEnumerator(ct);
        await _client.CreateReleaseAsync("relpr-1", ct);
        Assert.That(await events.MoveNextAsync().Soon(), Is.True);
        var next = events.MoveNextAsync().AsTask();

        _proxy.Silence();
        var clock = Stopwatch.StartNew();

        Assert.That(await next.WaitAsync(TimeSpan.FromSeconds(60), ct), Is.False);
        await TestContext.Out.WriteLineAsync($"Noticed after {clock.Elapsed.TotalSeconds:0.0} s.");
    }

    [Test]
    public async Task Watch_ShortSilence_LosesNothing(CancellationToken ct)
    {
        using var raw = Connect(pings: TimeSpan.FromMinutes(5));
        var releases = _client.Releases(raw);
        var start = await releases.ListAsync(new ListOptions(""), ct);
        await using var events = releases.WatchAsync(new WatchOptions(start.ResourceVersion, TimeSpan.FromMinutes(5)), ct)
            .GetAsyncEnumerator(ct);
        var next = events.MoveNextAsync();

        _proxy.Silence();
        await _client.CreateReleaseAsync("relpr-1", ct);
        _proxy.Speak();

        Assert.That(await next.Soon(), Is.True);
        Assert.That(_proxy.Open, Is.EqualTo(1));
    }

    private RawKubernetes Connect(TimeSpan pings)
    {
        var configuration = _proxy.Configuration(_client.Cluster.KubeconfigPath);
        configuration.FirstMessageHandlerSetup = handler => handler.KeepAlivePingDelay = handler.KeepAlivePingTimeout = pings;
        return new RawKubernetes(configuration, TimeProvider.System);
    }
}
