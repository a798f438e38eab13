using Microsoft.Playwright;

namespace PrEnv.Tests.Pages.Browser;

/// <summary>The pictures in the documentation. `make screenshots` writes them to where they belong.</summary>
[Category("Browser")]
internal sealed class ScreenshotTests
{
    private const int MaxBytes = 300_000;

    private static string Folder =>
        Environment.GetEnvironmentVariable("PRENV_SCREENSHOTS") is { Length: > 0 } folder
            ? folder
            : Directory.CreateTempSubdirectory("prenv-screenshots-").FullName;

    [TestCase("/", ColorScheme.Light, 1280, "page-light.png")]
    [TestCase("/", ColorScheme.Dark, 1280, "page-dark.png")]
    [TestCase("/environments/default/shop/115", ColorScheme.Light, 1280, "environment-light.png")]
    [TestCase("/environments/default/shop/115", ColorScheme.Dark, 1280, "environment-dark.png")]
    [TestCase("/", ColorScheme.Light, 390, "page-phone.png")]
    public async Task Screenshot_OfAPage_IsSmall(string path, ColorScheme theme, int width, string name)
    {
        await using var world = await PageWorld.StartAsync();
        Shop.Fill(world);
        var page = await Chromium.OpenAsync(options =>
        {
            options.ColorScheme = theme;
            options.ViewportSize = new ViewportSize { Width = width, Height = 900 };
            options.IsMobile = width < 500;
        });
        await page.GotoAsync(new Uri(world.Url, path).AbsoluteUri);
        var file = Path.Combine(Folder, name);

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = width > 500 });

        Assert.That(new FileInfo(file).Length, Is.InRange(1_000, MaxBytes));
        await page.Context.CloseAsync();
    }
}
