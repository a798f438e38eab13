using k8s;
using k8s.Models;
using PrEnv.Controller.Leadership;
using PrEnv.Core.Objects;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd.Leadership;

/// <summary>Two real controllers that share the resources by label.</summary>
internal sealed class ShardingTests : EndToEndTest
{
    private ControllerProcess _a = null!;
    private ControllerProcess _b = null!;

    [SetUp]
    public void StartShards()
    {
        _a = Start("a");
        _b = Start("b");

        ControllerProcess Start(string shard) => World.StartInstance(
            Cluster.ControllerKubeconfig,
            "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace, "--watch-label-selector", $"shard={shard}",
            "--leader-elect-lease-duration=8s", "--leader-elect-renew-deadline=5s", "--leader-elect-retry-period=500ms");
    }

    [TearDown]
    public async Task StopShardsAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Test]
    public async Task TwoShards_TwoResources_EachActsOnItsOwn()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.CreateNamespaceAsync(World.Destination + "-b");
        await World.ApplyAsync(World.Resource("one", labels: "{shard: a}"));
        await World.ApplyAsync(World.Resource("two", World.Destination + "-b", labels: "{shard: b}"));
        await World.ApplyAsync(World.Resource("nobodys", World.Destination + "-c"));
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha, World.Destination + "-b");
        await World.UntilMessageAsync("Ready", "one");
        await World.UntilMessageAsync("Ready", "two");

        Assert.That(await Done(_a, ""), Is.All.Contain("/one:").And.Not.Empty);
        Assert.That(await Done(_b, ""), Is.All.Contain("/two:").And.Not.Empty);
        Assert.That((await World.GetResourceAsync("nobodys"))!.Status, Is.Null);
        var holders = new[] { await LeaseAsync("shard=a"), await LeaseAsync("shard=b") }.Select(l => l.Spec.HolderIdentity);
        Assert.That(holders, Is.Unique.And.All.Not.Empty);
    }

    [Test]
    public async Task Label_IsChanged_MovesTheWorkWithoutADeletion()
    {
        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.ApplyAsync(World.Resource(labels: "{shard: a}"));
        await World.UntilStatusAsync(first.HeadSha, "success");
        await World.UntilMessageAsync("Ready");
        var before = await World.GetReleaseAsync(first.Number);

        await World.ApplyAsync(World.Resource(labels: "{shard: b}"));
        var second = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.UntilStatusAsync(second.HeadSha, "success");
        await World.UntilAsync(
            () => Done(_b, "FluxHelmReleaseCreated"), done => done.Count == 1, "the second pull request, by the second shard");
        Assert.That(await Done(_a, "FluxHelmReleaseCreated"), Has.Count.EqualTo(1), "the first pull request's, from before");

        // And back again: what it knows from before must not mislead it.
        await World.ApplyAsync(World.Resource(labels: "{shard: a}"));
        var third = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.UntilStatusAsync(third.HeadSha, "success");
        await World.UntilResourceAsync(r => r.Status?.EnvironmentsReady == 3, "three environments");
        await World.UntilAsync(() => Done(_a, "FluxHelmReleaseCreated"), done => done.Count == 2, "the third, by the first again");

        var after = await World.GetReleaseAsync(first.Number);
        Assert.Multiple(() =>
        {
            Assert.That((after!.Metadata.Uid, after.Metadata.Generation), Is.EqualTo((before!.Metadata.Uid, before.Metadata.Generation)));
            Assert.That(World.Flux.Environments.Teardowns.Where(t => t.Key.Namespace == World.Destination), Is.Empty);
            Assert.That(World.StatesOf(first.HeadSha), Is.EqualTo("success"), "told once");
        });
    }

    // What it told of its resources.
    private static async Task<IReadOnlyList<string>> Done(ControllerProcess shard, string reason) =>
        await EndToEndWorld.LogAsync(shard, "Normal " + reason);

    private Task<V1Lease> LeaseAsync(string selector) =>
        World.Client.CoordinationV1.ReadNamespacedLeaseAsync(LeaseName.For(LabelSelector.Parse(selector)), EndToEndCluster.Namespace);
}
