using PrEnv.Controller.GitHub;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

[CancelAfter(30_000)]
internal sealed class SerialRequestsTests
{
    [Test]
    public async Task ListAsync_ManyAtOnceForOneCredential_GoOneByOne()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Pages(PullRequestBody.Page(1), PullRequestBody.Page(2)));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => github.ListNumbersAsync(github.Access with { Name = $"shop-{i}" })));

        Assert.Multiple(() =>
        {
            Assert.That(github.Server.Requests, Has.Count.EqualTo(40));
            Assert.That(github.Server.MostInFlight, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task ListAsync_TwoCredentials_GoTogether()
    {
        using var both = new CountdownEvent(2);
        var arrived = new TaskCompletionSource();
        await using var github = await GitHubHarness.StartAsync(async context =>
        {
            if (both.Signal()) arrived.SetResult();
            await arrived.Task;
            await Answers.Json("[]")(context);
        });

        // Neither is answered before the other has arrived.
        var listings = await Task.WhenAll(
            github.ListAsync(), github.ListAsync(github.Access with { Credential = GitHubCredential.FromToken("another") }));

        Assert.That(listings, Is.All.InstanceOf<PullRequestListing.Complete>());
    }

    [Test]
    public async Task ListAsync_StallingRepository_HoldsUpAnotherOfItsCredentialNoLongerThanTheTimeout()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Sequence(Answers.Stall, Answers.Json("[]")));
        var stalling = github.ListAsync();
        await github.Server.ArrivedAsync();
        var waiting = github.ListAsync(github.Access with { Name = "other" });

        github.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(GitHubHarness.Unavailable(await stalling).Reason, Is.EqualTo(UnavailableReason.Timeout));
        Assert.That(await waiting, Is.InstanceOf<PullRequestListing.Complete>());
    }
}
