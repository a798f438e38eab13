using System.Text.Json;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Tests.EndToEnd;

/// <summary>An environment sleeps with other values, and wakes up.</summary>
internal sealed class SleepTests : EndToEndTest
{
    [Test]
    public async Task Sleep_OfAnIdlePullRequest_OutlivesARestartAndEndsWithALabel()
    {
        var pullRequest = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck + "\n  sleep: {values: {replicaCount: 0}, idleTimeout: 20s}"));
        await World.UntilStatusAsync(pullRequest.HeadSha, "success");
        await UntilPhaseAsync("Asleep");
        var asleep = await World.GetReleaseAsync(7);
        Assert.That(DesiredReleases.AsleepSince(asleep!), Is.Not.Null);
        Assert.That(ValueOf(asleep!), Is.EqualTo("0"));

        await World.Controller!.StopAsync();
        await World.Controller.DisposeAsync();
        World.StartController();
        World.GitHub.Update(EndToEndWorld.Owner, EndToEndWorld.Repository, 7, p => p with { Labels = ["demo"] });
        await World.UntilAsync(
            () => World.GetReleaseAsync(7), r => r is not null && DesiredReleases.AsleepSince(r) is null, "it wakes up");
        Assert.That(ValueOf((await World.GetReleaseAsync(7))!), Is.Null, "its values are gone from the cluster, too");
        await World.UntilAsync(() => World.EventsAsync("EnvAwake"), events => events.Count == 1, "that is told");
        await UntilPhaseAsync("Ready", "Asleep");

        Assert.That(
            World.GitHub.Statuses(EndToEndWorld.Owner, EndToEndWorld.Repository, pullRequest.HeadSha).Select(s => s.State),
            Is.EqualTo((string[])["pending", "success"]));
    }

    [Test]
    public async Task Commands_PutToSleepWakeAndKeep_EachAnsweredOnce()
    {
        World.GitHub.SetRole(EndToEndWorld.Owner, EndToEndWorld.Repository, "hubot", "write");
        var pullRequest = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 7 });
        World.StartController();
        await World.ApplyAsync(World.Resource(
            more: World.HealthCheck + "\n  sleep: {values: {replicaCount: 0}}\n  report: {commands: {enabled: true}}"));
        await World.UntilStatusAsync(pullRequest.HeadSha, "success");

        Comment("stranger", "/prenv sleep");
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();
        Assert.That(DesiredReleases.AsleepSince((await World.GetReleaseAsync(7))!), Is.Null, "from a stranger");

        var sleep = Comment("hubot", "/prenv sleep");
        await UntilPhaseAsync("Asleep");
        await UntilAnsweredAsync(sleep, "+1");
        Assert.That(ValueOf((await World.GetReleaseAsync(7))!), Is.EqualTo("0"));

        var wake = Comment("hubot", "/prenv wake");
        await UntilPhaseAsync("Ready");
        await UntilAnsweredAsync(wake, "+1");
        Assert.That(ValueOf((await World.GetReleaseAsync(7))!), Is.Null);

        var keep = Comment("hubot", "/prenv keep 2h");
        await UntilAnsweredAsync(keep, "+1");
        var tooLong = Comment("hubot", "/prenv keep 1000h");
        await UntilAnsweredAsync(tooLong, "confused");
        var effects = CommandEffects.Read((await World.GetResourceAsync())!);
        Assert.That(effects.KeptUntil(7), Is.EqualTo(TimeProvider.System.GetUtcNow().AddHours(2)).Within(TimeSpan.FromMinutes(5)));
        Assert.That(World.StatesOf(pullRequest.HeadSha), Is.EqualTo("pending success"));
    }

    private GitHubComment Comment(string author, string body) =>
        World.GitHub.Comment(EndToEndWorld.Owner, EndToEndWorld.Repository, 7, author, body);

    private Task<GitHubComment> UntilAnsweredAsync(GitHubComment comment, string reaction) => World.UntilAsync(
        () => Task.FromResult(World.GitHub.Comments(EndToEndWorld.Owner, EndToEndWorld.Repository, 7).Single(c => c.Id == comment.Id)),
        c => c.Reactions.Any(r => r.Content == reaction), $"{reaction} for {comment.Body}");

    private Task<PREphemeralEnvController?> UntilPhaseAsync(params string[] phases) => World.UntilResourceAsync(
        r => r.Status?.Environments is [{ Phase: var phase }] && phases.Contains(phase, StringComparer.Ordinal),
        string.Join(" or ", phases));

    private static string? ValueOf(HelmRelease release)
    {
        var spec = JsonElement.Parse(release.Spec.Json);
        return spec.GetProperty("values").TryGetProperty("replicaCount", out var count) ? count.GetRawText() : null;
    }
}
