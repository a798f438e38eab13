using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
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

    private static IEnumerable<int> Numbers(string output, string format) => format == "json"
        ? JsonElement.Parse(output).GetProperty("environments").EnumerateArray().Select(e => e.GetProperty("prNumber").GetInt32())
        : output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
