using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>What GitHub is told of environments that go with their resource.</summary>
internal sealed class LastWordsTests : EndToEndTest
{
    private const string Telling = "  report: {deployments: {enabled: true}, comment: {enabled: true}}";

    private const string Owner = EndToEndWorld.Owner;

    private const string Repository = EndToEndWorld.Repository;

    [Test]
    public async Task Killed_InTheMiddleOfATeardown_SaysTheLastWordsAfterwards()
    {
        var pr = await StartAsync();
        await HoldReleaseAsync();
        // GitHub takes nothing until the process is dead.
        foreach (var method in (string[])["POST", "PATCH"])
            World.GitHub.Faults.Add(new FaultRule { Method = method, Times = null, Effect = new FaultEffect.Answer(502) });
        await World.DeleteResourceAsync();
        await World.UntilAsync(
            () => World.GetReleaseAsync(7), r => r?.Metadata.DeletionTimestamp is not null, "the beginning of the uninstall");
        await World.Controller!.KillAsync();
        Assert.That(World.GitHub.Deployments(Owner, Repository).Single().State, Is.EqualTo("success"));

        World.GitHub.Faults.Clear();
        World.StartController();
        await UntilToldAsync(pr);
        await World.PatchReleaseAsync(7, """{"metadata":{"finalizers":null}}""");
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        Assert.That(World.GitHub.Deployments(Owner, Repository).Single().Statuses.Count(s => s.State == "inactive"), Is.EqualTo(1));
    }

    [Test]
    public async Task Teardown_QuickerThanGitHub_WaitsForTheLastWords()
    {
        var pr = await StartAsync();
        World.GitHub.Faults.Add(new FaultRule { Method = "POST", Delay = TimeSpan.FromSeconds(2) });
        await World.DeleteResourceAsync();
        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");

        Assert.That(World.GitHub.Deployments(Owner, Repository).Single(d => d.Sha == pr.HeadSha).State, Is.EqualTo("inactive"));
        Assert.That(World.GitHub.Comments(Owner, Repository, 7).Single().Body, Does.Contain("being removed"));
    }

    [Test]
    public async Task Teardown_WhileGitHubIsAway_EndsAllTheSame()
    {
        await StartAsync();
        World.GitHub.Faults.Add(new FaultRule { Times = null, Effect = new FaultEffect.Answer(502) });
        await World.DeleteResourceAsync();

        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "the resource's end");
        Assert.That(await World.ListReleasesAsync(), Is.Empty);
    }

    private async Task<GitHubPullRequest> StartAsync()
    {
        var pr = World.GitHub.OpenPullRequest(Owner, Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n" + Telling));
        await World.UntilAsync(
            () => World.GetReleaseAsync(7),
            r => r is not null && ReportedDeployment.Read(r)?.Report.State == DeploymentState.Success && ReportedComment.Read(r) is not null
                && World.GitHub.Comments(Owner, Repository, 7).Single().Body.Contains("ready", StringComparison.Ordinal),
                "all told and noted");
        return pr;
    }

    // As a chart that takes long to uninstall.
    private async Task HoldReleaseAsync()
    {
        var held = (await World.GetReleaseAsync(7))!.Metadata.Finalizers!.Append("test.example.com/hold");
        await World.PatchReleaseAsync(7, $$$"""{"metadata":{"finalizers":{{{JsonSerializer.Serialize(held)}}}}}""");
    }

    private async Task UntilToldAsync(GitHubPullRequest pr)
    {
        await World.UntilAsync(
            () => Task.FromResult(World.GitHub.Deployments(Owner, Repository)),
            all => all.Single(d => d.Sha == pr.HeadSha).State == "inactive", "the deployment's end");
        await World.UntilAsync(
            () => Task.FromResult(World.GitHub.Comments(Owner, Repository, 7)),
            all => all.Single().Body.Contains("being removed", StringComparison.Ordinal), "the comment's end");
    }
}
