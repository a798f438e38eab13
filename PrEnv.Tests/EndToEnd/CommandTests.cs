using System.Text.Json;
using PrEnv.Core.Releases;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.Commands;

namespace PrEnv.Tests.EndToEnd;

/// <summary>The commands for people beside a controller at work.</summary>
internal sealed class CommandTests : EndToEndTest
{
    [Test]
    public async Task Plan_OfWhatTheControllerHasDone_IsNothing_AndOfWhatAFileChanges_IsThat()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var waiting = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await StartAsync("  limits: {maxEnvironments: 1}");
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilStatusAsync(waiting.HeadSha, "pending");
        await World.UntilNothingIsToldAsync();

        var settled = await RunAsync("plan");
        using var folder = new Support.TemporaryDirectory();
        var file = folder.Write("shop.yaml", World.Resource(more: World.HealthCheck + "\n  limits: {maxEnvironments: 5}"));
        var changed = await RunAsync("plan", "-f", file, "-o", "json");

        Assert.That((settled.Code, settled.Error), Is.EqualTo((0, "")), settled.Output);
        Assert.That(settled.Output, Does.EndWith("Nothing to do.\n"));
        Assert.That((changed.Code, changed.Error), Is.EqualTo((2, "")), changed.Output);
        var actions = JsonElement.Parse(changed.Output).GetProperty("plans")[0].GetProperty("environments").EnumerateArray()
            .SelectMany(e => e.GetProperty("next").GetProperty("actions").EnumerateArray())
            .Select(a => $"{a.GetProperty("verb")} {a.GetProperty("name")}");
        Assert.That(actions, Is.EqualTo([$"create {ReleaseNaming.NameOf(waiting.Number)}"]));
    }

    [Test]
    public async Task GetAndWhy_OfHostileText_ShowItAndObeyNothing()
    {
        var title = "\u001b[31m\u202e<b>evil</b>" + new string('x', 200);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Title = title });
        await StartAsync("  pullRequests: {titles: [\"^good\"]}");
        await World.UntilResourceAsync(r => r.Status?.Environments?.Count > 0, "a row");

        var get = await RunAsync("get", "-o", "wide");
        var why = await RunAsync("why", $"{pr.Number}");

        Assert.That((get.Code, why.Code), Is.EqualTo((0, 0)), get.Error + why.Error);
        Assert.That(get.Output, Does.Match($@"(?m)^shop +{pr.Number} +[0-9a-f]{{7}} +Skipped +.*TitleNotIncluded"));
        Assert.That(why.Output, Does.Contain("no  titles: ^good (title: [31m<b>evil</b>xxx"));
        Assert.That((get.Output + why.Output).Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(why.Output, Does.Not.Contain('\u202e'));
    }

    [Test]
    public async Task ReconcileSuspendResume_DoWhatTheySay()
    {
        await StartAsync("");
        await World.UntilMessageAsync("Ready");

        var reconcile = await RunAsync("reconcile", "shop", "--wait");
        var suspend = await RunAsync("suspend", "shop");
        await World.UntilMessageAsync("Suspended");
        var refused = await RunAsync("reconcile", "shop");
        var resume = await RunAsync("resume", "shop");
        await World.UntilMessageAsync("Ready");
        var absent = await RunAsync("suspend", "other");

        Assert.That(
            (reconcile.Code, reconcile.Output),
            Is.EqualTo((0, $"Reconciled {World.Namespace}/shop. Ready=True Ready: All open pull requests are being handled.\n")),
            reconcile.Error);
        Assert.That(suspend.Output, Does.StartWith($"Suspended {World.Namespace}/shop."), suspend.Error);
        Assert.That((refused.Code, refused.Error), Is.EqualTo(
            (1, $"prenv: {World.Namespace}/shop is suspended. Resume it first: prenv resume shop -n {World.Namespace}.\n")));
        Assert.That(resume.Output, Is.EqualTo($"Resumed {World.Namespace}/shop.\n"), resume.Error);
        Assert.That((absent.Code, absent.Error), Is.EqualTo(
            (1, $"prenv: There is no resource {World.Namespace}/other. 'prenv get -A' lists all of them.\n")));
    }

    private async Task StartAsync(string more)
    {
        World.StartController();
        await World.ApplyAsync(World.Resource(more: $"{World.HealthCheck}\n{more}"));
    }

    private Task<CliResult> RunAsync(params string[] args) => Cli.RunAsync(
        [.. args, "--kubeconfig", Cluster.AdminKubeconfig, "-n", World.Namespace, .. GitHub(args[0])]);

    private string[] GitHub(string verb) => verb is "plan" or "why" ? ["--github-api-url", World.GitHub.BaseUrl.AbsoluteUri] : [];
}
