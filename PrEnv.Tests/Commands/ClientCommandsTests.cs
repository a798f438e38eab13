using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Pages;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Commands;

/// <summary>The commands for people against an API server and GitHub.</summary>
[CancelAfter(120_000)]
internal sealed class ClientCommandsTests
{
    [TestCase("plan ctrl -A", "NAME")]
    [TestCase("plan -f ctrl.yaml -A", "-f")]
    [TestCase("why 22 ctrl -A", "NAME")]
    public async Task Verb_OfOneAndOfAll_IsRefused(string args, string what)
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl");

        var result = await world.RunAsync(args.Split(' '));

        Assert.That(
            (result.Code, result.Error),
            Is.EqualTo((1, $"prenv: {what} cannot be combined with -A. Leave one of them out; -n chooses a namespace.\n")));
    }

    // As another one may ask at the same time.
    [TestCase("2999-01-01T00:00:00.5Z")]
    [TestCase("anything")]
    public async Task ReconcileWait_WhoseRequestALaterOneOverwrites_IsHandledWithThat(string later)
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl");
        world.OnRequest = resource => resource with
        {
            Metadata = resource.Metadata with
            {
                Annotations = ImmutableDictionary<string, string>.Empty.Add(PREphemeralEnvController.ReconcileRequestAnnotation, later),
            },
            Status = resource.Status! with
            {
                LastHandledReconcileAt = later,
                Conditions = [new Condition { Type = "Ready", Status = "True", Reason = "Ready", Message = "All is well." }],
            },
        };

        var result = await world.RunAsync("reconcile", "ctrl", "--wait", "--timeout", "60s");

        Assert.That(
            (result.Code, result.Output), Is.EqualTo((0, "Reconciled default/ctrl. Ready=True Ready: All is well.\n")), result.Error);
    }

    [Test]
    public async Task ReconcileWait_WhileAnEarlierRequestIsTheLast_Waits()
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl");
        world.OnRequest = resource => resource with
        {
            Status = resource.Status! with { LastHandledReconcileAt = "2020-01-01T00:00:00Z" },
        };

        var result = await world.RunAsync("reconcile", "ctrl", "--wait", "--timeout", "1s");

        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("prenv: The controller has not handled default/ctrl within 1s. Is it running?"));
    }

    [TestCase("json", true)]
    [TestCase("table", true)]
    [TestCase("json", false)]
    public async Task Get_OfMoreThanTheStatusHasRoomFor_SaysSoAndAddsReleases(string format, bool mayListReleases)
    {
        await using var world = await CliWorld.StartAsync();
        world.MayListReleases = mayListReleases;
        var resource = world.Add("ctrl", [.. Enumerable.Range(1, 500).Select(n => PageWorld.Row(n))]);
        world.Resources["ctrl"] = resource with
        {
            Metadata = resource.Metadata with { Uid = "uid-ctrl" },
            Status = resource.Status! with { OpenPullRequests = 502, EnvironmentsTotal = 501 },
        };
        world.Releases.Add(Some.Release(500));
        world.Releases.Add(Some.Release(501));

        var result = await world.RunAsync("get", "-o", format);

        var expected = mayListReleases ? "Of the others, only those with a HelmRelease are listed" : "The others are left out";
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Error, Does.StartWith("prenv: The status of default/ctrl has room for 500 pull requests. " + expected));
        Assert.That(Numbers(result.Output, format), Is.EqualTo(Enumerable.Range(1, mayListReleases ? 501 : 500)));
    }

    [Test]
    public async Task Get_OfAStatusThatIsJustFull_SaysNothing()
    {
        await using var world = await CliWorld.StartAsync();
        world.Add("ctrl", [.. Enumerable.Range(1, 500).Select(n => PageWorld.Row(n))]);

        Assert.That((await world.RunAsync("get")).Error, Is.Empty);
    }

    // The controller has watched its clock for hours, a command has not.
    [Test]
    public async Task Plan_OfAnEnvironmentThatHasExpired_DeletesIt()
    {
        await using var world = await CliWorld.StartAsync(new FakeTimeProvider(Some.Now));
        var pr = world.GitHub.OpenPullRequest("octo", "app");
        var resource = world.Add("ctrl");
        world.Resources["ctrl"] = resource with
        {
            Metadata = resource.Metadata with { Uid = "uid-ctrl" },
            Spec = resource.Spec with { Expiry = new Expiry { IdleTimeout = "1h" } },
        };
        var release = Some.Release(pr.Number, pr.HeadSha);
        var look = Activity.LookOf(Some.PullRequest(pr.Number, pr.HeadSha) with { Labels = new LabelSet([]) }, isApproved: false);
        var annotations = new Dictionary<string, string>(release.Metadata.Annotations!, StringComparer.Ordinal)
        {
            [OwnerLabels.ActivityAnnotation] = new Activity(Some.Now, look).ToString(),
        };
        world.Releases.Add(release with { Metadata = release.Metadata with { Annotations = annotations, CreationTimestamp = Some.Now } });

        var plan = await world.RunAsync("plan");

        Assert.That(plan.Output, Does.Match($@"(?m)^  {pr.Number} +\w+ +delete envs/relpr-{pr.Number} "), plan.Error);
    }

    [Test]
    public async Task Plan_OfAMergeGroup_ReportsToItUntilGitHubShowsThat()
    {
        await using var world = await CliWorld.StartAsync();
        var pr = world.GitHub.OpenPullRequest("octo", "app");
        var group = new MergeGroup(pr.Number, world.GitHub.QueueForMerge("octo", "app", pr.Number));
        var resource = world.Add("ctrl");
        world.Resources["ctrl"] = resource with
        {
            Metadata = resource.Metadata with
            {
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [MergeGroups.NameOf(group)] = MergeGroups.ValueOf(group, TimeProvider.System.GetUtcNow()),
                },
            },
            Spec = resource.Spec with
            {
                GitHubPRRepository = resource.Spec.GitHubPRRepository! with { WebhookSecretRef = new SecretKeyReference { Name = "hook" } },
            },
        };

        var before = await world.RunAsync("plan");
        var due = JsonElement.Parse((await world.RunAsync("plan", "-o", "json")).Output)
            .GetProperty("plans")[0].GetProperty("environments")[0].GetProperty("reports").GetProperty("dueMergeGroups")[0];
        await PostAsync(world, $"repos/octo/app/statuses/{group.Sha}", new JsonObject
        {
            ["context"] = due.GetProperty("context").GetString(),
            ["state"] = due.GetProperty("state").GetString(),
            ["description"] = due.GetProperty("description").GetString(),
        });
        var after = await world.RunAsync("plan");

        Assert.That(
            before.Output,
            Does.Contain($"; report success to merge group {group.Sha[..7]}").And.Contain("1 to create, 2 to report to GitHub"),
            before.Error);
        Assert.That(after.Output, Does.Not.Contain("merge group").And.Contain("1 to create, 1 to report to GitHub"), after.Error);
    }

    // The deployment has been made inactive before; nothing else is to be done while Flux uninstalls.
    [Test]
    public async Task Plan_OfADeploymentThatIsLeft_DeletesItUntilItIsGone()
    {
        await using var world = await CliWorld.StartAsync();
        var pr = world.GitHub.OpenPullRequest("octo", "app");
        var made = await PostAsync(world, "repos/octo/app/deployments", new JsonObject
        {
            ["ref"] = pr.HeadSha,
            ["environment"] = $"pr-{pr.Number}",
            ["required_contexts"] = new JsonArray(),
            ["payload"] = new JsonObject { ["prenv"] = "default/ctrl" },
        });
        await PostAsync(
            world, $"repos/octo/app/deployments/{made.GetProperty("id").GetInt64()}/statuses", new JsonObject { ["state"] = "inactive" });
        world.GitHub.Close("octo", "app", pr.Number);
        var resource = world.Add("ctrl");
        var deployments = new DeploymentsReport { Enabled = true, Cleanup = "Delete" };
        world.Resources["ctrl"] = resource with { Spec = resource.Spec with { Report = new Report { Deployments = deployments } } };
        var over = new DeploymentReport(pr.HeadSha, DeploymentState.Inactive, "The environment has been removed", null);
        var release = Some.Release(pr.Number, pr.HeadSha);
        world.Releases.Add(release with
        {
            Metadata = release.Metadata with
            {
                DeletionTimestamp = TimeProvider.System.GetUtcNow(),
                Finalizers = ["finalizers.fluxcd.io"],
                Annotations = new Dictionary<string, string>(release.Metadata.Annotations!, StringComparer.Ordinal)
                {
                    [OwnerLabels.DeploymentAnnotation] =
                        new ReportedDeployment(made.GetProperty("id").GetInt64(), over, null).ToJson(),
                },
            },
        });

        var before = await world.RunAsync("plan");
        using (var http = Client(world))
            await http.DeleteAsync($"repos/octo/app/deployments/{made.GetProperty("id").GetInt64()}");
        var after = await world.RunAsync("plan");

        Assert.That((before.Code, before.Error), Is.EqualTo((2, "")), before.Output);
        Assert.That(
            before.Output, Does.Match($"(?m)^  {pr.Number} +Deleting +delete deployments ").And.Contain("Plan: 1 to report to GitHub."));
        Assert.That((after.Code, after.Error), Is.EqualTo((0, "")), after.Output);
    }

    [Test]
    public async Task Why_OfOnePullRequest_AsksGitHubForItsStatusOnly()
    {
        await using var world = await CliWorld.StartAsync();
        var prs = Enumerable.Range(0, 3).Select(_ => world.GitHub.OpenPullRequest("octo", "app")).ToList();
        world.Add("ctrl");

        var why = await world.RunAsync("why", prs[1].Number.ToString(CultureInfo.InvariantCulture));

        Assert.That(why.Code, Is.Zero, why.Error);
        var asked = world.GitHub.Requests.Entries.Select(e => e.Target).Where(path => path.Contains("/commits/", StringComparison.Ordinal));
        Assert.That(asked, Is.Not.Empty.And.All.Contain(prs[1].HeadSha));
    }

    private static HttpClient Client(CliWorld world)
    {
        var http = new HttpClient { BaseAddress = world.GitHub.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t");
        http.DefaultRequestHeaders.Add("User-Agent", "test");
        return http;
    }

    private static async Task<JsonElement> PostAsync(CliWorld world, string path, JsonObject body)
    {
        using var http = Client(world);
        using var content = new StringContent(body.ToJsonString());
        using var answer = await http.PostAsync(path, content);
        return JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    private static IEnumerable<int> Numbers(string output, string format) => format == "json"
        ? JsonElement.Parse(output).GetProperty("environments").EnumerateArray().Select(e => e.GetProperty("prNumber").GetInt32())
        : output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
