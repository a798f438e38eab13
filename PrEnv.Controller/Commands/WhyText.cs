using System.Globalization;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Commands;

/// <summary>An explanation for people.</summary>
internal sealed class WhyText(EnvironmentExplanation why, TerminalStyle style)
{
    private const int MostOfAMessage = 1000;

    public IEnumerable<string> Lines() => All().Select(line => line.TrimEnd());

    private IEnumerable<string> All() =>
    [
        .. Head(), .. Verdict(), .. Selection(), .. Approval(), .. Checks(), .. Queue(), .. Sleep(), .. Release(), .. Probe(),
        .. Reports(), .. Next(), "",
    ];

    private IEnumerable<string> Head()
    {
        var title = why.PullRequest is { Title.Length: > 0 } named ? ": " + Clean(named.Title, 200) : "";
        yield return style.Bold($"Pull request {Number(why.PrNumber)}{(why.Repository is { } of ? $" of {Clean(of)}" : "")}{title}");
        if (why.PullRequest is not { } pullRequest)
            yield break;
        var labels = pullRequest.Labels is { Count: > 0 } some ? $", labels {string.Join(", ", some.Select(l => Clean(l, 50)))}" : "";
        var author = pullRequest.Author.Length > 0 ? $" by {Clean(pullRequest.Author, 50)}" : "";
        yield return $"  {Clean(pullRequest.Branch, 100)} into {Clean(pullRequest.BaseBranch, 100)}{author}, commit "
            + $"{Sha.Short(pullRequest.HeadCommit)}{(pullRequest.IsDraft == true ? ", draft" : "")}"
            + $"{(pullRequest.IsFork ? ", from a fork" : "")}{labels}";
        if (pullRequest.Url.Length > 0)
            yield return "  " + Clean(pullRequest.Url, 300);
    }

    private IEnumerable<string> Verdict()
    {
        var phase = why.Phase.Length > 0 ? style.Phase(Clean(why.Phase, 60), why.Phase) : style.Dim("not known");
        var since = why.Since is { } at && why.At - at >= TimeSpan.FromSeconds(1) ? $" for {Age.Of(why.At - at)}" : "";
        var rule = why.Rule is { } name ? $", by the rule {name}" : "";
        yield return $"  resource {why.Resource}: {phase} ({Clean(why.Reason, 100)}){since}{rule}";
        if (why.Message is { Length: > 0 } message)
            yield return "  " + Clean(message, MostOfAMessage);
        if (why.Url is { } url)
            yield return "  " + Clean(url, 2048);
        if (why.ExpiresAt is { } end)
            yield return $"  expires in {Age.Of(end - why.At)} unless something happens on it";
        if (why.Confirmation is { } state && why.PullRequest is null)
            yield return $"  GitHub, asked for this very pull request, says: {state}";
    }

    private IEnumerable<string> Selection()
    {
        if (why.Selection.IsEmpty)
            yield break;
        yield return Title("Selection");
        foreach (var check in why.Selection.Where(c => c.Verdict != SelectionVerdict.NotAsked))
        {
            var wanted = string.Join(
                "; ", check.Facts.Wanted.Select(w => $"{w.Field}: {string.Join(", ", w.Values.Select(v => Clean(v, 80)))}"));
            yield return $"    {Mark(check.Verdict)} {wanted} {style.Dim($"({Fact(check)})")}";
        }

        if (why.DeletedByCommand is { } commit)
            yield return $"    {style.Bad("no ")} removed by /prenv delete at {Sha.Short(commit)}";
    }

    private static string Fact(SelectionCheck check) => check.Facts.Seen switch
    {
        null => $"{check.Facts.Fact}: not known",
        { Count: 0 } => $"{check.Facts.Fact}: none",
        var seen => $"{check.Facts.Fact}: {string.Join(", ", seen.Select(s => Clean(s, 200)))}",
    };

    private string Mark(SelectionVerdict verdict) => verdict switch
    {
        SelectionVerdict.Admitted => style.Good("yes"),
        SelectionVerdict.Rejected => style.Bad("no "),
        _ => style.Waiting("?  "),
    };

