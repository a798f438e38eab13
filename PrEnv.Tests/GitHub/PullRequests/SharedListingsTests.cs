using Microsoft.AspNetCore.Http;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.GitHub.PullRequests;

/// <summary>Many resources on one repository are one reader.</summary>
[CancelAfter(120_000)]
internal sealed class SharedListingsTests
{
    [Test]
    public async Task ListAsync_ManyAtOnce_AreAnsweredByTwoListings()
    {
        var release = new TaskCompletionSource();
        await using var github = await GitHubHarness.StartAsync(Held(release));
        var first = github.ListAsync();
        await github.Server.ArrivedAsync();

        var others = Enumerable.Range(0, 50).Select(i => github.ListAsync(github.Access with { Name = i % 2 == 0 ? "shop" : "SHOP" })).ToList();
        release.SetResult();

        Assert.That(await Task.WhenAll([first, .. others]), Is.All.InstanceOf<PullRequestListing.Complete>());
        Assert.That(github.Server.Requests, Has.Count.EqualTo(2), "who comes while one is read needs a later one, and they share that");
    }

    [Test]
    public async Task ListAsync_WhileOneIsRead_SeesWhatChangedSince()
    {
        var release = new TaskCompletionSource();
        await using var github = await GitHubHarness.StartAsync(Held(release, PullRequestBody.Page(1)));
        var first = github.ListNumbersAsync();
        await github.Server.ArrivedAsync();
        github.Server.Answer = Answers.Json(PullRequestBody.Page(1, 2));
        var second = github.ListNumbersAsync();
        release.SetResult();

        Assert.That(await first, Is.EqualTo((int[])[1]));
        Assert.That(await second, Is.EqualTo((int[])[1, 2]));
    }

    [Test]
    public async Task ListAsync_OneOfTwoGivesUp_TheOtherGetsItsAnswer()
    {
        var release = new TaskCompletionSource();
        await using var github = await GitHubHarness.StartAsync(Held(release));
        using var impatient = new CancellationTokenSource();
        var reading = github.ListAsync();
        await github.Server.ArrivedAsync();
        var gone = github.ListAsync(cancellationToken: impatient.Token);
        var waits = github.ListAsync();
        await impatient.CancelAsync();
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        release.SetResult();

        Assert.That(await reading, Is.InstanceOf<PullRequestListing.Complete>());
        Assert.That(await waits, Is.InstanceOf<PullRequestListing.Complete>());
    }

    [Test]
    public async Task ListAsync_AllGiveUp_IsNotReadOn_AndTheNextBeginsAnew()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Stall);
        using var impatient = new CancellationTokenSource();
        var one = github.ListAsync(cancellationToken: impatient.Token);
        await github.Server.ArrivedAsync();
        var two = github.ListAsync(cancellationToken: impatient.Token);
        github.Server.Answer = Answers.Json("[]");

        await impatient.CancelAsync();
        Assert.That(async () => await one, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await two, Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await github.ListNumbersAsync(), Is.Empty);
    }

    [Test]
    public async Task ListAsync_OtherCredential_IsAListingOfItsOwn()
    {
        await using var github = await GitHubHarness.StartAsync(Answers.Json("[]"));
        await Task.WhenAll(
            github.ListAsync(), github.ListAsync(github.Access with { Credential = GitHubCredential.FromToken("another") }),
            github.ListAsync(github.Access with { Name = "other" }));

        Assert.That(github.Server.Requests, Has.Count.EqualTo(3));
    }

    private static RequestDelegate Held(TaskCompletionSource release, string body = "[]") => async context =>
    {
        await release.Task;
        await Answers.Json(body)(context);
    };
}
