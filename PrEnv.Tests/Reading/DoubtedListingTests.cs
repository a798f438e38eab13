using PrEnv.Core.Model;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Tests.GitHub.Support;

namespace PrEnv.Tests.Reading;

/// <summary>What GitHub says of one pull request and what it lists do not agree, or it says nothing at all.</summary>
[CancelAfter(120_000)]
internal sealed class DoubtedListingTests
{
    [Test]
    public async Task Confirm_HiddenForDays_IsAskedLessAndLessOften()
    {
        await using var github = await PollerWorld.StartGitHubAsync();
        await using var world = new PollerWorld(github.BaseUrl);
        var minutes = new List<double>();
        var start = world.Client.Time.GetUtcNow();
        while (world.Client.Time.GetUtcNow() < start.AddHours(3.1))
        {
            await world.ListAsync();
            var before = github.Requests.Entries.Count;
            Assert.That(await world.ConfirmAsync(22), Is.EqualTo(PullRequestState.Hidden));
            if (github.Requests.Entries.Count > before)
                minutes.Add((world.Client.Time.GetUtcNow() - start).TotalMinutes);
            world.WaitForTheNextLook();
        }

        // At the first listing after 1, 2, 5, 10, 30 and 60 minutes, each after the one before.
        var waits = minutes.Zip(minutes.Skip(1), (one, next) => next - one).ToArray();
        Assert.That(waits, Is.EqualTo((double[])[1, 2, 5, 10, 30, 60, 60]).Using<double>((a, b) => a >= b && a < b + 1.2));
    }

    [Test]
    public async Task Confirm_HiddenAndRequestedByHand_IsAskedAtOnce()
    {
        await using var github = await PollerWorld.StartGitHubAsync();
        await using var world = new PollerWorld(github.BaseUrl);
        for (var i = 0; i < 5; i++)
        {
            await world.ListAsync();
            await world.ConfirmAsync(22);
            world.WaitForTheNextLook();
        }

        github.Requests.Reset();
        await world.ListAsync("now");
        await world.ConfirmAsync(22);
        Assert.That(github.Requests.Entries.Select(e => e.Target), Has.One.EndsWith("/pulls/22"));
    }

    [Test]
    public async Task Confirm_OnlyAFailure_IsAskedForEachListing()
    {
        await using var github = await PollerWorld.StartGitHubAsync();
        await using var world = new PollerWorld(github.BaseUrl);
        github.Faults.Add(new FaultRule { Path = "/pulls/22$", Times = null, Effect = new FaultEffect.Answer(500) });
        for (var i = 0; i < 3; i++)
        {
            await world.ListAsync();
            Assert.That(await world.ConfirmAsync(22), Is.EqualTo(PullRequestState.Unknown));
            world.WaitForTheNextLook();
        }

        Assert.That(github.Requests.Entries.Count(e => e.Status == 500), Is.EqualTo(3));
    }

    [Test]
    public async Task Confirm_OpenButMissingFromAConfirmedListing_ReadsTheListingInFullAtOnce()
    {
        var listed = PullRequestBody.Page(1);
        await using var github = await ScriptedGitHub.StartAsync(context => IsListing(context)
            ? Lying(listed)(context)
            : Answers.Json(PullRequestBody.Of(22).ToJsonString())(context));
        await using var world = new PollerWorld(github.Url);
        await world.ListAsync();
        listed = PullRequestBody.Page(1, 22);
        world.WaitForTheNextLook();
        Assert.That((await world.ListAsync()).PullRequests, Has.Length.EqualTo(1), "GitHub's 304 is wrong");

        Assert.That(await world.ConfirmAsync(22), Is.EqualTo(PullRequestState.Open));
        Assert.That(world.Memory.Listing!.Due, Is.EqualTo(world.Client.Time.GetUtcNow()));
        Assert.That((await world.ListAsync()).PullRequests, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Confirm_OpenButNeverListed_DoubtsTheListingOnceAnHour()
    {
        await using var github = await ScriptedGitHub.StartAsync(context => IsListing(context)
            ? Lying(PullRequestBody.Page(1))(context)
            : Answers.Json(PullRequestBody.Of(22).ToJsonString())(context));
        await using var world = new PollerWorld(github.Url);
        var start = world.Client.Time.GetUtcNow();
        while (world.Client.Time.GetUtcNow() < start.AddMinutes(50))
        {
            await world.ListAsync();
            await world.ConfirmAsync(22);
            world.WaitForTheNextLook();
        }

        Assert.That(
            github.Requests.Count(r => r.PathAndQuery.Contains("/pulls?", StringComparison.Ordinal) && r.Header("If-None-Match") is null),
            Is.EqualTo(2));
    }

    [Test]
    public async Task List_DeliveryContradictsAConfirmedPullRequest_IsReadInFull()
    {
        var head = PullRequestBody.Sha;
        await using var github = await ScriptedGitHub.StartAsync(context => IsListing(context)
            ? Lying(PullRequestBody.Page(22))(context)
            : Lying(PullRequestBody.Of(22, pr => pr["head"]!["sha"] = head).ToJsonString())(context));
        await using var world = new PollerWorld(github.Url);
        await world.ListAsync();
        world.Deliver(new GitHubPullRequestFacts(22, true, head));
        await world.ListAsync();
        head = new string('1', 40);
        world.Deliver(new GitHubPullRequestFacts(22, true, head));
        Assert.That((await world.ListAsync()).PullRequests.Single().HeadSha, Is.Not.EqualTo(head), "GitHub's 304 is wrong");

        world.WaitForTheNextLook();
        Assert.That((await world.ListAsync()).PullRequests.Single().HeadSha, Is.EqualTo(head));
    }

    private static bool IsListing(Microsoft.AspNetCore.Http.HttpContext context) =>
        context.Request.Path.Value!.EndsWith("/pulls", StringComparison.Ordinal);

    // Confirms everything that the client has, whatever it is.
    private static Microsoft.AspNetCore.Http.RequestDelegate Lying(string body) => context =>
        context.Request.Headers.IfNoneMatch.Count > 0
            ? Answers.Json("", 304)(context)
            : Answers.Json(body, 200, ("ETag", "W/\"1\""))(context);
}
