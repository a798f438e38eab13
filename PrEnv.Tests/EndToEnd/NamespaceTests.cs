using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.EndToEnd;

/// <summary>A namespace for each environment: created before its release, and deleted after it.</summary>
internal sealed class NamespaceTests : EndToEndTest
{
    private string Spec => World.HealthCheck + $$"""

          namespace:
            template: {{World.Namespace}}-<<PR_NUMBER>>
            labels: {branch: <<PR_BRANCH_SLUG>>}
            annotations: {example.com/title: <<PR_TITLE>>}
        """;

    [TearDown]
    public Task TakeRightsAwayAsync() => Cluster.AllowNamespacesAsync(false);

    [Test]
    public async Task Namespace_FromTheRightsToTheEnd_OutlivesItsReleaseAndGoesWithIt()
    {
        await Cluster.AllowNamespacesAsync(true);
        await Cluster.AllowNamespacesAsync(false);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var name = $"{World.Namespace}-{pr.Number}";
        World.StartController();
        await World.ApplyAsync(World.Resource(more: Spec));
        var refused = await World.UntilMessageAsync("NamespaceFailed");
        Assert.That(refused!.Status!.Environments!.Single().Message, Does.Contain("manifests/namespaces"));
        Assert.That(await World.ListReleasesAsync(), Is.Empty);

        await Cluster.AllowNamespacesAsync(true);
        await World.UntilStatusAsync(pr.HeadSha, "success");
        var created = (await FindAsync(name))!;
        Assert.That(created.Metadata.Labels, Does.ContainKey("branch"));
        Assert.That((await World.GetReleaseAsync(pr.Number))!.Spec.TargetNamespace, Is.EqualTo(name));
        Assert.That(World.Flux.Environments.Find(World.Destination, $"relpr-{pr.Number}")!.TargetNamespace, Is.EqualTo(name));
        await World.UntilNothingIsToldAsync();

        // What is settled is not written.
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();
        Assert.That((await FindAsync(name))!.Metadata.ResourceVersion, Is.EqualTo(created.Metadata.ResourceVersion));

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, pr.Number);
        await World.UntilAsync(() => FindAsync(name), n => n is null, "the namespace's end");
        Assert.That(await World.GetReleaseAsync(pr.Number), Is.Null);
        Assert.That(
            World.Flux.Environments.Teardowns.Single(t => t.Key.Namespace == World.Destination).Outcome,
            Is.EqualTo(TeardownOutcome.Uninstalled));
    }

    [Test]
    public async Task Namespace_ThatExistsAlready_IsNeitherUsedNorChanged()
    {
        await Cluster.AllowNamespacesAsync(true);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var name = $"{World.Namespace}-{pr.Number}";
        await World.CreateNamespaceAsync(name);
        var before = (await FindAsync(name))!;
        World.StartController();
        await World.ApplyAsync(World.Resource(more: Spec));

        var resource = await World.UntilMessageAsync("NameConflict");
        Assert.That(resource!.Status!.Environments!.Single().Message, Does.Contain($"Namespace {name} exists"));
        await World.UntilListedAgainAsync();
        Assert.That(await World.ListReleasesAsync(), Is.Empty);
        Assert.That((await FindAsync(name))!.Metadata.ResourceVersion, Is.EqualTo(before.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Resource_ThatIsDeleted_WaitsForItsNamespaces()
    {
        await Cluster.AllowNamespacesAsync(true);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var name = $"{World.Namespace}-{pr.Number}";
        World.StartController();
        await World.ApplyAsync(World.Resource(more: Spec));
        await World.UntilStatusAsync(pr.HeadSha, "success");
        // It takes until somebody lets it go.
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "held", Finalizers = ["example.com/hold"] } };
        await World.Client.CoreV1.CreateNamespacedConfigMapAsync(map, name);

        await World.DeleteResourceAsync();
        await World.UntilResourceAsync(
            r => r?.Status?.Environments?.SingleOrDefault()?.Message is { } message
                && message.Contains($"Namespace {name} is being deleted", StringComparison.Ordinal),
            "the row that waits for the namespace");
        Assert.That(await World.GetReleaseAsync(pr.Number), Is.Null);
        var patch = new V1Patch("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch);
        await World.Client.CoreV1.PatchNamespacedConfigMapAsync(patch, "held", name);
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        Assert.That(await FindAsync(name), Is.Null);
    }

    private async Task<V1Namespace?> FindAsync(string name)
    {
        try
        {
            return await World.Client.CoreV1.ReadNamespaceAsync(name);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
