using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>What Flux shows of a release is not always about the commit that people look at.</summary>
internal sealed class ImpreciseFluxTests : EndToEndTest
{
    protected override HelmControllerOptions? Flux { get; } = new() { CancelHealthCheckOnNewRevision = true };

    [Test]
    public async Task Push_WhileAnInstallationHangs_ShowsNoFailureOfTheCommitBefore()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        await World.UntilMessageAsync("Ready");
        World.Flux.HangInstalls("relpr-22");
        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        World.Flux.HangInstalls("relpr-22", first.HeadSha);
        await World.UntilAsync(() => World.GetReleaseAsync(22), r => r?.Status?.LastAttemptedGeneration == 1, "an attempt");

        var second = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilStatusAsync(second.HeadSha, "success");

        Assert.That(World.StatesOf(second.HeadSha), Is.EqualTo("pending success"));
        Assert.That(World.StatesOf(first.HeadSha), Is.EqualTo("pending"));
        Assert.That(await World.EventsAsync("EnvFailed"), Is.Empty);
    }

    [Test]
    public async Task Chart_CannotBeFetched_FailsWithItsCauseAndRecovers()
    {
        World.Flux.BreakChart("relpr-22", "SourceUnavailable", "GitRepository.source.toolkit.fluxcd.io \"infra\" not found");
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n  healthCheck: {timeout: 15s}"));
        var head = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 }).HeadSha;
        await World.UntilStatusAsync(head, "failure");

        var resource = await World.UntilResourceAsync(r => r.Status?.Environments?.Single().Phase == "Failed", "a failed environment");
        Assert.That(resource!.Status!.Environments!.Single().Message, Does.Contain("\"infra\" not found"));
        World.Flux.Heal("relpr-22");
        await World.UntilStatusAsync(head, "success");
        Assert.That(World.StatesOf(head), Is.EqualTo("pending failure success"));
    }

    [Test]
    public async Task HealthCheckUrl_OfTwoPullRequests_BelongsToTheFirst()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: $"  envHealthCheckURLTemplate: {World.Environments.BaseUrl}pr/22"));
        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        var second = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 23 });

        await World.UntilStatusAsync(first.HeadSha, "success");
        await World.UntilStatusAsync(second.HeadSha, "failure");
        await World.UntilListedAgainAsync();

        Assert.That(World.StatesOf(second.HeadSha), Is.EqualTo("failure"));
        Assert.That(await World.EventsAsync("URLNotUnique"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task HealthCheckUrl_OfTwoResources_BelongsToTheOlder()
    {
        World.StartController();
        await World.CreateNamespaceAsync($"{World.Destination}-web");
        await World.ApplyAsync(Selecting("shop", World.Destination));
        await World.ApplyAsync(Selecting("web", $"{World.Destination}-web"));
        var first = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22, Labels = ["shop"] });
        var second = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 23, Labels = ["web"] });

        await World.UntilStatusAsync(first.HeadSha, "success");
        await World.UntilStatusAsync(second.HeadSha, "failure");
        await World.UntilListedAgainAsync();
        Assert.That(World.StatesOf(second.HeadSha), Does.EndWith("failure").And.Not.Contain("success"));

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, first.Number);
        await World.UntilReleaseAsync(first.Number, null);
        await World.UntilStatusAsync(second.HeadSha, "pending");
    }

    private string Selecting(string name, string destination) => World.Resource(
        name, destination, more: $"  envHealthCheckURLTemplate: {World.Environments.BaseUrl}pr/22\n  pullRequests: {{labels: [{name}]}}");
}