    private IEnumerable<string> Approval()
    {
        if (why.Approval is not { Verdict: not ApprovalVerdict.NotNeeded } approval)
            yield break;
        var installs = approval.InstallCommit is { } commit ? $"commit {Sha.Short(commit)} may be installed" : "no commit may be installed";
        yield return Title("Approval") + $"{approval.Verdict}: {installs}";
        if (approval.ApprovedByCommand is not null)
            yield return "    the head commit was approved by a comment";
        foreach (var review in approval.Reviews ?? [])
        {
            yield return $"    {Clean(review.Reviewer, 50)}: {review.Verdict} at {Sha.Short(Clean(review.Commit, 64))}"
                + (review.MayWrite ? "" : ", who has no write access");
        }

        if (approval.Problem is { } problem)
            yield return "    " + Clean(problem, MostOfAMessage);
    }

    private IEnumerable<string> Checks()
    {
        if (why.Checks is not { } checks)
            yield break;
        var until = checks.Deadline is { } end ? $", for at most {Age.Of(end - why.At)} more" : "";
        yield return Title("Checks") + (checks.Reason is { } reason
            ? $"{Clean(reason)} at {Sha.Short(checks.Commit)} for {Age.Of(checks.Since, why.At)}{until}"
            : $"all passed at {Sha.Short(checks.Commit)}");
        foreach (var check in checks.Checks)
        {
            var mark = check.State switch
            {
                CheckState.Passed => style.Good("passed "),
                CheckState.Failed => style.Bad("failed "),
                CheckState.Running => style.Waiting("waiting"),
                _ => style.Waiting("unknown"),
            };
            yield return $"    {mark} {Clean(check.Name, 100)}";
        }

        if (checks.Problem is { } problem)
            yield return "    " + Clean(problem, MostOfAMessage);
    }

    private IEnumerable<string> Queue()
    {
        if (why.Queue is not { } queue)
            yield break;
        yield return Title("Queue")
            + $"{queue.Place}; at most {Number(queue.Limit)} environments at once";
        yield return $"    held by {Numbers(queue.Holders)}{(queue.Failed.IsEmpty ? "" : $"; failed: {Numbers(queue.Failed)}")}";
    }

    private static string Numbers(IReadOnlyCollection<int> numbers)
    {
        var more = numbers.Count > 10 ? $" and {Number(numbers.Count - 10)} more" : "";
        return string.Join(", ", numbers.Take(10).Select(n => "PR " + Number(n))) + more;
    }

    private IEnumerable<string> Sleep()
    {
        if (why.Sleep is not { } sleep)
            yield break;
        var state = sleep.IsAsleep ? "asleep" : sleep.IsWanted == true ? "awake, to fall asleep once it is ready" : "awake";
        var changes = sleep.ChangesAt is { } at && at > why.At
            ? $", {(sleep.IsWanted == true ? "wakes up" : "may fall asleep")} in {Age.Of(at - why.At)}"
            : "";
        yield return Title("Sleep") + $"{state}: {sleep.Why}{changes}";
        if (sleep.ActiveAt is { } active)
            yield return $"    last activity {Age.Of(why.At - active)} ago";
    }

    private IEnumerable<string> Release()
    {
        if (why.Release is not { } release)
            yield break;
        var commit = release.Commit is { } sha ? $", commit {Sha.Short(sha)}" : "";
        var suspended = release.IsSuspended ? ", suspended" : "";
        var leaving = release.DeletedAt is { } at ? $", being deleted for {Age.Of(why.At - at)}" : "";
        yield return Title("HelmRelease") + $"{release.Name}{commit}, created {Age.Of(why.At - release.CreatedAt)} ago{suspended}{leaving}";
        if (!release.IsOwned)
            yield return $"    belongs to {(release.OtherOwner is { } owner ? Clean(owner.ToString(), 300) : "no known owner")}";
        if (release.UpdatedAt is { } updated)
        {
            yield return $"    changed {Age.Of(why.At - updated)} ago; generation {Number(release.Generation)}, "
                + $"attempted {(release.AttemptedGeneration is { } attempted ? Number(attempted) : "none")}";
        }

        foreach (var condition in release.Conditions)
            yield return "    " + Condition(condition);
        foreach (var item in release.History)
        {
            yield return $"    revision {(item.Version is { } version ? Number(version) : "?")}: {Clean(item.Status ?? "?", 60)}, chart "
                + $"{Clean(item.ChartVersion ?? "?", 100)}{(item.LastDeployed is { } deployed ? $", {Clean(deployed, 60)}" : "")}";
        }

        if (release.ChartProblem is { } problem)
            yield return "    chart: " + Clean(problem, MostOfAMessage);
        if (!release.OverriddenFields.IsEmpty)
            yield return $"    overridden by an admission policy: {string.Join(", ", release.OverriddenFields.Select(f => Clean(f, 200)))}";
    }

