using PrEnv.Controller.Commands;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Tests.Planning;
using PlanText = PrEnv.Controller.Commands.PlanText;

namespace PrEnv.Tests.Commands;

/// <summary>What people read of an explanation and of a plan.</summary>
internal sealed class WhyTextTests
{
    private const string Evil = "\u001b[31mred\u001b]0;t\u0007\u202e<b>*x*</b>\nnext";

    [Test]
    public void Lines_OfAPullRequestThatIsNotSelected_NameTheRuleAndTheFact()
    {
        var world = World.Plain.Selecting(s => s with { Labels = ["preview"] }).Labelled(22, "bug", "ui");

        Assert.That(Why(world), Is.EqualTo("""
            Pull request 22 of octo/app: Add a thing
              topic into main by mona, commit aaaaaaa, labels bug, ui
              https://github.test/octo/app/pull/22
              resource default/demo: Skipped (LabelMissing), by the rule SkipUnselected
              The pull request does not have the label "preview" of spec.pullRequests.labels.
              Selection
                yes forks: RequireApproval (fork: false)
                no  labels: preview (labels: bug, ui)
              Reported to GitHub  nothing
              Next  nothing is to be done
                GitHub is asked every 1m, and whenever a webhook arrives


            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Lines_OfEverythingElse_ShowIt()
    {
        var world = World.Probing.Limited(1).Waiting("build").Fork(22).Release(21).Open(21)
            .Reviewed(22, new Review("eve", ReviewVerdict.Approved, World.A, MayWrite: false));
        var release = World.Fluxed.Open(22).Release(22, change: r => r.Flux("False", "InstallFailed", "boom", ended: true));

        Assert.That(
            Why(world),
            Does.Contain("Approval  Missing: no commit may be installed\n    eve: Approved at aaaaaaa, who has no write access\n"));
        Assert.That(
            Why(World.Plain.Waiting("build", "scan").Open(22).Checked(World.A, ("build", CheckState.Passed))),
            Does.Contain("Checks  WaitingForChecks at aaaaaaa for 0s, for at most 60m more\n    passed  build\n    waiting scan\n"));
        Assert.That(
            Why(World.Plain.Limited(1).Open(21).Release(21).Open(22)),
            Does.Contain("Queue  1st of 1 waiting; at most 1 environments at once\n    held by PR 21\n"));
        Assert.That(Why(release), Does.Contain("Ready=False InstallFailed for").And.Contain(": boom\n"));
    }

    [Test]
    public void Lines_OfSleep_SayWhyAndUntilWhen()
    {
        var asleep = World.Fluxed.OnWeekdays().Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep");
        var awake = World.Fluxed.Sleeping().Open(22).Release(22, change: r => r.Ready()).Idle(22, TimeSpan.FromMinutes(30));

        Assert.That(
            Why(asleep),
            Does.Match(@"Sleep  asleep: it is outside the awake hours, wakes up in \d+\w\n    last activity \w+ ago\n"));
        Assert.That(
            Why(awake),
            Does.Match(@"Sleep  awake: something has happened on the pull request, may fall asleep in \d+\w\n    last activity \w+ ago\n"));
        Assert.That(Why(World.Fluxed.Open(22).Release(22)), Does.Not.Contain("Sleep"));
    }

    [Test]
    public void Lines_OfHostileText_HaveNothingThatATerminalObeys()
    {
        var world = World.Fluxed.Selecting(s => s with { ExcludeTitles = ["zzz"] })
            .Open(22, change: p => p with
            {
                Title = Evil + new string('x', 10_000),
                Author = Evil,
                HeadBranch = Evil,
                BaseBranch = Evil,
                HtmlUrl = Evil,
                Labels = new LabelSet([Evil]),
            })
            .Release(22, World.B, r => r.Flux("False", Evil, Evil, ended: true));
        var plan = Explainer.Explain(world.Snapshot(), world.Plan(), FurtherReports.None);

        var text = Why(world) + string.Join('\n', [.. PlanText.Lines(plan, null, default), .. PlanText.Lines(plan, 80, default)]);

        Assert.That(text.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        Assert.That(text, Does.Not.Contain('\u202e'));
        Assert.That(text, Does.Contain("<b>*x*</b>"));
        Assert.That(text.Split('\n').Max(l => l.Length), Is.LessThan(2500));
    }

    [Test]
    public void Lines_OfAPlan_AreOnePerPullRequestAndADiffForAnUpdate()
    {
        var world = World.Plain.Silent().Open(21).Open(22, World.B).Release(22);
        var plan = Explainer.Explain(world.Snapshot(), world.Plan(), FurtherReports.None);

        string[] lines = [.. PlanText.Lines(plan, null, default)];

        Assert.That(lines[..4], Is.EqualTo(
        [
            "default/demo (octo/app), open pull requests: 2",
            "  PR   VERDICT   ACTION                 WHY",
            "  21   Ready     create envs/relpr-21   Applied: The HelmRelease has been applied; no health check is configured.",
            "  22   Ready     update envs/relpr-22   Applied: The HelmRelease has been applied; no health check is configured.",
        ]));
        Assert.That(lines, Has.Member($"      ~ spec.values.prSHA: \"{World.A}\" -> \"{World.B}\""));
        Assert.That(
            PlanText.Summary([plan]), Is.EqualTo("Plan: 1 to create, 1 to update, 0 to report to GitHub. Nothing was written."));
    }

    private static string Why(World world)
    {
        var explanation = Explainer.Environment(world.Snapshot(), world.Plan(), 22)!;
        return string.Concat(new WhyText(explanation, default).Lines().Select(l => l.TrimEnd() + "\n"));
    }
}
