using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.GitHub.Hooks;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd;

/// <summary>Changes are seen at once, not at the next interval.</summary>
internal sealed partial class WebhookTests : EndToEndTest
{
    private const string Secret = "hook-s3cret";
    private const string AnyPort = "127.0.0.1:0";

    [Test]
    public async Task PullRequest_FromOpenToClose_FollowsTheWebhooks()
    {
        await StartAsync();

        var opened = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22 });
        await World.UntilReleaseAsync(22, opened.HeadSha);
        var pushed = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, pushed.HeadSha);
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, 22);
        await World.UntilReleaseAsync(22, null);

        Assert.That(
            World.GitHub.Deliveries.Select(d => (d.Event, d.Action, d.Status)),
            Is.EqualTo(new (string, string, HttpStatusCode?)[]
            {
                ("ping", "", HttpStatusCode.OK),
                ("pull_request", "opened", HttpStatusCode.Accepted),
                ("pull_request", "synchronize", HttpStatusCode.Accepted),
                ("pull_request", "closed", HttpStatusCode.Accepted),
            }));
        Assert.That(await File.ReadAllTextAsync(World.Controller!.LogPath), Does.Not.Contain(Secret));
    }

    [Test]
    public async Task Label_AttachedAndTakenOff_DecidesAtOnce()
    {
        await StartAsync("  pullRequests: {labels: [preview], drafts: Skip}");
        var pr = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22, Draft = true });
        await UntilSkippedAsync("DraftSkipped");

        Change(p => p with { IsDraft = false });
        await UntilSkippedAsync("LabelMissing");
        Change(p => p with { Labels = ["Preview", "other"] });
        await World.UntilReleaseAsync(22, pr.HeadSha);
        Change(p => p with { Labels = ["other"] });
        await World.UntilReleaseAsync(22, null);
        await UntilSkippedAsync("LabelMissing");

        Assert.That(
            World.GitHub.Deliveries.Select(d => d.Action),
            Is.EqualTo((string[])["", "opened", "ready_for_review", "labeled", "unlabeled"]));
    }

    [Test]
    public async Task BaseAndTitle_Edited_DecideAtOnce()
    {
        await StartAsync("  pullRequests: {targetBranches: [^main$], excludeTitles: ['(?i)wip']}");
        var pr = World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository,
            new NewPullRequest { Number = 22, BaseBranch = "maintenance", Title = "WIP: add a thing" });
        await UntilSkippedAsync("TargetBranchNotIncluded");

        Change(p => p with { BaseBranch = "main" });
        await UntilSkippedAsync("TitleExcluded");
        Change(p => p with { Title = "Add a thing" });
        await World.UntilReleaseAsync(22, pr.HeadSha);
        Change(p => p with { BaseBranch = "maintenance" });
        await World.UntilReleaseAsync(22, null);
        await UntilSkippedAsync("TargetBranchNotIncluded");

        Assert.That(World.GitHub.Deliveries.Select(d => d.Action), Is.EqualTo((string[])["", "opened", "edited", "edited", "edited"]));
    }

    [Test]
    public async Task Files_ChangedByPushes_DecideAtOnce()
    {
        await StartAsync("  pullRequests: {paths: ['src/**'], excludePaths: ['**.md']}");
        World.GitHub.OpenPullRequest(
            EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 22, Files = ["README.md", "docs/a.txt"] });
        await UntilSkippedAsync("PathNotIncluded");

        var code = Push("docs/a.txt", "src/a.cs");
        await World.UntilReleaseAsync(22, code.HeadSha);
        var more = Push("docs/a.txt", "src/a.cs", "src/b.cs");
        await World.UntilReleaseAsync(22, more.HeadSha);
        Push("docs/a.txt", "src/README.md");
        await World.UntilReleaseAsync(22, null);
        await UntilSkippedAsync("PathExcluded");

        Assert.That(
            World.GitHub.Requests.Entries.Count(e => e.Target.Contains("/pulls/22/files", StringComparison.Ordinal)), Is.EqualTo(4),
            "once per head");

        GitHubPullRequest Push(params string[] files) =>
            World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, 22, files: files);
    }

    [Test]
    public async Task Checks_OfCommits_DecideWhenTheyAreInstalled()
    {
        var (owner, name) = (EndToEndWorld.Owner, EndToEndWorld.Repository);
        await StartAsync("  waitFor: {checks: [build-image, ci/lint]}");
        var opened = World.GitHub.OpenPullRequest(owner, name, new NewPullRequest { Number = 22 });
        await UntilPostedAsync(opened.HeadSha, "pending", "Waiting for check build-image");

        World.GitHub.RunCheck(owner, name, opened.HeadSha, "build-image", "failure");
        await UntilPostedAsync(opened.HeadSha, "failure", "Check build-image failed");
        World.GitHub.RunCheck(owner, name, opened.HeadSha, "build-image");
        await UntilPostedAsync(opened.HeadSha, "pending", "Waiting for check build-image");
        World.GitHub.RunCheck(owner, name, opened.HeadSha, "build-image", "success");
        await UntilPostedAsync(opened.HeadSha, "pending", "Waiting for check ci/lint");
        World.GitHub.PostStatus(owner, name, opened.HeadSha, "ci/lint", "success");
        await World.UntilReleaseAsync(22, opened.HeadSha);

        var pushed = World.GitHub.Push(owner, name, 22);
        await UntilPostedAsync(pushed.HeadSha, "pending", "Waiting for check build-image");
        // The row of the first commit's wait may still be there.
        var waiting = await World.UntilResourceAsync(
            r => r.Status?.Environments is [{ Waiting.HeadSha: var sha }] && sha == pushed.HeadSha, "a commit that waits");
        Assert.That(
            waiting!.Status!.Environments!.Select(r => (r!.HeadSha, r.Waiting!.HeadSha, r.Waiting.Reason)),
            Is.EqualTo([(opened.HeadSha, pushed.HeadSha, "WaitingForChecks")]), "the old one stays");
        World.GitHub.PostStatus(owner, name, pushed.HeadSha, "ci/lint", "success");
        World.GitHub.RunCheck(owner, name, pushed.HeadSha, "build-image", "success");
        await World.UntilReleaseAsync(22, pushed.HeadSha);

        Task UntilPostedAsync(string sha, string state, string description) => World.GitHub.UntilAsync(
            github => github.Statuses(owner, name, sha).LastOrDefault(s => s.Description is not null) is { } last
                && last.State == state && last.Description == description,
            TestContext.CurrentContext.CancellationToken);
    }

    [Test]
    public async Task MergeGroup_OfAPullRequest_GetsItsVerdict()
    {
        var (owner, name) = (EndToEndWorld.Owner, EndToEndWorld.Repository);
        await StartAsync();
        var opened = World.GitHub.OpenPullRequest(owner, name, new NewPullRequest { Number = 22 });
        await World.UntilStatusAsync(opened.HeadSha, "success");

        var group = World.GitHub.QueueForMerge(owner, name, 22);
        await World.UntilStatusAsync(group, "success");
        World.GitHub.DestroyMergeGroup(owner, name, 22, group);
        await World.UntilResourceAsync(
            r => r?.Metadata.Annotations?.Keys.Any(k => k.StartsWith(MergeGroups.Prefix, StringComparison.Ordinal)) != true,
            "the group is forgotten");

        Assert.That(World.GitHub.Statuses(owner, name, group), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Delivery_ToAnInstanceThatWaits_ReachesTheLeader()
    {
        string[] election =
        [
            "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace,
            "--leader-elect-lease-duration=8s", "--leader-elect-renew-deadline=5s", "--leader-elect-retry-period=500ms",
        ];
        await World.CreateSecretAsync(World.Namespace, "hook", Secret);
        await World.ApplyAsync(World.Resource(interval: "24h").Replace(
            "tokenSecretRef:", "webhookSecretRef: {name: hook}\n    tokenSecretRef:", StringComparison.Ordinal));
        World.StartController(election);
        await World.UntilMessageAsync("Ready");
        World.WebhookAddress = AnyPort;
        await using var waiting = World.StartInstance(Cluster.ControllerKubeconfig, election);
        var hook = new Webhook($"{EndToEndWorld.Owner}/{EndToEndWorld.Repository}", await EndpointAsync(waiting), Secret);

        var opened = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"repository":{"full_name":"{{{hook.Repository}}}"},"pull_request":{"number":{{{opened.Number}}}}}""");
        using var http = new HttpClient();
        // Until its caches are filled it says so.
        await World.UntilAsync(() => DeliverAsync(http, hook, body), status => status != HttpStatusCode.ServiceUnavailable, "an answer");
        await World.UntilReleaseAsync(opened.Number, opened.HeadSha);

        var group = World.GitHub.QueueForMerge(EndToEndWorld.Owner, EndToEndWorld.Repository, opened.Number);
        var queued = Encoding.UTF8.GetBytes($$$"""
            {"action":"checks_requested","repository":{"full_name":"{{{hook.Repository}}}"},"merge_group":{"head_sha":"{{{group}}}",
             "head_ref":"refs/heads/gh-readonly-queue/main/pr-{{{opened.Number}}}-{{{opened.BaseSha}}}"}}
            """);
        Assert.That(await DeliverAsync(http, hook, queued, "merge_group"), Is.EqualTo(HttpStatusCode.Accepted));
        await World.UntilStatusAsync(group, "success");
        Assert.That(await File.ReadAllTextAsync(waiting.LogPath), Does.Not.Contain("FluxHelmReleaseCreated"));
    }

    private void Change(Func<GitHubPullRequest, GitHubPullRequest> change) =>
        World.GitHub.Update(EndToEndWorld.Owner, EndToEndWorld.Repository, 22, change);

    private Task<PREphemeralEnvController?> UntilSkippedAsync(string reason) => World.UntilResourceAsync(
        r => r.Status?.Environments is [{ Phase: "Skipped" } row] && row.Reason == reason, reason);

    // So long an interval that nothing but the webhook can be the cause.
    private async Task StartAsync(string more = "")
    {
        World.WebhookAddress = AnyPort;
        await World.CreateSecretAsync(World.Namespace, "hook", Secret);
        var controller = World.StartController();
        await World.ApplyAsync(World.Resource(interval: "24h", more: more).Replace(
            "tokenSecretRef:", "webhookSecretRef: {name: hook}\n    tokenSecretRef:", StringComparison.Ordinal));
        await World.UntilMessageAsync("Ready");
        World.GitHub.AddWebhook(EndToEndWorld.Owner, EndToEndWorld.Repository, await EndpointAsync(controller), Secret);
    }

    private static async Task<HttpStatusCode> DeliverAsync(
        HttpClient http, Webhook hook, byte[] body, string @event = "pull_request")
    {
        using var request = WebhookSender.Request(hook, @event, Guid.NewGuid(), body);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    // The port is the controller's choice: one that was free a moment ago may be taken by now.
    private async Task<Uri> EndpointAsync(ControllerProcess controller)
    {
        var lines = await World.UntilAsync(
            () => EndToEndWorld.LogAsync(controller, "The webhook endpoint is listening"), lines => lines.Count > 0,
            "the webhook endpoint");
        return new Uri(new Uri(Address().Match(lines[0]).Value), "webhooks/github");
    }

    [GeneratedRegex("http://127[.]0[.]0[.]1:[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
