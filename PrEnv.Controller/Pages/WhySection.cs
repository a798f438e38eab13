using System.Globalization;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Selection;

namespace PrEnv.Controller.Pages;

/// <summary>Why an environment is as it is, as the last reconcile of this process knows it.</summary>
internal static class WhySection
{
    public static void Write(View view, EnvironmentExplanation why)
    {
        view.Html.Write($"""<dl class="why">""");
        WriteSelection(view, why);
        WriteApproval(view, why);
        WriteChecks(view, why.Checks);
        WriteQueue(view, why.Queue);
        WriteSleep(view, why.Sleep);
        WriteProbe(view, why.Probe);
        WriteReports(view, why.Reports);
        WriteNext(view, why);
        view.Html.Write($"</dl>\n");
    }

    private static void WriteSelection(View view, EnvironmentExplanation why)
    {
        foreach (var check in why.Selection.Where(check => check.Verdict != SelectionVerdict.NotAsked))
        {
            var verdict = check.Verdict switch
            {
                SelectionVerdict.Admitted => "fits",
                SelectionVerdict.Rejected => "does not fit",
                _ => "not known yet",
            };
            Fact(view, $"Selection: {check.Facts.Fact}", Sentences(verdict, check.Message));
        }

        if (why.DeletedByCommand is { } commit)
            Fact(view, "Selection: command", $"Removed by /prenv delete at commit {Short(commit)}.");
    }

    private static void WriteApproval(View view, EnvironmentExplanation why)
    {
        if (why.Approval is not { Verdict: not ApprovalVerdict.NotNeeded } approval)
            return;
        var verdict = approval.Verdict switch
        {
            ApprovalVerdict.Given => "given",
            ApprovalVerdict.Missing => "needed and missing",
            ApprovalVerdict.Unchecked => "waits for the checks",
            _ => "not known yet",
        };
        var reviews = (approval.Reviews ?? []).Select(
            review => $"{PageText.Name(review.Reviewer)}: {review.Verdict} of {Short(review.Commit)}"
                + (review.MayWrite ? "" : " (without write access)"));
        Fact(view, "Approval", Sentences(string.Join("; ", [verdict, .. reviews]), approval.Problem));
        if (approval.InstallCommit is { } installed && installed != why.PullRequest?.HeadCommit)
            Fact(view, "Installed meanwhile", $"commit {Short(installed)}");
    }

    private static void WriteChecks(View view, ChecksExplanation? checks)
    {
        if (checks is null)
            return;
        var states = checks.Checks.Select(check => $"{PageText.Name(check.Name)}: {check.State.ToString().ToLowerInvariant()}");
        Fact(view, $"Checks of {Short(checks.Commit)}", Sentences(string.Join("; ", states), checks.Problem));
        if (checks.Deadline is { } deadline)
            Fact(view, "Checks must conclude by", PageText.Time(deadline));
    }

    private static void WriteQueue(View view, QueueExplanation? queue)
    {
        if (queue is null)
            return;
        Fact(
            view, "Queue",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{queue.Place}; at most {queue.Limit} environments at once.")
                + (queue.Holders.IsEmpty ? "" : $" The places are held by {string.Join(", ", queue.Holders.Select(Number))}."));
    }

    private static void WriteSleep(View view, SleepExplanation? sleep)
    {
        if (sleep is null)
            return;
        Fact(view, "Sleep", $"{(sleep.IsAsleep ? "asleep" : "awake")}: {sleep.Why}");
        if (sleep.ActiveAt is { } active)
            Fact(view, "Last activity", PageText.Time(active));
        if (sleep.ChangesAt is { } at && at > view.Now)
            Fact(view, sleep.IsWanted == true ? "Wakes up" : "May fall asleep", PageText.Time(at));
    }

    private static void WriteProbe(View view, ProbeExplanation? probe)
    {
        if (probe is null)
            return;
        var answer = probe switch
        {
            { Obstacle: { } obstacle } => PageText.Message(obstacle),
            { LastFailure: { } failure } => string.Create(
                CultureInfo.InvariantCulture, $"{PageText.Message(failure)}; failures in a row: {probe.ConsecutiveFailures ?? 0}"),
            { HasAnswered: true } => "answers",
            { IsProbed: false } => "is not being asked at the moment",
            _ => "has not answered yet",
        };
        Fact(view, "Health check", $"{PageText.Name(probe.Url)} {answer}");
        if (probe is { IsProbed: true, HasAnswered: not true, Deadline: { } deadline })
            Fact(view, "Must answer by", PageText.Time(deadline));
    }

    private static void WriteReports(View view, ReportsExplanation reports)
    {
        if (reports.Posted is { } posted)
            Fact(view, "Commit status on GitHub", $"{posted.State.ToString().ToLowerInvariant()}: {PageText.Message(posted.Description)}");
        if (reports.Due is { } due)
            Fact(view, "Commit status to be posted", $"{due.State.ToString().ToLowerInvariant()}: {PageText.Message(due.Description)}");
        if (reports.Deployment is { } deployment)
            Fact(view, "Deployment on GitHub", deployment.State.ToString().ToLowerInvariant());
    }

    private static void WriteNext(View view, EnvironmentExplanation why)
    {
        if (PageText.Message(why.GitHubProblem?.Message) is { } problem)
            Fact(view, "GitHub", problem);
        if (why.Next.CheckAgainAt is { } check && check > view.Now)
            Fact(view, "Checked again", PageText.Time(check));
        if (why.Next.PollSeconds is { } seconds)
        {
            var interval = Core.Objects.GoDuration.Format(TimeSpan.FromSeconds(seconds));
            Fact(view, "GitHub is asked", $"every {interval}, and when a webhook announces something");
        }
    }

    private static void Fact(View view, string name, string text) =>
        view.Html.Write($"<div><dt>{name}</dt><dd><bdi>{text}</bdi></dd></div>\n");

    private static string Sentences(string first, string? second) =>
        PageText.Message(second) is { } more ? $"{first}. {more}" : first + ".";

    private static string Short(string? sha) => Sha.Short(PageText.Name(sha) ?? "–");

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"#{number}");
}
