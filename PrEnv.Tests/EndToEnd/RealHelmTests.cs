using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.Cluster;
using PrEnv.Tests.Deployment;

namespace PrEnv.Tests.EndToEnd;

/// <summary>The main job with real Helm and the sample chart: an environment is what the API server has of it.</summary>
internal sealed class RealHelmTests : EndToEndTest
{
    // The chart makes a namespace of this number, which no other test may use.
    private const int Number = 8022;
    private const string Namespace = "pr-8022";

    private IHelm _helm = null!;

    protected override HelmControllerOptions Flux => new() { Helm = _helm };

    [OneTimeSetUp]
    public async Task FindHelmAsync()
    {
        Programs.Need("helm");
        var cluster = await TestCluster.GetAsync();
        if (!cluster.HasControllers)
            Assert.Ignore("Left out: without kube-controller-manager, no namespace that was deleted ever goes.");
        _helm = await RealHelm.FindAsync(cluster.KubeconfigPath, RealHelm.SampleCharts, waits: true, CancellationToken.None);
    }

    [Test]
    public async Task PullRequest_FromOpeningToClosing_IsInstalledUpgradedAndUninstalled()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck).Replace("charts/env", "ephemeral-env", StringComparison.Ordinal));
        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = Number });
        await World.UntilStatusAsync(first.HeadSha, "success");

        Assert.That(await PageAsync(), Is.EqualTo($"Pull request {Number} at {first.HeadSha}"));
        var created = await Cluster.Client.CoreV1.ReadNamespaceAsync(Namespace);
        Assert.That(created.Labels()["app.kubernetes.io/managed-by"], Is.EqualTo("Helm"));

        var second = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, Number);
        await World.UntilStatusAsync(second.HeadSha, "success");
        Assert.That(await PageAsync(), Is.EqualTo($"Pull request {Number} at {second.HeadSha}"));
        var upgraded = await Cluster.Client.CoreV1.ReadNamespaceAsync(Namespace);
        Assert.That(upgraded.Uid(), Is.EqualTo(created.Uid()), "it is upgraded in place");

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, Number);
        await World.UntilReleaseAsync(Number, null);
        Assert.That(await PageAsync(), Is.Null);
        Assert.That(
            () => Cluster.Client.CoreV1.ReadNamespaceAsync(Namespace),
            Throws.TypeOf<HttpOperationException>().With.Property("Response").With.Property("StatusCode").EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Chart_ThatDoesNotRender_IsReportedWithHelmsOwnWords()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck)
            .Replace("charts/env", "ephemeral-env\n    values: {image: 42}", StringComparison.Ordinal));
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = Number });
        await World.UntilStatusAsync(pr.HeadSha, "failure");

        var resource = await World.UntilResourceAsync(
            r => r.Status?.Environments is [{ Message: { } message }]
                && message.Contains("can't evaluate field repository", StringComparison.Ordinal),
            "why the chart does not render");
        Assert.That(resource!.Status!.Environments!.Single().Phase, Is.EqualTo("Failed"));
        Assert.That(await PageAsync(), Is.Null, "nothing was installed");
    }

    private async Task<string?> PageAsync()
    {
        try
        {
            return (await Cluster.Client.CoreV1.ReadNamespacedConfigMapAsync("page", Namespace)).Data["index.html"].Trim();
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
