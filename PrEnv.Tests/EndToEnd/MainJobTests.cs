using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>The main job, as users see it.</summary>
internal sealed class MainJobTests : EndToEndTest
{
    [Test]
    public async Task PullRequest_FromOpenToClose_IsToldTheTruthOnce()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        await World.UntilMessageAsync("Ready");
        Assert.That(await World.EventsAsync("NoActivePRs"), Is.EqualTo((string[])["No active PRs found"]));

        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        await World.UntilStatusAsync(first.HeadSha, "success");
        Assert.That(World.StatesOf(first.HeadSha), Is.EqualTo("pending success"));
        var release = await World.GetReleaseAsync(22);
        Assert.That(ReleaseValues.Read(release!.Spec), Is.EqualTo(new ReleaseValues(22, first.HeadSha)));
        Assert.That(
            release.Spec.ReadChart()!.Source,
            Is.EqualTo(new SourceReference { Kind = "GitRepository", Name = "infra", Namespace = "flux-system" }));

        // The old revision answers 200 for a while after the push: it must not make the new commit green.
        World.Flux.HangInstalls("relpr-22");
        var second = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilStatusAsync(second.HeadSha, "pending");
        await World.UntilListedAgainAsync();
        Assert.That(World.Flux.Environments.FindByPullRequest(22)!.PrSha, Is.EqualTo(first.HeadSha));
        Assert.That(World.StatesOf(second.HeadSha), Is.EqualTo("pending"));
        World.Flux.Heal("relpr-22");
        await World.UntilStatusAsync(second.HeadSha, "success");
        Assert.That(World.Flux.Environments.FindByPullRequest(22)!.PrSha, Is.EqualTo(second.HeadSha));
        Assert.That(World.StatesOf(second.HeadSha), Is.EqualTo("pending success"));

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, null);
        // The double notes it once its finalizer is off.
        var teardowns = await World.UntilAsync(
            () => Task.FromResult(World.Flux.Environments.Teardowns.Where(t => t.Key.Namespace == World.Destination).ToList()),
            found => found.Count > 0, "its teardown");
        var end = teardowns.Single();
        Assert.That(end.Outcome, Is.EqualTo(TeardownOutcome.Uninstalled));
        await World.UntilResourceAsync(r => r.Status?.EnvironmentsTotal == 0, "no environments");
        await AssertEventsAsync();
        Assert.That(await File.ReadAllTextAsync(World.Controller!.LogPath), Does.Not.Contain(EndToEndWorld.Token));
    }

    [Test]
    public async Task Commit_OfTwoPullRequests_ShowsTheWorstAndThenTheRemainingOne()
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        var first = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        var sha = first.HeadSha;
        await World.UntilStatusAsync(sha, "success");

        World.Flux.FailInstalls("relpr-23");
        World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 23, Sha = sha, BaseBranch = "release" });
        await World.UntilStatusAsync(sha, "failure");
        Assert.That(World.GitHub.Statuses(EndToEndWorld.Owner, EndToEndWorld.Repository, sha)[^1].Description, Does.StartWith("PR 23: "));
        await World.UntilListedAgainAsync();
        Assert.That(World.StatesOf(sha), Is.EqualTo("pending success pending failure"));

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, 23);
        await World.UntilStatusAsync(sha, "success");
        await World.UntilListedAgainAsync();
        Assert.That(World.StatesOf(sha), Is.EqualTo("pending success pending failure success"));
    }

    [Test]
    public async Task PredecessorsSample_Unmodified_MakesAnEnvironmentForEachPullRequest()
    {
        World.GitHub.CreateRepository("manisbindra", "ephemeral-app", isPrivate: true);
        World.GitHub.Grant(EndToEndWorld.Token, "manisbindra", "ephemeral-app");
        await World.CreateNamespaceAsync("pr-helm-releases");
        await World.CreateSecretAsync("default", "tokensecret", EndToEndWorld.Token);
        World.StartController();
        try
        {
            var pr = World.GitHub.OpenPullRequest("manisbindra", "ephemeral-app", new NewPullRequest { Number = 22 });
            foreach (var sample in (string[])["without-healthcheck.yaml", "with-healthcheck.yaml"])
            {
                var yaml = await File.ReadAllTextAsync(RepositoryRoot.Combine("samples", sample));
                await World.ApplyAsync(yaml);
            }

            await World.UntilReleaseAsync(22, pr.HeadSha, "pr-helm-releases");
            await World.UntilAsync(
                () => Task.FromResult(World.GitHub.Statuses("manisbindra", "ephemeral-app", pr.HeadSha)),
                s => s.Count > 0,
                "a status");
        }
        finally
        {
            await World.RemoveResourcesAsync("default");
            await World.DeleteSecretAsync("default", "tokensecret");
        }
    }

    [Test]
    public async Task NothingChanges_NothingIsWrittenAndNothingIsCharged()
    {
        for (var i = 1; i <= 3; i++)
            World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        await World.UntilResourceAsync(r => r.Status?.EnvironmentsReady == 3, "three ready environments");
        // The answers to the last statuses become annotations; what follows the next whole listing is the first of a quiet time.
        await World.UntilAsync(
            () => World.ListReleasesAsync(), all => all.All(r => ReportedStatus.Read(r)?.Status.State == CommitState.Success),
            "three reports, noted");
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();
        var before = await World.ResourceVersionsAsync();
        World.GitHub.Requests.Reset();
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();

        Assert.That(await World.ResourceVersionsAsync(), Is.EqualTo(before));
        Assert.That(World.GitHub.Requests.Counters.Charged, Is.Zero, string.Join('\n', World.GitHub.Requests.Entries));
    }

    [Test]
    public async Task HandEdit_OfWhatTheControllerOwns_IsUndone()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        await World.PatchReleaseAsync(pr.Number, """{"spec":{"values":{"prSHA":"by hand"},"chart":{"spec":{"version":"9.9.9"}}}}""");

        await World.UntilAsync(
            () => World.GetReleaseAsync(pr.Number),
            r => r!.Metadata.Generation > 1 && ReleaseValues.Read(r.Spec).PrSha == pr.HeadSha && r.Spec.ReadChart()!.Version == "0.1.0",
            "the edit undone");
    }

    [Test]
    public async Task InstallFails_IsToldToTheAuthorAndTheOperator_AndAPushMendsIt()
    {
        World.Flux.FailInstalls("relpr-7", 1, "the image could not be pulled");
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        await World.ApplyAsync(World.Resource(more: "  readyWhen: HelmReleaseReady"));
        await World.UntilStatusAsync(pr.HeadSha, "failure");
        var told = await World.UntilAsync(() => World.EventsAsync("EnvFailed"), e => e.Count > 0, "EnvFailed");
        Assert.That(told, Has.One.Contains("the image could not be pulled"));

        var mended = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 7);
        await World.UntilStatusAsync(mended.HeadSha, "success");
        Assert.That(World.StatesOf(pr.HeadSha), Is.EqualTo("pending failure"));
    }

    private async Task AssertEventsAsync()
    {
        Assert.That(await World.EventsAsync("FluxHelmReleaseCreated"), Is.EqualTo((string[])["New flux HelmRelease created for PR 22"]));
        Assert.That(await World.EventsAsync("FluxHelmReleaseUpdated"), Has.Count.EqualTo(1));
        Assert.That(await World.EventsAsync("EnvReady"), Has.All.EqualTo("Environment is ready for PR 22"));
        Assert.That(await World.EventsAsync("FluxHelmReleaseDeleted"), Is.EqualTo((string[])["Flux HelmRelease deleted for PR 22"]));
    }
}
