using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Tests.Flux;

namespace PrEnv.Tests.Planning.Recorded;

/// <summary>
/// Everything that real Flux was seen to do, lived through with a health check, with <c>readyWhen: HelmReleaseReady</c> and with neither:
/// laws that hold at every moment of all recordings, and what was posted in each.
/// </summary>
internal sealed class RecordedLifeTests
{
    private static IEnumerable<TestCaseData> Lives =>
        from name in FluxRecording.Names
        from mode in (string[])["Answers", "ReleaseReady", "Applied"]
        select new TestCaseData(name, mode);

    [TestCaseSource(nameof(Lives))]
    public void Posted_Success_IsOfTheCommitThatFluxAttemptedAndThatWentWell(string name, string mode)
    {
        // Without a check, success means that it was submitted.
        if (mode == "Applied")
            return;
        var life = Play(name, mode);
        foreach (var (moment, status) in Statuses(life, CommitState.Success))
        {
            Assert.That(
                moment.Attempts.Values.Any(a => a.Commit == status.Sha && a.Succeeded), Is.True, $"{status} at {moment.At}:\n{life.Log}");
        }
    }

    [TestCaseSource(nameof(Lives))]
    public void Posted_Failure_IsOfTheCommitThatFluxAttemptedAndThatFailed(string name, string mode)
    {
        var life = Play(name, mode);
        foreach (var (moment, status) in Statuses(life, CommitState.Failure))
        {
            Assert.That(
                moment.Attempts.Values.Any(a => a.Commit == status.Sha && a.Failed), Is.True, $"{status} at {moment.At}:\n{life.Log}");
        }

        var failed = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var moment in life.Moments)
        {
            failed.UnionWith(moment.Attempts.Values.Where(a => a.Failed).Select(a => a.Commit));
            foreach (var row in moment.Rows.Where(r => r.Phase == EnvironmentPhase.Failed))
                Assert.That(failed, Does.Contain(row.HeadSha), $"{row} at {moment.At}:\n{life.Log}");
        }
    }

    [TestCaseSource(nameof(Lives))]
    public void Posted_Pending_IsNeverPostedAfterAVerdictOnTheSameCommit(string name, string mode)
    {
        var life = Play(name, mode);
        foreach (var commit in life.Moments.SelectMany(m => m.Posted).GroupBy(s => s.Sha, StringComparer.Ordinal))
        {
            Assert.That(commit.Select(s => s.State).Skip(1), Has.None.EqualTo(CommitState.Pending), life.Log);
            Assert.That(commit.Count(s => s.State == CommitState.Failure), Is.LessThanOrEqualTo(1), life.Log);
        }

        foreach (var number in life.Moments.SelectMany(m => m.Rows).Select(r => r.PrNumber).Distinct())
        {
            var phases = life.Moments.Select(m => m.Rows.FirstOrDefault(r => r.PrNumber == number)).OfType<EnvironmentStatus>();
            foreach (var (before, after) in phases.Zip(phases.Skip(1)).Where(p => p.First.HeadSha == p.Second.HeadSha))
            {
                Assert.That(
                    (before.Phase, after.Phase),
                    Is.Not.EqualTo(("Ready", "Deploying")).And.Not.EqualTo(("Failed", "Deploying")), life.Log);
            }
        }
    }

    [TestCaseSource(nameof(Lives))]
    public void Events_OfOneCause_AreOne(string name, string mode)
    {
        var life = Play(name, mode);
        var events = life.Moments.SelectMany(m => m.Log).Where(line => line.StartsWith("event ", StringComparison.Ordinal)).ToList();

        Assert.That(events, Is.Unique, life.Log);
        var failed = life.Moments.SelectMany(m => m.Posted).Count(s => s.State == CommitState.Failure);
        Assert.That(events.Count(line => line.Contains(" EnvFailed: ", StringComparison.Ordinal)), Is.EqualTo(failed), life.Log);
    }

    [TestCaseSource(nameof(Lives))]
    public void Rows_OfALeavingEnvironment_KeepTheirReason(string name, string mode)
    {
        var life = Play(name, mode);
        var leaving = life.Moments.SelectMany(m => m.Rows).Where(r => r.Phase == EnvironmentPhase.Deleting);

        Assert.That(
            leaving.Select(r => r.Reason), Is.All.EqualTo(Reasons.PullRequestClosed).Or.All.EqualTo(Reasons.ReleaseDeleted), life.Log);
        Assert.That(leaving.Select(r => r.Message), Has.None.Contains("InstallFailed").And.None.Contains("RetriesExceeded"), life.Log);
    }

    [TestCase("chart-missing-in-the-source-then-there", "a: pending success")]
    [TestCase("chart-version-that-does-not-match", "a: pending success")]
    [TestCase("cross-namespace-source-refused", "a: pending")]
    [TestCase("default-service-account-missing", "a: pending")]
    [TestCase("deleted-while-installing", "a: pending")]
    [TestCase("dependency-not-ready", "a: pending")]
    [TestCase("drift-corrected", "a: pending success")]
    [TestCase("hang-then-push", "a: pending; b: pending success")]
    [TestCase("hang-then-push-cancelled", "a: pending; b: pending success")]
    [TestCase("hang-then-timeout", "a: pending failure")]
    [TestCase("hang-then-timeout-then-late-success-retry-on-failure", "a: pending failure success")]
    [TestCase("hook-that-never-ends", "a: pending failure")]
    [TestCase("install-cannot-be-rendered-retry-on-failure", "a: pending failure; b: pending success")]
    [TestCase("install-cannot-be-rendered-then-fixed", "a: pending failure; b: pending success")]
    [TestCase("install-push-close", "a: pending; b: pending")]
    [TestCase("reconcile-requested-and-forced", "a: pending success")]
    [TestCase("remediation-after-a-failed-upgrade", "a: pending; b: pending failure")]
    [TestCase("service-account-missing", "a: pending")]
    [TestCase("service-account-without-rights", "a: pending")]
    [TestCase("slow-then-ready", "a: pending success")]
    [TestCase("source-cannot-be-fetched", "a: pending")]
    [TestCase("source-missing-then-there", "a: pending success")]
    [TestCase("suspended-resumed-then-deleted", "a: pending success")]
    [TestCase("suspended-then-deleted", "a: pending success")]
    [TestCase("target-namespace-missing", "a: pending failure")]
    [TestCase("two-releases-want-one-object", "a: pending success; d: pending success")]
    [TestCase("uninstall-held-by-a-finalizer", "a: pending success")]
    [TestCase("upgrade-cannot-be-rendered-then-fixed", "a: pending; b: pending failure; c: pending success")]
    [TestCase("upgrade-hang-then-push", "a: pending; b: pending; c: pending success")]
    [TestCase("values-against-the-schema", "a: pending failure")]
    public void Posted_WithAProof_Is(string name, string posted)
    {
        foreach (var mode in (string[])["Answers", "ReleaseReady"])
        {
            var life = Play(name, mode);
            Assert.That(life.Posted, Is.EqualTo(posted), $"{mode}:\n{life.Log}");
        }
    }

    [TestCase("chart-missing-in-the-source-then-there", "a: success")]
    [TestCase("chart-version-that-does-not-match", "a: success")]
    [TestCase("cross-namespace-source-refused", "a: success")]
    [TestCase("default-service-account-missing", "a: success")]
    [TestCase("deleted-while-installing", "a: success")]
    [TestCase("dependency-not-ready", "a: success")]
    [TestCase("drift-corrected", "a: success")]
    [TestCase("hang-then-push", "a: success; b: success")]
    [TestCase("hang-then-push-cancelled", "a: success; b: success")]
    [TestCase("hang-then-timeout", "a: success failure")]
    [TestCase("hang-then-timeout-then-late-success-retry-on-failure", "a: success failure success")]
    [TestCase("hook-that-never-ends", "a: success failure")]
    [TestCase("install-cannot-be-rendered-retry-on-failure", "a: success failure; b: success")]
    [TestCase("install-cannot-be-rendered-then-fixed", "a: success failure; b: success")]
    [TestCase("install-push-close", "a: success; b: success")]
    [TestCase("reconcile-requested-and-forced", "a: success")]
    [TestCase("remediation-after-a-failed-upgrade", "a: success; b: success failure")]
    [TestCase("service-account-missing", "a: success")]
    [TestCase("service-account-without-rights", "a: success")]
    [TestCase("slow-then-ready", "a: success")]
    [TestCase("source-cannot-be-fetched", "a: success")]
    [TestCase("source-missing-then-there", "a: success")]
    [TestCase("suspended-resumed-then-deleted", "a: success")]
    [TestCase("suspended-then-deleted", "a: success")]
    [TestCase("target-namespace-missing", "a: success failure")]
    [TestCase("two-releases-want-one-object", "a: success; d: success")]
    [TestCase("uninstall-held-by-a-finalizer", "a: success")]
    [TestCase("upgrade-cannot-be-rendered-then-fixed", "a: success; b: success failure; c: success")]
    [TestCase("upgrade-hang-then-push", "a: success; b: success; c: success")]
    [TestCase("values-against-the-schema", "a: success failure")]
    public void Posted_WithoutAProof_Is(string name, string posted)
    {
        var life = Play(name, "Applied");
        Assert.That(life.Posted, Is.EqualTo(posted), life.Log);
    }

    [TestCase("Answers")]
    [TestCase("ReleaseReady")]
    [TestCase("Applied")]
    public void Rows_AfterARollback_SayWhichCommitRuns(string mode)
    {
        var life = Play("remediation-after-a-failed-upgrade", mode);

        var row = life.Moments[^1].Rows.Single();
        Assert.That((row.Phase, row.Reason, row.HeadSha), Is.EqualTo((EnvironmentPhase.Failed, "RollbackSucceeded", World.B)), life.Log);
        Assert.That(row.Message, Does.EndWith(" Commit aaaaaaa runs now."), life.Log);
    }

    private static IEnumerable<(RecordedMoment Moment, CommitStatus Status)> Statuses(RecordedLife life, CommitState state) =>
        life.Moments.SelectMany(m => m.Posted.Where(s => s.State == state).Select(s => (m, s)));

    private static RecordedLife Play(string name, string mode) => RecordedLife.Of(FluxRecording.Load(name), mode switch
    {
        "Answers" => World.Probing,
        "ReleaseReady" => World.Fluxed,
        _ => World.Plain,
    });
}
