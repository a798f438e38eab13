using System.Globalization;
using System.Text.Json.Nodes;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Soak;

internal sealed partial class SoakWorld
{
    private const int MostMinutesOfWait = 90;

    // A look every minute, and a few for each step of four installations.
    private const int MostPlans = 100;

    private int _most;

    private (int Cluster, int Status, int Events, int Posts) Writes =>
        (Story.Cluster.Writes, Controller.StatusWrites, Controller.Events, GitHub.Posted.Count);

    private void End()
    {
        Story.Say("The faults are over, and people have put right what only they can.");
        MendTheWorld();
        if (_life.IsDeletedAtLast)
        {
            // Without its finalizer it would be gone at once.
            Run(1);
            Story.Delete(Controller);
            Run(5);
            AssertGone();
            return;
        }

        // None is removed because the limit is lowered, and one whose labels a hand has taken off is adopted whatever the limit is.
        var unlabelled = Story.Cluster.Releases.Count(r => r.Metadata is { DeletionTimestamp: null, Labels: null });
        _most = Math.Max(SoakLife.Limit, Witness.Owned()) + unlabelled;
        // What was commanded before the last push is carried out before it: afterwards it would be taken for a word about that commit.
        // The clock may have gone back, so that it is long until the next look.
        Run(2);
        for (var minutes = 0; GitHub.Commands.Count > 0 && minutes < MostMinutesOfWait; minutes++)
            Run(1);
        if (_life.HasHours && Story.Now.Hour is < 7 or > 17)
            Until(hour: 7);
        foreach (var number in GitHub.PullRequests.Select(p => p.Number))
            MakeFinal(number);
        var plans = Witness.Plans;
        Run(12);
        Assert.That(Witness.Plans - plans, Is.AtMost(MostPlans), "plans until it has converged");
        AssertConverged();
        var before = Writes;
        Run(10);
        Assert.That(Writes, Is.EqualTo(before), "not silent");
        if (_life.SleepsWhenIdle || _life.Expires)
            Rest();
        else if (_life.Sleeps)
            Night();
    }

    private void Run(int minutes)
    {
        Story.Run(TimeSpan.FromMinutes(minutes));
        Witness.Look();
    }

    private void MendTheWorld()
    {
        ArriveLate();
        (_endIn, GitHub.Away, GitHub.Lag, GitHub.LostAnswers) = (null, null, null, 0);
        _faults.Clear();
        _cache.Follow();
        GitHub.LeftOut.Clear();
        GitHub.Lies.Clear();
        Story.Down.Clear();
        (Story.Flux.IsSilent, Story.Flux.RollsBack, Controller.DiesAfterPosting) = (false, false, false);
        Story.Flux.Broken.Clear();
        Story.Cluster.Admission = r => r;
        Witness.RemoveForeign();
        Controller.Edit(s => s with { Suspend = false, Interval = "60s" });
        if (_life.IsLimited)
            Limit(SoakLife.Limit);
        foreach (var release in Story.Cluster.Releases.Where(r => r.Spec.Suspend == true))
            Story.Cluster.Change(release, r => r.Set("suspend", null));
        // Without labels and its own number among the values, it is foreign, and in the way.
        foreach (var release in Story.Cluster.Releases.Where(r => r.Metadata.Labels is null && r.Spec.PrNumber is null).ToList())
            Story.Cluster.Run(new PlannedAction.Delete(0, release.Metadata.Key, release.Metadata.Uid, false, null), Story.Now);
    }

    // A last push, which passes its checks and is approved.
    private void MakeFinal(int number)
    {
        var commit = new string('9', 39) + number.ToString(CultureInfo.InvariantCulture);
        GitHub.Files[number] = ["src/a.cs"];
        GitHub.Push(number, commit);
        GitHub.Checks.Add((commit, "build", CheckState.Passed));
        GitHub.Review(number, commit, ReviewVerdict.Approved);
    }

    private void AssertGone()
    {
        Assert.That(Controller.Resource, Is.Null, "the resource is still there");
        var left = Story.Cluster.Releases.Where(r => r.Metadata.Label(OwnerLabels.Uid) == "uid-demo").Select(r => r.Metadata.Key);
        Assert.That(left, Is.Empty, "left over");
        var spaces = Story.Cluster.Namespaces.All.Where(n => n.Metadata.Label(OwnerLabels.Uid) == "uid-demo").Select(n => n.Metadata.Name);
        Assert.That(spaces, Is.Empty, "namespaces left over");
        _coverage.Add("end deleted");
    }

