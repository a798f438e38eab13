using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Pages;

internal sealed class PageRoutesTests
{
    private const string Hostile =
        "</td><script>alert(1)</script><img src=x onerror=alert(2)> [a](javascript:alert(3)) \u202Etxt.exe\u2066 \"'&";

    [Test]
    public async Task Overview_OfAnEnvironment_ShowsWhatIsKnownOfIt()
    {
        await using var world = await PageWorld.StartAsync();
        var resource = world.Add("shop", PageWorld.Row(22));
        world.Reconciled(
            resource,
            Some.PullRequest(22) with { Title = "Faster search", Author = "ada", HtmlUrl = "https://github.example/octo/app/pull/22" });

        var page = await world.GetAsync("/");

        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("""<a href="./environments/default/shop/22"><b>#22</b> <bdi>Faster search</bdi></a>"""));
            Assert.That(page, Does.Contain("""<a href="https://github.example/octo/app/pull/22" rel="noopener noreferrer nofollow" """));
            Assert.That(page, Does.Contain("""<span class="phase" data-phase="Ready">Ready</span>"""));
            Assert.That(page, Does.Contain("""<a href="./?author=ada"><bdi>ada</bdi></a>"""));
            Assert.That(page, Does.Contain("<code>dfb5e1d</code>"));
            Assert.That(page, Does.Contain("""title="2026-03-01 11:00:00 UTC" data-age>60m</time>"""));
            Assert.That(page, Does.Contain("""<a href="https://pr-22.example.com/" rel="noopener noreferrer nofollow" """));
            Assert.That(page, Does.Contain("<bdi>It answers.</bdi>"));
            Assert.That(page, Does.Contain("<b>1</b> of 1 ready, 1 open"));
        });
    }

    [TestCase("/")]
    [TestCase("/?q=script&author=%22%3E%3Cscript%3E&phase=%3Cscript%3E")]
    [TestCase("/environments/default/shop/22")]
    public async Task Page_OfHostileTexts_HasNoMarkupOfTheirs(string path)
    {
        await using var world = await PageWorld.StartAsync();
        var resource = world.Add("shop", PageWorld.Row(22, Hostile, Hostile) with { Reason = Hostile, Url = "javascript:alert(4)" });
        var hostile = Some.PullRequest(22) with
        {
            Title = Hostile,
            HeadBranch = Hostile,
            BaseBranch = Hostile,
            Author = Hostile,
            HtmlUrl = "javascript:alert(5)",
        };
        world.Reconciled(resource, hostile);
        world.AddRelease(resource, 22, hostile, release => release with
        {
            Status = new HelmReleaseStatus
            {
                Conditions = [new Condition { Type = Hostile, Status = Hostile, Reason = Hostile, Message = Hostile }],
                History = [new HelmReleaseSnapshot { Status = Hostile, ChartVersion = Hostile }],
            },
        });

        var page = await world.GetAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Not.Contain("<script>").And.Not.Contain("<img src=x").And.Not.Contain("</td><script"));
            Assert.That(page, Does.Not.Contain("href=\"javascript").IgnoreCase);
            Assert.That(page, Does.Not.Contain('\u202E').And.Not.Contain('\u2066').And.Not.Contain("#x202E").IgnoreCase);
        });
    }

    [Test]
    public async Task Page_OfAVeryLongTitle_IsShort()
    {
        await using var world = await PageWorld.StartAsync();
        var resource = world.Add("shop", PageWorld.Row(22, message: new string('m', 100_000)));
        world.Reconciled(resource, Some.PullRequest(22) with { Title = new string('t', 10_000), Author = new string('a', 10_000) });

        var page = await world.GetAsync("/");

        Assert.That(page, Does.Contain(new string('t', 259) + "…"));
        Assert.That(page, Has.Length.LessThan(20_000));
    }

    [TestCase("/")]
    [TestCase("/environments/default/shop/22")]
    [TestCase("/api/environments")]
    [TestCase("/api/environments/default/shop/22")]
    [TestCase("/badge/default/shop/22.svg")]
    [TestCase("/assets/prenv.css")]
    [TestCase("/nothing/here")]
    public async Task Headers_OfEveryAnswer_ForbidWhatIsNotOurs(string path)
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22));

        using var answer = await world.SendAsync(path);

        Assert.Multiple(() =>
        {
            Assert.That(
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                Is.EqualTo(
                    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
            Assert.That(answer.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
        });
    }

    [TestCase("POST", "/")]
    [TestCase("DELETE", "/environments/default/shop/22")]
    [TestCase("PUT", "/api/environments")]
    public async Task Writing_AnyAddress_IsNotAllowed(string method, string path)
    {
        await using var world = await PageWorld.StartAsync();

        using var answer = await world.SendAsync(path, new HttpMethod(method));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Content.Headers.Allow, Is.EqualTo(["GET", "HEAD"]));
        Assert.That(answer.Headers.Contains("Content-Security-Policy"), Is.True);
    }

    [Test]
    public async Task Head_OfThePage_HasNoBody()
    {
        await using var world = await PageWorld.StartAsync();

        using var answer = await world.SendAsync("/", HttpMethod.Head);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("/environments/default/shop/23")]
    [TestCase("/environments/default/other/22")]
    [TestCase("/environments/default/shop/%3Cb%3E")]
    [TestCase("/environments/default/shop/99999999999999999999")]
    [TestCase("/environments/default/shop/-22")]
    [TestCase("/api/environments/default/shop/23")]
    [TestCase("/badge/default/shop/23.svg")]
    [TestCase("/assets/prenv.map")]
    [TestCase("/assets/..%2Fprenv.css")]
    [TestCase("/.git/config")]
    public async Task Get_OfWhatIsNotThere_Is404(string path)
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22));

        using var answer = await world.SendAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("/environments/default/shop/22", "../../../")]
    [TestCase("/nowhere", "./")]
    [TestCase("/", "./")]
    public async Task Page_AtAnyDepth_LinksRelatively(string path, string root)
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22));

        using var answer = await world.SendAsync(path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.That(page, Does.Contain($"""<link rel="stylesheet" href="{root}assets/prenv.css?"""));
        Assert.That(page, Does.Contain($"""data-events="{root}events" """.TrimEnd()));
    }

    [TestCase("/", "text/html")]
    [TestCase("/environments/default/shop/22", "text/html")]
    [TestCase("/api/environments", "application/json")]
    [TestCase("/badge/default/shop/22.svg", "image/svg+xml")]
    public async Task Get_BeforeTheCachesAreFilled_SaysSo(string path, string type)
    {
        await using var world = await PageWorld.StartAsync();
        world.IsReady = false;

        using var answer = await world.SendAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
    }

    [Test]
    public async Task Overview_OnAFollower_SaysThatTitlesAreMissing()
    {
        await using var world = await PageWorld.StartAsync();
        world.IsLeader = false;
        world.Add("shop", PageWorld.Row(22));
        var follower = await world.GetAsync("/");

        // Before its first reconcile.
        world.IsLeader = true;

        Assert.That(follower, Does.Contain("This instance is not the leader"));
        Assert.That(await world.GetAsync("/"), Does.Not.Contain("This instance is not the leader"));
    }

    [Test]
    public async Task Overview_WithoutResources_SaysSo()
    {
        await using var world = await PageWorld.StartAsync();

        Assert.That(await world.GetAsync("/"), Does.Contain("There is no PREphemeralEnvController yet."));
    }

    [Test]
    public async Task Overview_OfMoreThanAPage_IsDivided()
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", [.. Enumerable.Range(1, 450).Select(n => PageWorld.Row(n))]);

        var (first, last) = (await world.GetAsync("/?phase=Ready"), await world.GetAsync("/?phase=Ready&page=3"));

        Assert.Multiple(() =>
        {
            Assert.That(first, Does.Contain("450 of 450, page 1 of 3").And.Contain("/450\">").And.Not.Contain("/250\">"));
            Assert.That(first, Does.Contain("""<a rel="next" href="./?phase=Ready&amp;page=2">""").And.Not.Contain("rel=\"prev\""));
            Assert.That(last, Does.Contain("/50\">").And.Not.Contain("/51\">").And.Not.Contain("rel=\"next\""));
        });
    }

    // A page that bears a newer version than what it shows would never be told.
    [TestCase("/")]
    [TestCase("/environments/default/shop/22")]
    public async Task Page_DuringWhichSomethingChanges_BearsTheVersionBefore(string path)
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22));
        var before = world.Changes.Version;
        world.Resources.Upsert(Some.Resource() with
        {
            Metadata = Some.Resource().Metadata with { Name = "shop" },
            Status = Some.Resource().Status! with { Environments = new ChangingRows(world.Changes, PageWorld.Row(22)) },
        });

        Assert.That(await world.GetAsync(path), Does.Contain($"data-version=\"{before}\""));
        Assert.That(world.Changes.Version, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Environment_ThatWillExpire_SaysWhen()
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22) with { ExpiresAt = Some.Now + TimeSpan.FromHours(2) });

        var overview = await world.GetJsonAsync("/api/environments");
        var environment = await world.GetJsonAsync("/api/environments/default/shop/22");
        var page = await world.GetAsync("/environments/default/shop/22");

        Assert.Multiple(() =>
        {
            Assert.That((string?)overview["environments"]![0]!["expiresAt"], Is.EqualTo("2026-03-01T14:00:00+00:00"));
            Assert.That((string?)environment["environment"]!["expiresAt"], Is.EqualTo("2026-03-01T14:00:00+00:00"));
            Assert.That(
                page, Does.Contain("""<dt>Expires</dt><dd><time datetime="2026-03-01T14:00:00Z">2026-03-01 14:00:00 UTC</time></dd>"""));
        });
    }

    [Test]
    public async Task Badge_OfAPhaseOfAnEnvironment_HasAColourOfItsOwn()
    {
        await using var world = await PageWorld.StartAsync();
        string[] phases =
        [
            EnvironmentPhase.Ready, EnvironmentPhase.Failed, EnvironmentPhase.Held, EnvironmentPhase.Deploying, EnvironmentPhase.Queued,
            EnvironmentPhase.Asleep, EnvironmentPhase.Skipped,
        ];
        world.Add("shop", [.. phases.Select((phase, i) => PageWorld.Row(i + 1, phase))]);
        var badges = await Task.WhenAll(phases.Select((_, i) => world.GetAsync($"/badge/default/shop/{i + 1}.svg")));
        var styles = await world.GetAsync("/assets/prenv.css");

        Assert.Multiple(() =>
        {
            Assert.That(badges.Select(badge => badge.Split("fill=\"")[2].Split('"')[0]), Is.Unique);
            foreach (var phase in phases[..^1])
            {
                var rule = $".phase[data-phase=\"{phase}\"] {{ color: var(--{phase.ToLowerInvariant()});";
                Assert.That(styles, Does.Contain(rule));
                // In the light theme and in the dark one.
                Assert.That(styles.Split($"--{phase.ToLowerInvariant()}: #"), Has.Length.EqualTo(3), phase);
            }
        });
    }

    [Test]
    public async Task Badge_OfAnEnvironment_SaysItsPhase()
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22, EnvironmentPhase.Failed));

        Assert.That(await world.GetAsync("/badge/default/shop/22.svg"), Does.Contain("<title>environment: failed</title>"));
    }

    [Test]
    public async Task Json_OfAnEnvironment_HasWhatThePageShows()
    {
        await using var world = await PageWorld.StartAsync();
        var resource = world.Add("shop", PageWorld.Row(22));
        world.AddRelease(resource, 22, change: release => release with
        {
            Status = new HelmReleaseStatus
            {
                Conditions = [new Condition { Type = "Ready", Status = "True", Reason = "UpgradeSucceeded" }],
                History =
                [
                    new HelmReleaseSnapshot
                    {
                        Version = 3, Status = "deployed", ChartVersion = "1.2.0", LastDeployed = "2026-03-01T12:00:00Z", ConfigDigest = "d",
                    },
                ],
            },
        });

        var json = await world.GetJsonAsync("/api/environments/default/shop/22");

        Assert.Multiple(() =>
        {
            Assert.That((string?)json["environment"]!["phase"], Is.EqualTo("Ready"));
            Assert.That((string?)json["environment"]!["branch"], Is.EqualTo("topic"), "from the annotations of the release");
            Assert.That((string?)json["conditions"]![0]!["reason"], Is.EqualTo("UpgradeSucceeded"));
            Assert.That(
                json["history"]!.ToJsonString(),
                Is.EqualTo("""[{"status":"deployed","version":3,"chartVersion":"1.2.0","lastDeployed":"2026-03-01T12:00:00Z"}]"""));
            Assert.That((string?)json["timeline"]![0]!["what"], Is.EqualTo("HelmRelease written").Or.EqualTo("Helm revision 3: deployed"));
        });
    }

    [Test]
    public async Task Environment_OnTheInstanceThatReconciles_SaysWhy()
    {
        await using var world = await PageWorld.StartAsync();
        var resource = world.Add("shop", PageWorld.Row(22, EnvironmentPhase.Skipped));
        world.Planned(resource with
        {
            Spec = resource.Spec with { PullRequests = new PullRequestSelection { TargetBranches = ["main"] } },
        }, Some.PullRequest(22) with { BaseBranch = "<b>next</b>" });

        var page = await world.GetAsync("/environments/default/shop/22");
        var json = await world.GetJsonAsync("/api/environments/default/shop/22");

        Assert.That(page, Does.Contain("<dt>Selection: base branch</dt><dd><bdi>does not fit.").And.Not.Contain("<b>next"));
        Assert.That(page, Does.Contain("<dt>GitHub is asked</dt><dd><bdi>every 1m, and when"));
        Assert.That((string?)json["why"]!["phase"], Is.EqualTo("Skipped"));
    }

    // The page has no login.
    [Test]
    public async Task Get_OfAnEnvironmentThatIsWritten_ShowsNoValueOfIt([Values] bool exists)
    {
        await using var world = await PageWorld.StartAsync();
        var resource = world.Add("shop", PageWorld.Row(22));
        var before = WithValue(resource, "s3cret-before");
        ImmutableArray<HelmRelease> releases = exists ? [world.AddRelease(before, 22)] : [];
        world.Planned(WithValue(resource, "s3cret-after"), releases, Some.PullRequest(22, new string('b', 40)));

        string[] paths = ["/", "/environments/default/shop/22", "/api/environments", "/badge/default/shop/22.svg"];
        var pages = await Task.WhenAll(paths.Select(world.GetAsync));
        var json = await world.GetJsonAsync("/api/environments/default/shop/22");

        var action = json["why"]!["next"]!["actions"]![0]!;
        Assert.Multiple(() =>
        {
            Assert.That(((string?)action["verb"], (string?)action["name"]), Is.EqualTo((exists ? "update" : "create", "relpr-22")));
            Assert.That(string.Concat([.. pages, json.ToJsonString()]), Does.Not.Contain("s3cret"));
        });

        static PREphemeralEnvController WithValue(PREphemeralEnvController resource, string value) => resource with
        {
            Spec = resource.Spec with
            {
                EnvCreationHelmRepo = resource.Spec.EnvCreationHelmRepo! with
                {
                    Values = JsonSerializer.SerializeToElement(new { password = value }),
                },
            },
        };
    }

    [Test]
    public async Task Environment_ThatIsDeletedMeanwhile_Is404WithAPage()
    {
        await using var world = await PageWorld.StartAsync();
        world.Add("shop", PageWorld.Row(22));
        await world.GetAsync("/environments/default/shop/22");
        world.Add("shop");

        using var answer = await world.SendAsync("/environments/default/shop/22");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Its pull request may have been closed since."));
    }
}
