using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>What a cluster does to a controller.</summary>
internal sealed class DisruptionTests : EndToEndTest
{
    [Test]
    public async Task Killed_InTheMiddleOfARolloutOfAHundred_FinishesItAndPostsNothingTwice()
    {
        var all = Enumerable.Range(0, 100).Select(_ => World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository))
            .ToList();
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        await World.UntilAsync(
            () => Task.FromResult(World.GitHub.Statuses(EndToEndWorld.Owner, EndToEndWorld.Repository).Count), n => n >= 40, "40 statuses");
        await World.Controller!.KillAsync();
        World.StartController();

        await World.UntilResourceAsync(r => r.Status?.EnvironmentsReady == 100, "100 ready environments");
        await World.UntilAsync(
            () => Task.FromResult(all.Count(pr => World.StatesOf(pr.HeadSha).EndsWith("success", StringComparison.Ordinal))), n => n == 100,
            "100 successes");
        Assert.That(
            all.Select(pr => World.StatesOf(pr.HeadSha)), Has.All.Matches<string>(states => states is "pending success" or "success"));
        Assert.That(await World.ListReleasesAsync(), Has.Count.EqualTo(100));
    }

    [Test]
    public async Task ApiServer_StopsForAWhile_IsWaitedFor()
    {
        if (!Cluster.CanRestartApiServer)
            Assert.Ignore($"Left out: the API server of {Cluster.Name} cannot be stopped.");
        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        await World.UntilStatusAsync(first.HeadSha, "success");

        GitHubPullRequest second;
        await Cluster.StopApiServerAsync();
        try
        {
            second = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
            // Long enough for both watches, and for a reconcile or two, to fail.
            await World.UntilAsync(
                () => World.ControllerLogAsync("refused"), lines => lines.Count >= 6, "six refused connections in the log");
        }
        finally
        {
            await Cluster.StartApiServerAsync();
        }

        await World.UntilStatusAsync(second.HeadSha, "success");
        Assert.That((World.StatesOf(first.HeadSha), World.StatesOf(second.HeadSha)), Is.EqualTo(("pending success", "pending success")));
    }

    [Test]
    public async Task Resource_AppliedBeforeItsSecretAndNamespace_RecoversByItself()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(
            World.Resource(destination: World.Destination + "-late").Replace("tokensecret", "late", StringComparison.Ordinal));
        var waiting = await World.UntilMessageAsync("TokenLoadFailed");
        Assert.That(waiting!.Status!.Condition("Ready")!.Message, Does.Contain($"{World.Namespace}/late"));

        await World.CreateSecretAsync(World.Namespace, "late", EndToEndWorld.Token);
        var homeless = await World.UntilMessageAsync("UnableToCreateHelmRelease");
        Assert.That(homeless!.Status!.Condition("Ready")!.Message, Does.Contain($"namespace {World.Destination}-late does not exist"));

        await World.CreateNamespaceAsync(World.Destination + "-late");
        await World.UntilMessageAsync("Ready");
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha, World.Destination + "-late");
    }

    [Test]
    public async Task Flux_ComesLater_IsSaidAndNoticed()
    {
        if (!Cluster.ShowsDefinitions)
            Assert.Ignore("The definitions are on another server, where this test cannot take them away.");
        await Cluster.RemoveFluxAsync();
        try
        {
            var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
            World.StartController();
            await World.ApplyAsync(World.Resource());
            await World.UntilMessageAsync("FluxNotInstalled");
            Assert.That(await World.EventsAsync("FluxNotInstalled"), Has.Count.EqualTo(1));

            await Cluster.InstallFluxAsync();
            await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
            await World.UntilMessageAsync("Ready");
        }
        finally
        {
            await Cluster.InstallFluxAsync();
        }
    }

    [Test]
    public async Task Terminated_EndsWithExitCodeZero()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilMessageAsync("Ready");

        Assert.That(await World.Controller!.StopAsync(), Is.Zero);
    }

    [Test]
    [Category("Modern")]
    public async Task BadResource_DisturbsNobody()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        var bad = World.Resource("bad", more: "  envURLTemplate: http://x/<<PR_NUMER>>");
        var saysWhy = Does.Contain("spec.envURLTemplate").And.Contain("PR_NUMER");
        if (Cluster.EvaluatesCel)
        {
            Assert.That(async () => await World.ApplyAsync(bad), Throws.InvalidOperationException.With.Message.Matches(saysWhy));
        }
        else
        {
            await World.ApplyAsync(bad);
            Assert.That((await World.UntilMessageAsync("InvalidTemplate", "bad"))!.Status!.Condition("Stalled")!.Message, saysWhy);
        }

        await World.ApplyAsync(World.Resource());
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
    }
}