    private void AssertConverged()
    {
        var wanted = GitHub.PullRequests.Where(_life.IsWanted).ToDictionary(
            p => ReleaseNaming.NameOf(p.Number), p => p.HeadSha, StringComparer.Ordinal);
        var ours = Ours();
        Assert.That(ours.Select(r => r.Metadata.Name), Is.SubsetOf(wanted.Keys).And.Unique);
        var (fewest, most) = _life.IsLimited
            ? (Math.Min(SoakLife.Limit, wanted.Count), Math.Min(_most, wanted.Count))
            : (wanted.Count, wanted.Count);
        Assert.That(ours, Has.Count.InRange(fewest, most), "environments");
        foreach (var release in ours)
        {
            var sha = wanted[release.Metadata.Name];
            Assert.That(release.Metadata.Namespace, Is.EqualTo(Controller.Resource!.Spec.EnvCreationHelmRepo!.DestinationNamespace));
            Assert.That(Story.Flux.Running.GetValueOrDefault(release.Metadata.Uid), Is.EqualTo(sha), "what runs");
            if (Controller.Resource.Spec.EnvCreationHelmRepo.ChartVersion is { } version)
                Assert.That((string?)JsonNode.Parse(release.Spec.Json)!["chart"]!["spec"]!["version"], Is.EqualTo(version), "the chart");
            Assert.That(GitHub.Latest(sha, World.Context)?.State, Is.EqualTo(CommitState.Success), "what was told");
            Assert.That(
                GitHub.Posted.Count(s => s.Sha == sha && s.State == CommitState.Success), Is.EqualTo(1), "successes of one rollout");
        }

        var phases = Rows().Where(r => ours.Any(o => o.Metadata.Name == ReleaseNaming.NameOf(r.PrNumber))).Select(r => r.Phase);
        Assert.That(phases, Is.All.EqualTo("Ready"));
        Assert.That(Controller.Resource!.Status!.Condition("Ready")!.IsTrue, "the resource is ready");
        _coverage.Add("end converged");
    }

    // Nothing happens for longer than an idle environment may stay as it is; then its pull request gets a label.
    private void Rest()
    {
        var names = Ours().Select(r => r.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        Story.Say("Nothing happens for a while.");
        Story.Pass(TimeSpan.FromMinutes(_life.SleepsWhenIdle ? 10 : 32));
        Run(3);
        var wanted = _life.SleepsWhenIdle ? "Asleep" : "Expired";
        var idle = GitHub.PullRequests
            .Where(p => names.Contains(ReleaseNaming.NameOf(p.Number)) && !p.Labels!.Contains("keep") && !IsKept(p.Number)).ToList();
        foreach (var pullRequest in idle)
        {
            Assert.That(PhaseOf(pullRequest.Number), Is.EqualTo(wanted), $"PR {pullRequest.Number} is idle");
            _coverage.Add("end " + wanted);
            GitHub.Change(pullRequest.Number, p => p with { Labels = new LabelSet(["awake"]) });
        }

        Run(4);
        foreach (var pullRequest in idle.Where(_ => !_life.IsLimited))
            Assert.That(PhaseOf(pullRequest.Number), Is.EqualTo("Ready"), $"PR {pullRequest.Number} is awake again");
    }

    // Out of hours all of them sleep, and in the morning they wake up.
    private void Night()
    {
        var names = Ours().Select(r => r.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        Story.Say("It is night.");
        Until(hour: 23);
        Run(3);
        var idle = GitHub.PullRequests
            .Where(p => names.Contains(ReleaseNaming.NameOf(p.Number)) && !p.Labels!.Contains("keep") && !IsKept(p.Number))
            .Select(p => p.Number).ToList();
        foreach (var number in idle)
        {
            Assert.That(PhaseOf(number), Is.EqualTo("Asleep"), $"PR {number} at night");
            _coverage.Add("end Night");
        }

        Story.Say("It is morning.");
        Until(hour: 6);
        Run(4);
        foreach (var number in idle)
            Assert.That(PhaseOf(number), Is.EqualTo("Ready"), $"PR {number} in the morning");
    }

    private void Until(int hour)
    {
        var time = TimeSpan.FromHours(hour) - Story.Now.TimeOfDay;
        Story.Pass(time > TimeSpan.Zero ? time : time + TimeSpan.FromDays(1));
    }

    private bool IsKept(int number) => CommandEffects.Read(Controller.Resource!).KeptUntil(number) > Story.Now;

    private string? PhaseOf(int number) => Rows().FirstOrDefault(r => r.PrNumber == number)?.Phase;

    private IEnumerable<EnvironmentStatus> Rows() => Controller.Resource!.Status!.Environments!.OfType<EnvironmentStatus>();

    // One whose labels were taken off while its pull request was closed, or its destination changed, is nobody's.
    private List<HelmRelease> Ours() =>
        [.. Story.Cluster.Releases.Where(r => Ownership.PrNumberIfOwned(r, Controller.Resource!) is not null)];
}
