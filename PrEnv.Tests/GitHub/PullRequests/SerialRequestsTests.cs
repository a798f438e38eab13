using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

[CancelAfter(120_000)]
internal sealed class SerialRequestsTests
{
    [Test]
    public async Task ListAsync_ManyAtOnceForOneCredential_GoOneByOne()
    {
        var release = new TaskCompletionSource();
        await using var github = await GitHubHarness.StartAsync(async context =>
        {
            if (IsOurs(context.Request.Headers.Authorization.ToString()))
                await release.Task;
            await Answers.Json("[]")(context);
        });
        var listings = Enumerable.Range(0, 10).Select(i => github.ListNumbersAsync(github.Access with { Name = $"shop-{i}" })).ToArray();

        // Requests that were sent after them come and go: theirs would have arrived long since.
        for (var i = 0; i < 10; i++)
            await github.ListNumbersAsync(github.Access with { Credential = GitHubCredential.FromToken($"token-{i}") });
        var arrived = github.Server.Requests.Where(r => IsOurs(r.Header("Authorization")!)).ToList();
        release.SetResult();
        await Task.WhenAll(listings);

        Assert.Multiple(() =>
        {
            Assert.That(arrived, Has.Count.EqualTo(1));
            Assert.That(github.Server.Requests, Has.Count.EqualTo(20));
        });
    }

    [Test]
    public async Task ListAsync_TwoCredentials_GoTogether()
    {
        using var both = new CountdownEvent(2);
        var arrived = new TaskCompletionSource();
        await using var github = await GitHubHarness.StartAsync(async context =>
        {
            if (both.Signal())
                arrived.SetResult();
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

        Assert.That(await stalling, Is.InstanceOf<PullRequestListing.Complete>(), "in smaller pages");
        Assert.That(await waiting, Is.InstanceOf<PullRequestListing.Complete>());
    }

    private static bool IsOurs(string authorization) => authorization.EndsWith(GitHubHarness.Token, StringComparison.Ordinal);
}
