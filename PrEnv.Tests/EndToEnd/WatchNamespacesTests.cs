using System.Globalization;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd;

/// <summary>A controller whose account has Roles in a few namespaces and no right in the cluster.</summary>
internal sealed class WatchNamespacesTests : EndToEndTest
{
    private static int _count;

    private readonly string _account = $"confined-{Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)}";
    private string _kubeconfig = "";
    private ControllerProcess? _controller;

    private string Unseen => World.Namespace + "-unseen";

    [SetUp]
    public async Task CreateAccountAsync()
    {
        _kubeconfig = await Cluster.CreateAccountAsync(_account);
        await Cluster.GrantAsync(_account, "leader-election-role");
        await Cluster.GrantAsync(_account, "namespaced/lease-events-role");
        await Cluster.GrantAsync(_account, "namespaced/role/role", World.Namespace);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_controller is not null)
            await _controller.DisposeAsync();
        _controller = null;
    }

    [Test]
    public async Task RolesInTwoNamespaces_SufficeForTheMainJob()
    {
        await Cluster.GrantAsync(_account, "namespaced/role/role", World.Destination);
        await World.CreateNamespaceAsync(Unseen);
        await World.CreateSecretAsync(Unseen, "tokensecret", EndToEndWorld.Token);
        await World.ApplyAsync(World.Resource("elsewhere").Replace(
            $"namespace: {World.Namespace}", $"namespace: {Unseen}", StringComparison.Ordinal));
        await World.ApplyAsync(World.Resource("astray", destination: Unseen));
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        StartConfined();
        await World.UntilStatusAsync(pr.HeadSha, "success");

        var astray = await World.UntilMessageAsync("InvalidSpec", "astray");
        var stalled = astray!.Status!.Conditions!.Single(c => c.Type == "Stalled");
        Assert.That(
            stalled.Message,
            Is.EqualTo(
                $"spec.envCreationHelmRepo.destinationNamespace is {Unseen}, which this controller's --watch-namespaces does not list."));
        Assert.That(await World.ListReleasesAsync(Unseen), Is.Empty);
        Assert.That((await World.GetResourceAsync("elsewhere", Unseen))!.Status, Is.Null);

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, pr.Number);
        await World.UntilReleaseAsync(pr.Number, null);
        var last = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.UntilReleaseAsync(last.Number, last.HeadSha);
        await World.DeleteResourceAsync();
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        Assert.That(await World.GetReleaseAsync(last.Number), Is.Null);
        Assert.That(await EndToEndWorld.LogAsync(_controller!, "is forbidden: User"), Is.Empty);
    }

    [Test]
    public async Task RoleIsMissing_TheLogSaysWhichRight_AndWorkBeginsOnceItIsThere()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.ApplyAsync(World.Resource());
        StartConfined();
        await World.UntilAsync(
            () => EndToEndWorld.LogAsync(_controller!, "is forbidden: User"),
            lines => lines.Any(line => line.Contains("cannot list resource \"helmreleases\"", StringComparison.Ordinal)
                && line.Contains($"in the namespace \"{World.Destination}\"", StringComparison.Ordinal)),
            "the right that is missing");
        Assert.That((await World.GetResourceAsync())!.Status, Is.Null, "one that cannot read everything does not work");

        await Cluster.GrantAsync(_account, "namespaced/role/role", World.Destination);
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
    }

    // The resource's finalizer is the only thing that still names what was made where nobody looks any more.
    [Test]
    public async Task DestinationIsNoLongerWatched_ItsResourceWaitsAndNothingIsDeleted()
    {
        await Cluster.GrantAsync(_account, "namespaced/role/role", World.Destination);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.ApplyAsync(World.Resource());
        StartConfined();
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        await _controller!.DisposeAsync();
        await World.DeleteResourceAsync();
        _controller = World.StartInstance(_kubeconfig, "--watch-namespaces", World.Namespace);
        var waiting = await World.UntilResourceAsync(
            r => r?.Status?.Conditions?.Any(c => c.Message.Contains("--watch-namespaces", StringComparison.Ordinal)) == true,
            "why it waits");

        Assert.That(waiting!.Metadata.Finalizers, Does.Contain(PREphemeralEnvController.Finalizer));
        Assert.That((await World.GetReleaseAsync(pr.Number))!.Metadata.DeletionTimestamp, Is.Null);
    }

    private void StartConfined() => _controller = World.StartInstance(
        _kubeconfig,
        "--watch-namespaces", $"{World.Namespace},{World.Destination}",
        "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace);
}
