using k8s;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Whose a release is, and what becomes of it at the end.</summary>
internal sealed class OwnershipTests : EndToEndTest
{
    [Test]
    public async Task Releases_ThatAreNotTheControllers_AreLeftAlone()
    {
        await World.ApplyAsync(Release("relpr-99", "charts/other"));
        await World.ApplyAsync(Release("somebody-elses", "charts/env"));
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilMessageAsync("Ready");
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();

        var left = await World.ListReleasesAsync();
        Assert.That(left.Select(r => r.Metadata.Name), Is.EquivalentTo((string[])["relpr-99", "somebody-elses"]));
        Assert.That(left.Select(r => r.Metadata.Generation), Has.All.EqualTo(1));
    }

    [Test]
    public async Task PredecessorsRelease_IsAdopted_AndNothingIsRedeployed()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        await World.ApplyAsync(Release("relpr-22", "charts/env", 22, pr.HeadSha));
        await World.UntilInstalledAsync(22);
        World.StartController();
        await World.ApplyAsync(World.Resource());

        await World.UntilAsync(() => World.EventsAsync("FluxHelmReleaseAdopted"), e => e.Count == 1, "the adoption");
        await World.UntilStatusAsync(pr.HeadSha, "success");
        Assert.That(World.Flux.Environments.Find(World.Destination, "relpr-22")!.Revision, Is.EqualTo(1));
        Assert.That(await World.EventsAsync("FluxHelmReleaseCreated"), Is.Empty);
    }

    [Test]
    public async Task TwoResources_OneDestination_TheFirstKeepsTheName()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 3 });
        World.StartController();
        await World.ApplyAsync(World.Resource("one"));
        await World.UntilReleaseAsync(3, pr.HeadSha);
        await World.ApplyAsync(World.Resource("two"));

        var second = await World.UntilMessageAsync("NameConflict", "two");
        Assert.That(second!.Status!.Condition("Stalled")!.Reason, Is.EqualTo("NameConflict"));
        Assert.That(second.Status.Environments!.Single().Message, Does.Contain($"{World.Namespace}/one"));
        Assert.That((await World.GetReleaseAsync(3))!.Metadata.Label(OwnerLabels.Name), Is.EqualTo("one"));
        await World.UntilMessageAsync("Ready", "one");
    }

    [Test]
    public async Task Resource_DeletedWhileItsTokenIsGone_LeavesNothingBehind()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        await World.UntilInstalledAsync(pr.Number);
        await World.DeleteSecretAsync(World.Namespace, "tokensecret");
        World.GitHub.RevokeToken(EndToEndWorld.Token);

        await World.DeleteResourceAsync();
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        Assert.That(await World.ListReleasesAsync(), Is.Empty);
        Assert.That(
            World.Flux.Environments.Teardowns.Single(t => t.Key.Namespace == World.Destination).Outcome,
            Is.EqualTo(TeardownOutcome.Uninstalled));
    }

    [Test]
    public async Task Resource_DeletedWithOrphan_LeavesItsEnvironments_ForTheNextOne()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: "  deletionPolicy: Orphan"));
        await World.UntilStatusAsync(pr.HeadSha, "success");
        var uid = (await World.GetReleaseAsync(pr.Number))!.Metadata.Uid;
        await World.DeleteResourceAsync();
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        var orphan = await World.GetReleaseAsync(pr.Number);
        Assert.That(orphan!.Metadata.Uid, Is.EqualTo(uid));
        Assert.That(orphan.Metadata.Label(OwnerLabels.Uid), Is.Null);

        await World.ApplyAsync(World.Resource());
        await World.UntilAsync(() => World.EventsAsync("FluxHelmReleaseAdopted"), e => e.Count == 1, "the adoption");
        Assert.That((await World.GetReleaseAsync(pr.Number))!.Metadata.Uid, Is.EqualTo(uid));
    }

    [Test]
    public async Task Resource_MadeAgainWithAnotherUid_TakesItsEnvironmentsBack()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var closed = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilStatusAsync(closed.HeadSha, "success");
        await World.UntilNothingIsToldAsync();
        var before = await World.GetReleaseAsync(pr.Number);
        await World.Controller!.StopAsync();
        await World.Controller.DisposeAsync();
        await World.RemoveResourcesAsync(World.Namespace);
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, closed.Number);

        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilAsync(() => World.EventsAsync("FluxHelmReleaseAdopted"), e => e.Count == 1, "the adoption");
        await World.UntilReleaseAsync(closed.Number, null);
        var after = await World.GetReleaseAsync(pr.Number);
        Assert.That(after!.Metadata.Uid, Is.EqualTo(before!.Metadata.Uid));
        Assert.That(after.Metadata.Generation, Is.EqualTo(before.Metadata.Generation), "nothing is redeployed");
        Assert.That(after.Metadata.Label(OwnerLabels.Uid), Is.EqualTo((await World.GetResourceAsync())!.Metadata.Uid));
        Assert.That(World.StatesOf(pr.HeadSha), Is.EqualTo("success"));
    }

    [Test]
    public async Task Destination_IsChanged_MovesTheEnvironments()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.CreateNamespaceAsync(World.Destination + "-new");
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        await World.ApplyAsync(World.Resource(destination: World.Destination + "-new"));

        await World.UntilReleaseAsync(pr.Number, pr.HeadSha, World.Destination + "-new");
        Assert.That(await World.GetReleaseAsync(pr.Number), Is.Null);
    }

    [Test]
    public async Task Suspended_ReadsWritesAndDeletesNothing()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.ApplyAsync(World.Resource(more: "  suspend: true"));
        await World.UntilMessageAsync("Suspended");
        World.GitHub.Requests.Reset();
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, pr.Number);
        await World.DeleteResourceAsync();
        await World.UntilMessageAsync("Deleting");
        Assert.That(await World.GetReleaseAsync(pr.Number), Is.Not.Null);
        Assert.That(World.GitHub.Requests.Entries, Is.Empty);

        await World.ApplyAsync(World.Resource());
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        Assert.That(await World.GetReleaseAsync(pr.Number), Is.Null);
    }

    [Test]
    public async Task Destination_BeingDeleted_IsSaidAndTheOthersGoOn()
    {
        var leaving = World.Destination + "-leaving";
        var held = new V1ObjectMeta { Name = leaving, Finalizers = ["test.example.com/hold"] };
        await World.Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = held });
        await World.Client.CoreV1.DeleteNamespaceAsync(leaving);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource("leaving", leaving));
        await World.ApplyAsync(World.Resource());

        var resource = await World.UntilMessageAsync("UnableToCreateHelmRelease", "leaving");
        Assert.That(resource!.Status!.Environments!.Single().Message, Does.Contain(
            $"namespace {leaving} is being deleted; create it again once it is gone."));
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        Assert.That(await World.EventsAsync("UnableToCreateHelmRelease", "leaving"), Has.Count.EqualTo(1));

        await World.Client.CoreV1.PatchNamespaceAsync(
            new V1Patch("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch), leaving);
    }

    private string Release(string name, string chart, int prNumber = 99, string sha = "abc") => $"""
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: {name}
          namespace: {World.Destination}
        spec:
          interval: 5m
          chart:
            spec:
              chart: {chart}
              version: 0.1.0
              sourceRef:
                kind: GitRepository
                name: infra
                namespace: flux-system
          values:
            prNumber: {prNumber}
            prSHA: {sha}
        """;
}