    private string Condition(Condition condition)
    {
        var name = $"{Clean(condition.Type, 60)}={Clean(condition.Status, 20)}";
        var painted = condition.IsFalse ? style.Bad(name)
            : condition is { Type: "Ready", IsTrue: true } ? style.Good(name)
            : style.Waiting(name);
        return $"{painted} {Clean(condition.Reason, 100)} for {Age.Of(why.At - condition.LastTransitionTime)}: "
            + Clean(condition.Message, MostOfAMessage);
    }

    private IEnumerable<string> Probe()
    {
        if (why.Probe is not { } probe)
            yield break;
        yield return Title("Health check") + Clean(probe.Url, 2048);
        if (probe.HasAnswered is { } answered)
        {
            var failures = probe.LastFailure is { } last
                ? $", {Number(probe.ConsecutiveFailures ?? 0)} failures since: {Clean(last, 300)}"
                : "";
            yield return $"    {(answered ? "has answered" : "has not answered yet")}{failures}";
        }

        else if (probe.Obstacle is null)
        {
            yield return "    what the last check saw, only the controller knows: see the message above";
        }

        if (probe.Obstacle is { } obstacle)
            yield return "    " + Clean(obstacle, MostOfAMessage);
        if (probe.Deadline is { } deadline && why.Phase == EnvironmentPhase.Deploying && deadline > why.At)
            yield return $"    counts as failed in {Age.Of(deadline - why.At)} unless it answers";
    }

    private IEnumerable<string> Reports()
    {
        var reports = why.Reports;
        List<string> lines =
        [
            .. Status("commit status", reports.Posted), .. Status("commit status, to be posted", reports.Due),
            .. Deployment("deployment", reports.Deployment), .. Deployment("deployment, to be shown", reports.DueDeployment),
        ];
        if (reports.CommentId is { } id)
            lines.Add($"comment {Number(id)}{(reports.CommentIsDue ? ", to be changed" : "")}");
        else if (reports.CommentIsDue)
            lines.Add("comment, to be written");
        lines.AddRange(reports.DueMergeGroups.SelectMany(status => Status("commit status of a merge group, to be posted", status)));
        if (reports.CleanupIsDue)
            lines.Add("deployments and environment, to be deleted");
        // Without the release, nothing is known of it.
        if (lines.Count == 0 && why is { Basis: ExplanationBasis.Status, Release: null })
            yield break;
        yield return Title("Reported to GitHub") + (lines.Count == 0 ? "nothing" : "");
        foreach (var line in lines)
            yield return "    " + line;
    }

    private static IEnumerable<string> Status(string what, CommitStatus? status)
    {
        if ((status?.Shown ?? status) is { } shown)
            yield return $"{what}: {shown.State.Word()} at {Sha.Short(Clean(shown.Sha, 64))}: {Clean(shown.Description, 200)}";
    }

    private static IEnumerable<string> Deployment(string what, DeploymentReport? report) =>
        report is null ? [] : [$"{what}: {report.State.Word()} at {Sha.Short(Clean(report.Sha, 64))}"];

    private IEnumerable<string> Next()
    {
        yield return Title("Next") + (why.Basis == ExplanationBasis.Status ? "not known without a plan"
            : why.Next.Actions.IsEmpty ? "nothing is to be done" : "");
        foreach (var action in why.Next.Actions)
            yield return "    " + PlanText.Action(action);
        if (why.Next.CheckAgainAt is { } at)
            yield return $"    checked again in {Age.Of(at - why.At)}";
        if (why.Next.PollSeconds is { } seconds)
            yield return $"    GitHub is asked every {GoDuration.Format(TimeSpan.FromSeconds(seconds))}, and whenever a webhook arrives";
    }

    private string Title(string text) => "  " + style.Bold(text) + "  ";

    private static string Clean(string text) => TerminalText.Clean(text, MostOfAMessage);

    private static string Clean(string text, int columns) => TerminalText.Clean(text, columns);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
