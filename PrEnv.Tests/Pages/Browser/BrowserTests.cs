using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace PrEnv.Tests.Pages.Browser;

/// <summary>The page in a real browser.</summary>
[Category("Browser")]
internal sealed class BrowserTests
{
    private const string Environment = "/environments/default/shop/115";

    // An expectation that is met at once, unless the machine is very busy.
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 120_000 };

    [OneTimeSetUp]
    public void WaitLonger() => SetDefaultExpectTimeout(120_000);

    [Test]
    public async Task Axe_OfEveryPageThemeAndWidth_FindsNothing(
        [Values("/", Environment, "/?q=nothing", "/environments/default/shop/1")] string path,
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme theme,
        [Values(1280, 390)] int width)
    {
        await using var world = await WorldAsync();
        var page = await Chromium.OpenAsync(options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new ViewportSize { Width = width, Height = 900 };
        });
        await page.GotoAsync(new Uri(world.Url, path).AbsoluteUri);

        var found = await page.RunAxe();

        Assert.That(found.Violations.Select(Describe), Is.Empty);
        await page.Context.CloseAsync();
    }

    [Test]
    public async Task Page_OpenWhileSomethingHappens_ShowsItAndKeepsWhatIsTyped()
    {
        await using var world = await WorldAsync(TimeProvider.System);
        var page = await OpenAsync(world, "/");
        await Expect(page.GetByText("Live", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync(Patient);
        await page.GetByLabel("Search").FillAsync("half a wo");

        world.Add("another", PageWorld.Row(777, EnvironmentPhase.Failed, "The news."));

        await Expect(page.GetByText("The news.")).ToBeVisibleAsync(Patient);
        await Expect(page.GetByLabel("Search")).ToHaveValueAsync("half a wo");
        await Expect(page.GetByLabel("Search")).ToBeFocusedAsync();
        await CloseAsync(page);
    }

    [Test]
    public async Task Page_OfAnEnvironmentThatVanishes_SaysSo()
    {
        await using var world = await WorldAsync(TimeProvider.System);
        var page = await OpenAsync(world, Environment);
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Timeline" })).ToBeVisibleAsync(Patient);

        world.Resources.Delete(world.Resources.Get(new Core.Objects.ResourceKey("default", "shop"))!);
        world.Changes.Note();

        await Expect(page.GetByText("Its pull request may have been closed since.")).ToBeVisibleAsync(Patient);
        // The browser reports the 404 itself; it is no fault of the page.
        await CloseAsync(page, "404");
    }

    [Test]
    public async Task Page_WithoutJavaScript_SearchesAndOpens()
    {
        await using var world = await WorldAsync();
        var page = await OpenAsync(world, "/", options => options.JavaScriptEnabled = false);

        await page.GetByLabel("Search").FillAsync("tax");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Filter" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(world.Url, "/?q=tax&phase=&repository=&author=").AbsoluteUri);
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "#117 Show prices with tax" }).ClickAsync();

        await Expect(page).ToHaveTitleAsync("#117 Show prices with tax · PrEnv");
        await CloseAsync(page);
    }

    [Test]
    public async Task Keyboard_FromTheTop_SkipsToTheContentAndOpensAnEnvironment()
    {
        await using var world = await WorldAsync();
        var page = await OpenAsync(world, "/?phase=Failed");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Skip to the content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        var link = page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "#115 Upgrade the payment library to 4.2" });
        for (var i = 0; i < 40 && !await link.EvaluateAsync<bool>("link => link === document.activeElement"); i++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(link).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveTitleAsync("#115 Upgrade the payment library to 4.2 · PrEnv");
        await CloseAsync(page);
    }

    // The script writes ages as the server does, and does so while the page is open.
    [Test]
    public async Task Ages_OfTheScript_AreThoseOfTheServer()
    {
        await using var world = await PageWorld.StartAsync(TimeProvider.System);
        TimeSpan[] ages = [TimeSpan.FromSeconds(100), TimeSpan.FromMinutes(100), TimeSpan.FromHours(40), TimeSpan.FromDays(3)];
        var now = TimeProvider.System.GetUtcNow();
        world.Add("ages", [.. ages.Select((age, i) => PageWorld.Row(i + 1) with { Since = now - age - TimeSpan.FromSeconds(5) })]);
        var page = await OpenAsync(world, "/");
        var shown = page.Locator("tbody time[data-age]");
        await page.EvaluateAsync("() => document.querySelectorAll('tbody time').forEach(time => { time.textContent = ''; })");

        string[] patterns = ["^3d$", "^40h$", @"^10\dm$", @"^(1\d\ds|[2-4]m)$"];
        await Expect(shown).ToHaveTextAsync(patterns.Select(p => new Regex(p, RegexOptions.None, TimeSpan.FromSeconds(1))));
        await CloseAsync(page);
    }

    [TestCase("/", 1280)]
    [TestCase("/", 390)]
    [TestCase("/environments/default/hostile/22", 1280)]
    [TestCase("/environments/default/hostile/22", 390)]
    public async Task Page_OfHostileTexts_RunsNothingAndFitsTheWindow(string path, int width)
    {
        var hostile = "<script>window.hit=1</script><img src=x onerror=window.hit=1>\u202E" + new string('W', 10_000);
        await using var world = await WorldAsync();
        var resource = world.Add("hostile", PageWorld.Row(22, hostile, hostile) with { Reason = hostile });
        var pullRequest = Some.PullRequest(22) with { Title = hostile, HeadBranch = hostile, Author = hostile };
        world.Reconciled(resource, pullRequest);
        world.AddRelease(resource, 22, pullRequest, release => release with
        {
            Status = new HelmReleaseStatus
            {
                Conditions = [new Core.Objects.Condition { Type = "Ready", Status = "False", Reason = hostile, Message = hostile }],
            },
        });

        var page = await OpenAsync(world, path, options => options.ViewportSize = new ViewportSize { Width = width, Height = 900 });

        Assert.That(await page.EvaluateAsync<bool>("() => window.hit === undefined"), Is.True);
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.AtMost(width));
        await CloseAsync(page);
    }

    [Test]
    public async Task Page_OfFiveThousandEnvironments_OpensAndTurnsItsPages()
    {
        await using var world = await WorldAsync();
        var resource = world.Add("large");
        world.Latest.Remember(
            resource.Metadata.Key,
            new Core.Plans.Snapshot { Resource = resource, Spec = Some.Reading(resource), Now = Some.Now },
            new Core.Plans.Plan { Overall = Core.Plans.OverallVerdict.Well("") },
            PageWorld.WithRest(resource, Enumerable.Range(1, 5000).Select(n => PageWorld.Row(n))));
        var page = await OpenAsync(world, "/?q=large");
        await Expect(page.GetByText("5000 of 5009, page 1 of 25")).ToBeVisibleAsync(Patient);

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Next" }).ClickAsync();

        await Expect(page.GetByText("5000 of 5009, page 2 of 25")).ToBeVisibleAsync(Patient);
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(200);
        await CloseAsync(page);
    }

    private static async Task<PageWorld> WorldAsync(TimeProvider? time = null)
    {
        var world = await PageWorld.StartAsync(time);
        Shop.Fill(world);
        return world;
    }

    // What the browser complains of, such as a violation of the policy, and every request to another host are kept with the page.
    private static async Task<IPage> OpenAsync(PageWorld world, string path, Action<BrowserNewContextOptions>? change = null)
    {
        // Still asked for when the server is gone.
        var origin = world.Url.AbsoluteUri;
        var page = await Chromium.OpenAsync(change);
        var complaints = Complaints[page] = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal))
                complaints.Add("request to " + request.Url);
        };
        await page.GotoAsync(new Uri(world.Url, path).AbsoluteUri);
        return page;
    }

    private static async Task CloseAsync(IPage page, string? expected = null)
    {
        Complaints.TryRemove(page, out var complaints);
        Assert.That(complaints!.Where(c => expected is null || !c.Contains(expected, StringComparison.Ordinal)), Is.Empty);
        await page.Context.CloseAsync();
    }

    private static ConcurrentDictionary<IPage, ConcurrentBag<string>> Complaints { get; } = new();

    private static string Describe(AxeResultItem item) =>
        $"{item.Id}: {item.Help} {string.Join(", ", item.Nodes.Select(node => node.Html).Take(3))}";
}
