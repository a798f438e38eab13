using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>The overview: every resource, and every environment that the filter lets pass.</summary>
internal static class OverviewPage
{
    /// <summary>How many environments a page of the list has.</summary>
    public const int PageSize = 200;

    private static readonly string[] Phases =
    [
        EnvironmentPhase.Failed, EnvironmentPhase.Held, EnvironmentPhase.Deploying, EnvironmentPhase.Deleting, EnvironmentPhase.Queued,
        EnvironmentPhase.Ready, EnvironmentPhase.Asleep, EnvironmentPhase.Expired, EnvironmentPhase.Skipped,
    ];

    public static void Write(View view, Overview overview, OverviewFilter filter, bool isOfFollower) =>
        view.Page(null, _ => WriteMain(view, overview, filter, isOfFollower));

    private static void WriteMain(View view, Overview overview, OverviewFilter filter, bool isOfFollower)
    {
        view.Html.Write($"<h1>Environments</h1>\n");
        if (isOfFollower)
        {
            view.Html.Write($"""
                <p class="note">This instance is not the leader: it shows what the cluster knows. Only the leader knows titles.</p>

                """);
        }

        if (overview.Resources.IsEmpty)
        {
            view.Html.Write($"""
                <p class="empty">There is no PREphemeralEnvController yet. Once there is one, its environments are shown here.</p>

                """);
            return;
        }

        WriteResources(view, overview);
        WriteCounts(view, overview, filter);
        WriteForm(view, overview, filter);
        EnvironmentEntry[] shown = [.. filter.Apply(overview.Environments)];
        WriteList(view, shown, filter, overview.Environments.Length);
    }

    private static void WriteResources(View view, Overview overview)
    {
        var html = view.Html;
        html.Write($"""
            <section aria-labelledby="resources">
            <h2 id="resources">Resources</h2>
            <ul class="resources">

            """);
        foreach (var resource in overview.Resources)
        {
            var state = resource.Suspended ? "Suspended" : resource.Ready switch
            {
                "True" => "Ready",
                "False" => "Not ready",
                _ => "Working",
            };
            html.Write($"""
                <li data-state="{state}">
                <h3><span class="muted">{resource.Namespace}/</span>{resource.Name}</h3>
                <p class="muted"><bdi>{resource.Repository ?? "no repository"}</bdi></p>
                <p><span class="state">{state}</span>
                <span class="counts"><b>{resource.EnvironmentsReady}</b> of {resource.EnvironmentsTotal} ready
                """);
            if (resource.OpenPullRequests is { } open)
                html.Write($", {open} open");
            html.Write($"</span></p>\n");
            if (state is not "Ready" && resource.Message is { } message)
                html.Write($"""<p class="message"><b>{resource.Reason}</b> <bdi>{message}</bdi></p>""");
            html.Write($"</li>\n");
        }

        html.Write($"</ul>\n</section>\n");
    }

    private static void WriteCounts(View view, Overview overview, OverviewFilter filter)
    {
        var html = view.Html;
        var counts = overview.Environments.CountBy(e => e.Phase, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        html.Write($"""<nav aria-label="By phase"><ul class="phases">""");
        Chip("", "All", overview.Environments.Length);
        foreach (var phase in Phases.Where(counts.ContainsKey))
            Chip(phase, phase, counts[phase]);
        html.Write($"</ul></nav>\n");

        void Chip(string phase, string text, int count)
        {
            var query = (filter with { Phase = phase, Page = 1 }).ToQuery();
            html.Write($"""<li><a class="phase" data-phase="{phase}" href="./{query}" """);
            if (string.Equals(phase, filter.Phase, StringComparison.OrdinalIgnoreCase))
                html.Write($"""aria-current="true" """);
            html.Write($">{text} <b>{count}</b></a></li>");
        }
    }

    private static void WriteForm(View view, Overview overview, OverviewFilter filter)
    {
        var html = view.Html;
        html.Write($"""
            <form method="get" action="./" role="search">
            <p><label for="q">Search</label>
            <input id="q" name="q" type="search" value="{filter.Search}" placeholder="Number, title, branch, author, commit"
            maxlength="260"></p>

            """);
        Select("phase", "Phase", filter.Phase, [.. Phases]);
        Select(
            "repository", "Repository", filter.Repository,
            [.. overview.Environments.Select(e => e.Repository).OfType<string>().Distinct(StringComparer.Ordinal)]);
        Select(
            "author", "Author", filter.Author,
            [
                .. overview.Environments.Select(e => e.Author).OfType<string>().Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.OrdinalIgnoreCase),
            ]);
        html.Write($"""<p class="buttons"><button type="submit">Filter</button> """);
        if (!filter.IsEmpty)
            html.Write($"""<a href="./">Show all</a>""");
        html.Write($"</p>\n</form>\n");

        void Select(string name, string label, string value, string[] options)
        {
            html.Write($"""<p><label for="{name}">{label}</label> <select id="{name}" name="{name}"><option value="">Any</option>""");
            // One that has gone meanwhile is still what the address asks for.
            var known = options.FirstOrDefault(option => string.Equals(option, value, StringComparison.OrdinalIgnoreCase));
            if (value.Length > 0 && known is null)
                html.Write($"""<option selected>{value}</option>""");
            foreach (var option in options)
            {
                if (option == known)
                    html.Write($"<option selected>{option}</option>");
                else
                    html.Write($"<option>{option}</option>");
            }

            html.Write($"</select></p>\n");
        }
    }

