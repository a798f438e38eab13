using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>One environment: what it is, why it is so, what Flux says, and what has happened.</summary>
internal static class EnvironmentPage
{
    public static void Write(View view, EnvironmentDetails details) =>
        view.Page($"#{details.Entry.Number} {details.Entry.Title}".TrimEnd(), _ => WriteMain(view, details));

    private static void WriteMain(View view, EnvironmentDetails details)
    {
        var (html, entry) = (view.Html, details.Entry);
        html.Write($"""
            <nav aria-label="Breadcrumb"><a href="{view.Root}">Environments</a></nav>
            <h1><span class="muted">#{entry.Number}</span> <bdi>{entry.Title ?? entry.Branch}</bdi></h1>
            <p>
            """);
        view.Phase(entry.Phase);
        if (entry.Since is not null)
        {
            html.Write($" for ");
            view.Age(entry.Since);
        }

        html.Write($"</p>\n");
        if (entry.Url is { } url)
            html.Write($"""<p><a class="button" href="{url}" rel="noopener noreferrer nofollow">Open the environment</a></p>""");
        WriteWhy(view, details);
        WriteFacts(view, details);
        WriteTimeline(view, details);
        if (details.Release is { } release)
        {
            WriteConditions(view, release.Status?.Conditions ?? []);
            WriteHistory(view, release.Status?.History ?? []);
        }
    }

    private static void WriteWhy(View view, EnvironmentDetails details)
    {
        var (html, entry) = (view.Html, details.Entry);
        html.Write($"""
            <section aria-labelledby="why">
            <h2 id="why">Why</h2>
            <p class="message"><b>{entry.Reason}</b> <bdi>{entry.Message}</bdi></p>

            """);
        if (details.Row is null)
        {
            html.Write($"""
                <p class="note">The status of the resource has no room for this one, so that this is what Flux says of its HelmRelease.</p>

                """);
        }

        if (details.Row?.Waiting is { } waiting)
        {
            var commit = Sha.Short(PageText.Name(waiting.HeadSha) ?? "–");
            html.Write($"""
                <p>Commit <code>{commit}</code> waits: <b>{PageText.Name(waiting.Reason)}</b></p>

                """);
        }

        if (details.Why is { } why)
            WhySection.Write(view, why);
        html.Write($"</section>\n");
    }

    private static void WriteFacts(View view, EnvironmentDetails details)
    {
        var (html, entry) = (view.Html, details.Entry);
        html.Write($"""
            <section aria-labelledby="facts">
            <h2 id="facts">Pull request and environment</h2>
            <dl>

            """);
        Fact("Pull request", () => view.Link(entry.PullRequestUrl, $"{entry.Repository}#{entry.Number}"));
        Fact("Branch", () => view.Text(entry.Branch), entry.Branch);
        Fact("Into", () => view.Text(PageText.Name(details.PullRequest?.BaseBranch)), details.PullRequest?.BaseBranch);
        Fact("Author", () => view.Text(entry.Author), entry.Author);
        Fact("Commit", () => html.Write($"<code>{entry.Commit}</code>"), entry.Commit);
        Fact("Address", () => view.Link(entry.Url, entry.Url!), entry.Url);
        if (entry.ExpiresAt is { } expires)
            Fact("Expires", () => html.Write($"""<time datetime="{Timestamp.Format(expires)}">{PageText.Time(expires)}</time>"""));
        Fact("Resource", () => html.Write($"{entry.Namespace}/{entry.Resource}"));
        Fact("HelmRelease", () => view.Text(entry.HelmRelease), entry.HelmRelease);
        Fact("Badge", () => html.Write($"""<img src="{view.Root}{Badge.PathOf(entry)}" alt="{entry.Phase}" height="20">"""));
        html.Write($"</dl>\n</section>\n");

        void Fact(string name, Action write, string? value = "known")
        {
            if (string.IsNullOrEmpty(value))
                return;
            html.Write($"<div><dt>{name}</dt><dd>");
            write();
            html.Write($"</dd></div>\n");
        }
    }

    private static void WriteTimeline(View view, EnvironmentDetails details)
    {
        var timeline = Timeline.Of(details);
        if (timeline.IsEmpty)
            return;
        view.Html.Write($"""
            <section aria-labelledby="timeline">
            <h2 id="timeline">Timeline</h2>
            <ol class="timeline">

            """);
        foreach (var item in timeline)
        {
            view.Html.Write($"""<li><time datetime="{Timestamp.Format(item.At)}">{PageText.Time(item.At)}</time> """);
            if (item.Phase is { } phase)
                view.Phase(phase);
            else
                view.Html.Write($"<b>{item.What}</b>");
            view.Html.Write($" <bdi>{item.Detail}</bdi></li>\n");
        }

        view.Html.Write($"</ol>\n</section>\n");
    }

    private static void WriteConditions(View view, IReadOnlyList<Condition> conditions)
    {
        var html = view.Html;
        html.Write($"""
            <section aria-labelledby="conditions">
            <h2 id="conditions">Conditions of the HelmRelease</h2>

            """);
        if (conditions.Count == 0)
        {
            html.Write($"""<p class="empty">Flux has not said anything yet.</p></section>""");
            return;
        }

        html.Write($"""
            <table>
            <thead><tr><th scope="col">Type</th><th scope="col">Status</th><th scope="col">Reason</th><th scope="col">Age</th>
            <th scope="col">Message</th></tr></thead>
            <tbody>

            """);
        foreach (var condition in conditions.OfType<Condition>())
        {
            html.Write($"""
                <tr><th scope="row">{PageText.Name(condition.Type)}</th><td data-label="Status">{PageText.Name(condition.Status)}</td>
                <td data-label="Reason">{PageText.Name(condition.Reason)}</td><td data-label="Age">
                """);
            view.Age(condition.LastTransitionTime > DateTimeOffset.UnixEpoch ? condition.LastTransitionTime : null);
            html.Write($"""
                </td><td data-label="Message" class="message"><bdi>{PageText.Message(condition.Message)}</bdi></td></tr>

                """);
        }

        html.Write($"</tbody>\n</table>\n</section>\n");
    }

    private static void WriteHistory(View view, IReadOnlyList<HelmReleaseSnapshot> history)
    {
        if (history.Count == 0)
            return;
        var html = view.Html;
        html.Write($"""
            <section aria-labelledby="history">
            <h2 id="history">Helm revisions</h2>
            <table>
            <thead><tr><th scope="col">Revision</th><th scope="col">Status</th><th scope="col">Chart</th><th scope="col">Age</th></tr>
            </thead>
            <tbody>

            """);
        foreach (var item in history.OfType<HelmReleaseSnapshot>())
        {
            html.Write($"""
                <tr><th scope="row">{(int)(item.Version ?? 0)}</th><td data-label="Status">{PageText.Name(item.Status)}</td>
                <td data-label="Chart">
                """);
            view.Text(PageText.Name(item.ChartVersion));
            html.Write($"""</td><td data-label="Age">""");
            view.Age(Timeline.DeployedAt(item));
            html.Write($"</td></tr>\n");
        }

        html.Write($"</tbody>\n</table>\n</section>\n");
    }
}
