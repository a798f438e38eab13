using PrEnv.Controller.Startup;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Pages;

/// <summary>What every page is written with.</summary>
/// <param name="Html">Where it is written.</param>
/// <param name="Root">
/// The way from the page to the overview, such as <c>../../../</c>: all links are relative, so that the page also works under a path of a
/// proxy.
/// </param>
/// <param name="Version">Of what is shown, see <see cref="PageChanges.Version"/>.</param>
/// <param name="Now">The moment.</param>
internal sealed record View(HtmlWriter Html, string Root, string Version, DateTimeOffset Now)
{
    /// <summary>The way from the page of that path to the overview.</summary>
    public static string RootOf(string path) =>
        path.Count(c => c == '/') is > 1 and var depth ? string.Concat(Enumerable.Repeat("../", depth - 1)) : "./";

    /// <summary>The way from the overview to an environment.</summary>
    public static string PathOf(EnvironmentEntry entry) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"environments/{Uri.EscapeDataString(entry.Namespace)}/{Uri.EscapeDataString(entry.Resource)}/{entry.Number}");

    /// <summary>A whole page.</summary>
    /// <param name="title">What the browser shows; null: that of the overview.</param>
    /// <param name="body">Writes what is special to it, inside of <c>main</c>.</param>
    public void Page(string? title, Action<View> body)
    {
        Html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{(title is null ? "Environments · PrEnv" : title + " · PrEnv")}</title>
            <link rel="stylesheet" href="{Root}assets/prenv.css?{Assets.Version}">
            <link rel="icon" type="image/svg+xml" href="{Root}assets/prenv.svg?{Assets.Version}">
            <script src="{Root}assets/prenv.js?{Assets.Version}" defer></script>
            </head>
            <body data-events="{Root}events" data-version="{Version}">
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <a class="brand" href="{Root}"><img src="{Root}assets/prenv.svg?{Assets.Version}" alt="" width="28" height="28"> PrEnv</a>
            <p id="live" role="status" hidden>Live</p>
            </header>
            <main id="main" tabindex="-1">

            """);
        body(this);
        Html.Write($"""
            </main>
            <footer>
            <p>PrEnv {ProductVersion.Number}. Read-only; as of <time datetime="{Timestamp.Format(Now)}">{PageText.Time(Now)}</time>.</p>
            </footer>
            </body>
            </html>

            """);
    }

    /// <summary>How long ago; the whole time for machines and for a pointer.</summary>
    public void Age(DateTimeOffset? time)
    {
        if (time is { } known)
            Html.Write($"""<time datetime="{Timestamp.Format(known)}" title="{PageText.Time(known)}" data-age>{Core.Texts.Age.Of(known, Now)}</time>""");
        else
            Html.Write($"""<span class="none">–</span>""");
    }

    /// <summary>A phase: never by colour alone.</summary>
    public void Phase(string phase) => Html.Write($"""<span class="phase" data-phase="{phase}">{phase}</span>""");

    /// <summary>A text of others, which does not change the direction of what is around it.</summary>
    public void Text(string? text)
    {
        if (text is null)
            Html.Write($"""<span class="none">–</span>""");
        else
            Html.Write($"<bdi>{text}</bdi>");
    }

    /// <summary>A link that leaves the page.</summary>
    public void Link(string? url, string text)
    {
        if (url is null)
            Text(text);
        else
            Html.Write($"""<a href="{url}" rel="noopener noreferrer nofollow"><bdi>{text}</bdi></a>""");
    }
}
