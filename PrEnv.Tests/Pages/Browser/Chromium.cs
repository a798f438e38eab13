using Microsoft.Playwright;
using PrEnv.Tests.Deployment;

namespace PrEnv.Tests.Pages.Browser;

/// <summary>The browser of this machine, for all tests that need one.</summary>
[SetUpFixture]
public sealed class Chromium
{
    // Whatever takes so long on a busy machine will not happen.
    private const float Limit = 120_000;

    private static IPlaywright? _playwright;

    /// <summary>Null where there is none.</summary>
    private static IBrowser? _browser;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if ((Programs.Find("chromium") ?? Programs.Find("google-chrome")) is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Timeout = Limit,
            // In a container, neither the sandbox nor a large /dev/shm is to be had; and no page but ours is opened.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser window without history. Without a browser, the test is ignored.</summary>
    internal static async Task<IPage> OpenAsync(Action<BrowserNewContextOptions>? change = null)
    {
        if (_browser is null)
            Assert.Ignore("Left out: there is no Chromium on this machine; hack/browser-assets.sh installs it.");
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        };
        change?.Invoke(options);
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Limit);
        return await context.NewPageAsync();
    }
}