    private static void WriteList(View view, EnvironmentEntry[] shown, OverviewFilter filter, int total)
    {
        var html = view.Html;
        var pages = Math.Max(1, (shown.Length + PageSize - 1) / PageSize);
        var page = Math.Min(filter.Page, pages);
        html.Write($"""
            <section aria-labelledby="list">
            <h2 id="list">Pull requests</h2>
            <p class="muted">{shown.Length} of {total}
            """);
        if (pages > 1)
            html.Write($", page {page} of {pages}");
        html.Write($"</p>\n");
        if (shown.Length == 0)
        {
            html.Write($"""<p class="empty">{(total == 0 ? "No pull request is open." : "No pull request matches.")}</p></section>""");
            return;
        }

        html.Write($"""
            <table>
            <thead><tr><th scope="col">Pull request</th><th scope="col">Phase</th><th scope="col">Branch</th><th scope="col">Author</th>
            <th scope="col">Commit</th><th scope="col">Age</th><th scope="col">Environment</th><th scope="col">Message</th></tr></thead>
            <tbody>

            """);
        foreach (var entry in shown.Skip((page - 1) * PageSize).Take(PageSize))
            WriteRow(view, entry, filter);
        html.Write($"</tbody>\n</table>\n");
        WritePages(view, filter, page, pages);
        html.Write($"</section>\n");
    }

    private static void WriteRow(View view, EnvironmentEntry entry, OverviewFilter filter)
    {
        var html = view.Html;
        html.Write($"""
            <tr><th scope="row"><a href="./{View.PathOf(entry)}"><b>#{entry.Number}</b> <bdi>{entry.Title}</bdi></a>
            <span class="muted"><bdi>{entry.Repository}</bdi>
            """);
        if (entry.PullRequestUrl is { } url)
        {
            html.Write($"""
                 · <a href="{url}" rel="noopener noreferrer nofollow" aria-label="#{entry.Number} on GitHub">GitHub</a>
                """);
        }

        html.Write($"""</span></th><td data-label="Phase">""");
        view.Phase(entry.Phase);
        html.Write($"""</td><td data-label="Branch">""");
        view.Text(entry.Branch);
        html.Write($"""</td><td data-label="Author">""");
        if (entry.Author is { } author)
            html.Write($"""<a href="./{(filter with { Author = author, Page = 1 }).ToQuery()}"><bdi>{author}</bdi></a>""");
        else
            view.Text(null);
        html.Write($"""</td><td data-label="Commit"><code>{Sha.Short(entry.Commit ?? "–")}</code></td><td data-label="Age">""");
        view.Age(entry.Since);
        html.Write($"""</td><td data-label="Environment">""");
        if (entry.Url is { } environment)
        {
            html.Write($"""
                <a href="{environment}" rel="noopener noreferrer nofollow" aria-label="Open the environment of #{entry.Number}">Open</a>
                """);
        }
        else
        {
            view.Text(null);
        }

        html.Write($"""</td><td data-label="Message" class="message"><bdi>{entry.Message}</bdi></td></tr>""");
        html.Write($"\n");
    }

    private static void WritePages(View view, OverviewFilter filter, int page, int pages)
    {
        if (pages == 1)
            return;
        view.Html.Write($"""<nav aria-label="Pages"><ul class="pages">""");
        if (page > 1)
            view.Html.Write($"""<li><a rel="prev" href="./{(filter with { Page = page - 1 }).ToQuery()}">Previous</a></li>""");
        if (page < pages)
            view.Html.Write($"""<li><a rel="next" href="./{(filter with { Page = page + 1 }).ToQuery()}">Next</a></li>""");
        view.Html.Write($"</ul></nav>\n");
    }
}
