using PrEnv.Core.Objects;

namespace PrEnv.Tests.Flux;

/// <summary>The recordings can be read as the controller reads HelmReleases, and show what their names say.</summary>
internal sealed class FluxRecordingTests
{
    private static IReadOnlyList<string> Names => FluxRecording.Names;

    [TestCaseSource(nameof(Names))]
    public void Load_Recording_BeginsWithARequestAndABareRelease(string name)
    {
        var recording = FluxRecording.Load(name);

        Assert.That(recording.Deeds.First().Did, Is.EqualTo("created relpr-22"));
        Assert.That(recording.Lines[0].Current, Is.Null);
        var first = recording.Releases.First();
        Assert.That(first.Moment, Is.EqualTo(new FluxMoment(1, 0, -1, "", "")));
        Assert.That((first.Release.Metadata.Namespace, first.Release.Metadata.Name), Is.EqualTo((recording.Namespace, "relpr-22")));
    }

    [TestCaseSource(nameof(Names))]
    public void Load_Recording_GivesEveryReleaseAsTheControllerReadsIt(string name)
    {
        foreach (var line in FluxRecording.Load(name).Releases)
        {
            var ready = line.Release.Status!.Condition("Ready");

            Assert.That(line.Release.Metadata.Generation, Is.EqualTo(line.Moment.Generation));
            Assert.That(line.Release.Status.ObservedGeneration, Is.EqualTo(line.Moment.Observed));
            Assert.That(ready is null ? "" : $"{ready.Status} {ready.Reason} @{ready.ObservedGeneration}", Is.EqualTo(line.Moment.Ready));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Load_Recording_GenerationsNeverFall(string name)
    {
        foreach (var release in FluxRecording.Load(name).Releases.GroupBy(line => line.Release.Metadata.Name, StringComparer.Ordinal))
        {
            Assert.That(release.Select(line => line.Moment.Generation), Is.Ordered);
            Assert.That(release.Select(line => line.Moment.Attempted), Is.Ordered);
        }
    }

    [TestCase("chart-missing-in-the-source-then-there", "1/1/1 True InstallSucceeded @1")]
    [TestCase("chart-version-that-does-not-match", "1/1/1 True InstallSucceeded @1")]
    [TestCase("cross-namespace-source-refused", "1/0/-1 ")]
    [TestCase("default-service-account-missing", "1/1/-1 False StateError @1")]
    [TestCase("deleted-while-installing", "2/1/1 False UninstallSucceeded @2, Stalled True RetriesExceeded @2")]
    [TestCase("dependency-not-ready", "1/0/-1 False DependencyNotReady @1")]
    [TestCase("drift-corrected", "1/1/1 True InstallSucceeded @1")]
    [TestCase("hang-then-push", "2/2/2 True UpgradeSucceeded @2")]
    [TestCase("hang-then-push-cancelled", "2/2/2 True UpgradeSucceeded @2")]
    [TestCase("hang-then-timeout", "1/1/1 False InstallFailed @1, Stalled True RetriesExceeded @1")]
    [TestCase("hang-then-timeout-then-late-success-retry-on-failure", "1/1/1 True UpgradeSucceeded @1")]
    [TestCase("hook-that-never-ends", "1/1/1 False InstallFailed @1, Stalled True RetriesExceeded @1")]
    [TestCase("install-cannot-be-rendered-retry-on-failure", "2/2/2 True InstallSucceeded @2")]
    [TestCase("install-cannot-be-rendered-then-fixed", "2/2/2 True InstallSucceeded @2")]
    [TestCase("install-push-close", "3/2/2 False UninstallSucceeded @3")]
    [TestCase("reconcile-requested-and-forced", "1/1/1 True UpgradeSucceeded @1")]
    [TestCase("remediation-after-a-failed-upgrade", "2/2/2 False RollbackSucceeded @2, Stalled True RetriesExceeded @2")]
    [TestCase("service-account-missing", "2/1/-1 False StateError @1")]
    [TestCase("service-account-without-rights", "2/1/-1 False StateError @1")]
    [TestCase("slow-then-ready", "1/1/1 True InstallSucceeded @1")]
    [TestCase("source-cannot-be-fetched", "1/0/-1 False SourceNotReady @1")]
    [TestCase("source-missing-then-there", "1/1/1 True InstallSucceeded @1")]
    [TestCase("suspended-resumed-then-deleted", "4/1/1 False UninstallSucceeded @4")]
    [TestCase("suspended-then-deleted", "3/1/1 True InstallSucceeded @1")]
    [TestCase("target-namespace-missing", "1/1/1 False InstallFailed @1, Stalled True RetriesExceeded @1")]
    [TestCase("two-releases-want-one-object", "1/1/1 True InstallSucceeded @1")]
    [TestCase("uninstall-held-by-a-finalizer", "2/1/1 False UninstallSucceeded @2")]
    [TestCase("upgrade-cannot-be-rendered-then-fixed", "3/3/3 True UpgradeSucceeded @3")]
    [TestCase("upgrade-hang-then-push", "3/3/3 True UpgradeSucceeded @3")]
    [TestCase("values-against-the-schema", "1/1/-1 False InstallFailed @1")]
    public void Load_Recording_EndsAsItsNameSays(string name, string end) =>
        Assert.That(FluxRecording.Load(name).Releases.Last().Moment.ToString(), Is.EqualTo(end));

    [TestCase("source-missing-then-there", "SourceUnavailable", "GitRepository.source.toolkit.fluxcd.io \"later\" not found")]
    [TestCase("source-cannot-be-fetched", "NoSourceArtifact", "no artifact available for GitRepository source 'unreachable'")]
    [TestCase("chart-missing-in-the-source-then-there", "InvalidChartReference", "no such file or directory")]
    public void Charts_SourceNotReady_TellTheCauseThatTheReleaseDoesNot(string name, string reason, string message)
    {
        var recording = FluxRecording.Load(name);

        var told = recording.Charts.Select(chart => chart.Ready).OfType<Condition>().Where(ready => ready.Reason == reason);
        Assert.That(told, Is.Not.Empty.And.All.Property("Message").Contains(message));
        var said = recording.Releases.SelectMany(line => line.Release.Status!.Conditions ?? []);
        Assert.That(said, Is.Not.Empty.And.None.Property("Message").Contains(message));
    }

    [Test]
    public void Names_Recordings_AreThirty() => Assert.That(Names, Has.Count.EqualTo(30));
}
