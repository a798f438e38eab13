using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>There are never more environments than there may be.</summary>
internal sealed class LimitTests : EndToEndTest
{
    [Test]
    public async Task Limit_OfOne_TheSecondWaitsIsToldAndFollows()
    {
        var first = Open(7);
        var second = Open(9);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n  limits: {maxEnvironments: 1}"));
        await World.UntilStatusAsync(first.HeadSha, "success");
        await World.UntilStatusAsync(second.HeadSha, "pending");
        await World.UntilNothingIsToldAsync();

        var told = World.GitHub.Statuses(EndToEndWorld.Owner, EndToEndWorld.Repository, second.HeadSha).Single();
        Assert.That(told.Description, Is.EqualTo("Waiting for a free environment: 1st of 1"));
        Assert.That(await World.ListReleasesAsync(), Has.Count.EqualTo(1));
        var row = (await World.GetResourceAsync())!.Status!.Environments!.Single(e => e.PrNumber == second.Number);
        Assert.That(row.Message, Does.Contain("The oldest: PR 7."));

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, first.Number);
        await World.UntilStatusAsync(second.HeadSha, "success");
        Assert.That(await World.GetReleaseAsync(first.Number), Is.Null, "its place was free before it was taken");
    }

    private GitHubPullRequest Open(int number) => World.GitHub.OpenPullRequest(
        EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = number });
}
