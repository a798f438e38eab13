using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Forks, deployments, comments and commands with the real process.</summary>
internal sealed class ReportsTests : EndToEndTest
{
    private const string All = "  report: {deployments: {enabled: true}, comment: {enabled: true}, commands: {enabled: true}}";

    private const string Owner = EndToEndWorld.Owner;

    private const string Repository = EndToEndWorld.Repository;

    [Test]
    public async Task Fork_IsApprovedPushedAndApprovedByCommand_IsReportedAllTheWay()
    {
        var fork = World.GitHub.OpenPullRequest(Owner, Repository, new NewPullRequest { Number = 22, ForkOwner = "eve" });
        World.GitHub.SetRole(Owner, Repository, "mona", "write");
        World.GitHub.SetRole(Owner, Repository, "octocat", "write");
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n" + All));
        await World.UntilStatusAsync(fork.HeadSha, "pending");
        Assert.That(await World.GetReleaseAsync(22), Is.Null);

        World.GitHub.Review(Owner, Repository, 22, "mona");
        await World.UntilStatusAsync(fork.HeadSha, "success");
        await UntilDeploymentAsync(fork.HeadSha, "success");
        var pushed = World.GitHub.Push(Owner, Repository, 22);
        await World.UntilStatusAsync(pushed.HeadSha, "pending");
        Assert.That(ReleaseValues.Read((await World.GetReleaseAsync(22))!.Spec).PrSha, Is.EqualTo(fork.HeadSha));

        World.GitHub.Comment(Owner, Repository, 22, "eve", "/prenv approve " + pushed.HeadSha);
        var command = World.GitHub.Comment(Owner, Repository, 22, "mona", "/prenv approve " + pushed.HeadSha[..7]);
        await World.UntilStatusAsync(pushed.HeadSha, "success");
        await UntilDeploymentAsync(pushed.HeadSha, "success");
        await UntilDeploymentAsync(fork.HeadSha, "inactive");
        var comments = World.GitHub.Comments(Owner, Repository, 22);
        Assert.That(comments.Single(c => c.Id == command.Id).Reactions.Select(r => r.Content), Is.EquivalentTo((string[])["eyes", "+1"]));
        Assert.That(comments.Single(c => c.Author == "eve").Reactions, Is.Empty);

        World.GitHub.Close(Owner, Repository, 22);
        await World.UntilReleaseAsync(22, null);
        await UntilDeploymentAsync(pushed.HeadSha, "inactive");
        var own = World.GitHub.Comments(Owner, Repository, 22).Single(c => c.Author == "octocat");
        Assert.That(own.Body, Does.Contain("being removed"));
    }

    [Test]
    public async Task Close_WithCleanup_LeavesNothingOnGitHub()
    {
        var pr = World.GitHub.OpenPullRequest(Owner, Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        await World.ApplyAsync(
            World.Resource(more: World.HealthCheck + "\n  report: {deployments: {enabled: true, cleanup: Delete}}"));
        await UntilDeploymentAsync(pr.HeadSha, "success");
        Assert.That(World.GitHub.Environments(Owner, Repository), Is.EqualTo((string[])["pr-7"]));

        World.GitHub.Close(Owner, Repository, 7);
        await World.GitHub.UntilAsync(
            github => github.Environments(Owner, Repository).Count == 0, TestContext.CurrentContext.CancellationToken);

        Assert.That(World.GitHub.Deployments(Owner, Repository), Is.Empty);
    }

    [Test]
    public async Task Restart_WithEverythingReported_ReportsNothingTwice()
    {
        var pr = World.GitHub.OpenPullRequest(Owner, Repository, new NewPullRequest { Number = 7 });
        World.GitHub.SetRole(Owner, Repository, "mona", "admin");
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n" + All));
        await UntilDeploymentAsync(pr.HeadSha, "success");
        World.GitHub.Comment(Owner, Repository, 7, "mona", "/prenv delete");
        await World.UntilReleaseAsync(7, null);
        await World.UntilResourceAsync(r => r.Status?.Environments?.Single().Phase == EnvironmentPhase.Skipped, "deleted by command");
        await World.UntilNothingIsToldAsync();
        await World.Controller!.DisposeAsync();
        World.GitHub.Requests.Reset();
        World.StartController();
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();

        // The claim of the command, which is answered by "you did that before".
        Assert.That(
            World.GitHub.Requests.Entries.Where(e => e.Method != "GET").Select(e => (e.Route, e.Status)),
            Is.EqualTo(((string, int)[])[("/repos/{owner}/{repo}/issues/comments/{id:long}/reactions", 200)]));
        Assert.That(await World.GetReleaseAsync(7), Is.Null);
        var revived = World.GitHub.Push(Owner, Repository, 7);
        await World.UntilStatusAsync(revived.HeadSha, "success");
    }

    [Test]
    public async Task CommentsForbidden_IsSaidOnceAndTheRestGoesOn()
    {
        World.GitHub.Faults.Add(
            new FaultRule
            {
                Method = "POST",
                Path = "/comments$",
                Times = null,
                Effect = new FaultEffect.Answer(403, """{"message":"Resource not accessible by integration"}"""),
            });
        var first = World.GitHub.OpenPullRequest(Owner, Repository);
        var second = World.GitHub.OpenPullRequest(Owner, Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n" + All));
        await UntilDeploymentAsync(first.HeadSha, "success");
        await UntilDeploymentAsync(second.HeadSha, "success");
        await World.UntilStatusAsync(second.HeadSha, "success");
        await World.UntilResourceAsync(
            r => r.Status is { Message: "ReportFailed", EnvironmentsReady: 2 }, "all ready, and the failure told");
        await World.UntilListedAgainAsync();
        Assert.That(World.GitHub.Requests.Entries.Count(e => e.Status == 403), Is.EqualTo(1));
        Assert.That(await World.EventsAsync("ReportFailed"), Has.Count.LessThanOrEqualTo(2));
    }

    private Task<IReadOnlyList<GitHubDeployment>> UntilDeploymentAsync(string sha, string state) => World.UntilAsync(
        () => Task.FromResult(World.GitHub.Deployments(Owner, Repository)),
        all => all.Count(d => d.Sha == sha) == 1 && all.Single(d => d.Sha == sha).State == state,
        $"deployment {state} of {sha}");
}
