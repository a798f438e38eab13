using PrEnv.Core.Releases;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>An idle pull request loses its environment, and gets it back.</summary>
internal sealed class ExpiryTests : EndToEndTest
{
    [Test]
    public async Task Expiry_OfAnIdlePullRequest_IsRememberedAndEndsWithAPush()
    {
        var pullRequest = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n  expiry: {idleTimeout: 20s}"));
        await World.UntilStatusAsync(pullRequest.HeadSha, "success");
        await World.UntilResourceAsync(
            r => r?.Status?.Environments is [{ Phase: "Expired", Reason: "EnvExpired" }], "the environment expires");

        Assert.That(await World.ListReleasesAsync(), Is.Empty);
        Assert.That(await World.EventsAsync("EnvExpired"), Has.Count.EqualTo(1));

        var pushed = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, pullRequest.Number);
        await World.UntilStatusAsync(pushed.HeadSha, "success");
    }

    [Test]
    public async Task Expiry_BetweenTwoListings_ReadsAnotherFirst()
    {
        var pullRequest = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        // The next listing is an hour away, and nothing announces the label.
        await World.ApplyAsync(World.Resource(interval: "1h", more: "  expiry: {idleTimeout: 20s}"));
        await World.UntilStatusAsync(pullRequest.HeadSha, "success");
        World.GitHub.Update(EndToEndWorld.Owner, EndToEndWorld.Repository, 7, p => p with { Labels = ["demo"] });
        var before = (await World.GetReleaseAsync(7))!;
        var after = await World.UntilAsync(
            () => World.GetReleaseAsync(7), r => r is null || Activity.Read(r) != Activity.Read(before),
            "the label is seen, or all is lost");

        Assert.That(after?.Metadata.Uid, Is.EqualTo(before.Metadata.Uid));
        Assert.That(await World.EventsAsync("EnvExpired"), Is.Empty);
    }
}
