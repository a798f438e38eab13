using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Laws;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>
/// Sees all that the controller does, and judges it by what the simulated world knows, not by what the controller believes.
/// </summary>
internal sealed class Witness(SoakLife life, Story story, FakeController controller, Coverage coverage)
{
    private readonly HashSet<string> _applied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (CommitStatus Status, int Excuses, int Generations, DateTimeOffset At, CommitStatus? Before)>
        _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HelmRelease> _foreign = new(StringComparer.Ordinal);

    /// <summary>Kills and lost answers: after one of them, what was said may be said again.</summary>
    public int Excuses { get; set; }

    /// <summary>How many plans were made.</summary>
    public int Plans { get; private set; }

    public int MostAllowed { get; set; } = life.IsLimited ? SoakLife.Limit : int.MaxValue;

    /// <summary>Environments that a leader's last request made while the next one led already: nobody could count them before.</summary>
    public int CameLate { get; set; }

    public void AddForeign(HelmRelease release)
    {
        _foreign[release.Metadata.Uid] = story.Cluster.Put(release);
    }

    public void RemoveForeign()
    {
        foreach (var release in _foreign.Values)
            story.Cluster.Remove(release);
        _foreign.Clear();
    }

    public void Planned(Snapshot snapshot, Plan plan)
    {
        Plans++;
        foreach (var decision in plan.Environments)
        {
            coverage.Add("rule " + decision.Rule);
            coverage.Add("phase " + decision.Phase);
        }

        coverage.Add("overall " + plan.Overall.Reason);
        if (plan.NextCheck <= snapshot.Now)
            Assert.Fail("the next look is not in the future");
        if (plan.Actions.Any() || plan.Environments.Any(e => e.Report is not null))
            JudgeByTheSnapshot(snapshot);
        if (Plans % 32 != 0)
            return;
        Law.Determinism(snapshot);
        Law.Bounds(snapshot);
        Law.Explanation(snapshot);
    }

    public void Did(ActionResult result)
    {
        var action = result.Action;
        coverage.Add($"action {action.Verb}{(action.IsOnNamespace ? "-namespace" : "")}{(result.Succeeded ? "" : "-failed")}");
        if (action is PlannedAction.Apply apply)
        {
            // A rollout is a change, whose outcome is told.
            _told.Remove(Applied(apply));
            if (apply.Uid is null && result.Succeeded)
                Assert.That(Owned() - CameLate, Is.AtMost(MostAllowed), "environments beyond the limit");
            return;
        }

        if (action is not (PlannedAction.Delete or PlannedAction.DeleteNamespace)
            || controller.Resource!.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        Assert.That(
            story.GitHub.Said.GetValueOrDefault(action.PrNumber), Is.AnyOf(PullRequestState.Open, PullRequestState.Closed),
            $"{PlanText.Of(action)} without GitHub's word about that very pull request");
    }

    /// <summary>The commit, which is in the cluster from now on.</summary>
    public string Applied(PlannedAction.Apply apply)
    {
        var sha = ReleaseValues.Read(apply.Desired.Spec).PrSha!;
        _applied.Add(sha);
        return sha;
    }

    public void Told(CommitStatus status)
    {
        coverage.Add("status " + status.State);
        if (status.State == CommitState.Success && status.Reason is not null)
        {
            var isProved = life.IsProbed ? story.Answered.Contains(status.Sha)
                : life.IsFluxed ? story.Flux.Ran.Contains(status.Sha) : _applied.Contains(status.Sha);
            Assert.That(isProved, Is.True, $"success for {status.Sha}, which nobody has seen to answer");
        }

        if (_told.TryGetValue(status.Sha, out var last) && last.Excuses == Excuses)
        {
            Assert.That(status.TellsTheSameAs(last.Status), Is.False, $"told twice: {PlanText.Of(status)}");
            Assert.That(
                last.At == story.Now && last.Generations == story.Cluster.Generations && status.TellsTheSameAs(last.Before), Is.False,
                $"there and back at once: {PlanText.Of(status)}");
        }

        _told[status.Sha] = (status, Excuses, story.Cluster.Generations, story.Now, last.Status);
        if (story.GitHub.LostAnswers > 0)
            Excuses++;
    }

    /// <summary>After every step.</summary>
    public void Look()
    {
        foreach (var release in _foreign.Values)
            Assert.That(story.Cluster.Find(release.Metadata.Key), Is.SameAs(release), "somebody else's release was touched");
        Assert.That(story.Flux.Leaked, Is.Empty, "left behind without being uninstalled");
    }

    public int Owned() => story.Cluster.Releases.Where(r => r.Metadata.DeletionTimestamp is null)
        .Select(r => Ownership.PrNumberIfOwned(r, controller.Resource!)).OfType<int>().Distinct().Count();

    private static void JudgeByTheSnapshot(Snapshot snapshot)
    {
        Law.NoDeletionOnDoubt(snapshot);
        Law.NoChangeOnDoubt(snapshot);
        Law.Limit(snapshot);
        Law.Ownership(snapshot);
        Law.Namespaces(snapshot);
        Law.NoNamespaceDeletedOnDoubt(snapshot);
        Law.Approval(snapshot);
        Law.Checks(snapshot);
        Law.Sleep(snapshot);
        Law.Truth(snapshot);
    }
}
