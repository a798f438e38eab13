using System.Globalization;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>What GitHub says that is no proof: nothing is deleted.</summary>
internal sealed class DoubtTests : EndToEndTest
{
    private static IEnumerable<TestCaseData<FaultRule, string>> BadListings()
    {
        yield return Row("FailsOnPage2", new FaultEffect.Answer(500, "oops"), "PRFetchFailed", 2);
        yield return Row("Truncated", new FaultEffect.Truncate(), "PRFetchFailed", 2);
        yield return Row("Dropped", new FaultEffect.Drop(), "PRFetchFailed", 1);
        yield return Row("Malformed", FaultEffect.MalformedJson, "PRFetchFailed", 1);
        yield return Row("RedirectedElsewhere", new FaultEffect.Redirect(new Uri("http://127.0.0.2:9/pulls")), "PRFetchFailed", 1);
        yield return Row("Unauthorized", new FaultEffect.Answer(401, """{"message":"Bad credentials"}"""), "PRFetchFailed", 1);
        yield return Row("NotFound", new FaultEffect.Answer(404, """{"message":"Not Found"}"""), "PRFetchFailed", 1);
        yield return Row("PrimaryLimit", new FaultEffect.PrimaryLimit(403, 5), "RateLimited", 1);
        yield return Row("SecondaryLimit", new FaultEffect.SecondaryLimit(429, 5), "RateLimited", 2);
        yield return Row("Empty", FaultEffect.EmptyList, "DeletionHeld", 1);
    }

    [TestCaseSource(nameof(BadListings))]
    public async Task Listing_IsBad_DeletesNothingAndRecovers(FaultRule fault, string message)
    {
        // More than a page where the second page is what goes wrong.
        var count = fault.Page == 2 ? 103 : 4;
        for (var i = 0; i < count; i++)
            World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilResourceAsync(r => r.Status?.EnvironmentsReady == count, "all ready");
        var before = (await World.ListReleasesAsync()).Select(r => r.Metadata.Uid).Order(StringComparer.Ordinal).ToList();

        World.GitHub.Faults.Add(fault);
        // A push changes every page: without it GitHub would answer 304, which has no body to be bad.
        World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 1);
        await World.UntilMessageAsync(message);
        Assert.That((await World.GetResourceAsync())!.Status!.Condition("Ready")!.IsFalse);
        World.GitHub.Faults.Clear();
        await World.UntilMessageAsync("Ready");

        var after = (await World.ListReleasesAsync()).Select(r => r.Metadata.Uid).Order(StringComparer.Ordinal);
        Assert.That(after, Is.EqualTo(before));
        Assert.That(World.Flux.Environments.Teardowns.Where(t => t.Key.Namespace == World.Destination), Is.Empty);
    }

    [Test]
    public async Task Listing_StallsForAMinute_DelaysNoOtherResource()
    {
        World.GitHub.CreateRepository(EndToEndWorld.Owner, "slow", isPrivate: false);
        World.GitHub.Faults.Add(new FaultRule { Path = "/slow/", Delay = TimeSpan.FromMinutes(1), Times = null });
        World.StartController("--concurrent", "2");
        var slow = World.Resource("slow").Replace($"repo: {EndToEndWorld.Repository}", "repo: slow", StringComparison.Ordinal);
        await World.ApplyAsync(slow);
        await World.UntilMessageAsync("Starting", "slow");

        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.ApplyAsync(World.Resource());
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        Assert.That((await World.GetResourceAsync("slow"))!.Status!.Message, Is.EqualTo("Starting"));
        World.GitHub.Faults.Clear();
    }

    [Test]
    public async Task PullRequests_AreHostile_HarmNobody()
    {
        var title = new string('x', 9_990) + "\u0000\u001b[31m\r\n\"'";
        var gone = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository,
            new NewPullRequest { Number = 5, HeadRepositoryDeleted = true, ForkOwner = "mallory" });
        var loud = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 6, Title = title, Branch = "$(reboot)" });
        var last = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = int.MaxValue });
        World.StartController();
        await World.ApplyAsync(World.Resource(more: $"  envURLTemplate: {World.Environments.BaseUrl}<<PR_NUMBER>>?title=<<PR_TITLE>>"));

        await World.UntilStatusAsync(loud.HeadSha, "success");
        await World.UntilReleaseAsync(int.MaxValue, last.HeadSha);
        var resource = await World.UntilResourceAsync(r => r.Status?.EnvironmentsTotal == 2, "two environments");
        var row = resource!.Status!.Environments!.Single(e => e.PrNumber == 5);
        Assert.That((row.Phase, row.Reason), Is.EqualTo((EnvironmentPhase.Queued, "ApprovalRequired")));
        await World.UntilStatusAsync(gone.HeadSha, "pending");
        Assert.That(World.StatesOf(gone.HeadSha), Is.EqualTo("pending"));
        Assert.That(await World.GetReleaseAsync(5), Is.Null);
    }

    private static TestCaseData<FaultRule, string> Row(string name, FaultEffect effect, string message, int page) =>
        new TestCaseData<FaultRule, string>(
            new FaultRule { Method = "GET", Path = "/pulls$", Page = page, Times = null, Effect = effect }, message)
            .SetArgDisplayNames(name, page.ToString(CultureInfo.InvariantCulture));
}
