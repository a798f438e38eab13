using System.Text.Json.Nodes;
using PrEnv.Sandbox.Flux;
using PrEnv.Tests.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>Put into a situation that was recorded of real Flux, the double shows the same, times aside.</summary>
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class RecordedSituationTests
{
    private static IReadOnlyList<Situation> All => Situations.All;

    [Test]
    public void Situations_Recordings_AreAllPlayed() =>
        Assert.That(All.Select(situation => situation.Recording), Is.EquivalentTo(FluxRecording.Names));

    [TestCaseSource(nameof(All))]
    public async Task Double_RecordedSituation_ShowsTheSame(Situation situation)
    {
        await using var cluster = await FluxCluster.StartAsync(situation.Options);
        await using var recorder = await ReleaseRecorder.StartAsync(cluster);
        var recording = FluxRecording.Load(situation.Recording);
        await situation.Prepare(cluster);

        await PlayAsync(situation, recording, cluster, recorder);

        await HistoryIsTheSameAsync(recording, cluster);
        await ChartTellsTheSameAsync(recording, cluster);
    }

    private static async Task PlayAsync(Situation situation, FluxRecording recording, FluxCluster cluster, ReleaseRecorder recorder)
    {
        var story = new Dictionary<string, List<FluxMoment>>(StringComparer.Ordinal);
        foreach (var line in recording.Lines)
        {
            switch (line)
            {
                case FluxLine.Deed deed:
                    await situation.DoAsync(cluster, deed.Did);
                    break;
                case FluxLine.OfRelease { Release.Metadata.Name: var name } release:
                    if (!story.TryGetValue(name, out var told))
                        story[name] = told = [];
                    if (told is [.., var last] && last == release.Moment)
                        break;
                    var seen = await NextAsync(recorder, name, release.Moment);
                    Assert.That(seen, Is.EqualTo(release.Moment), $"{name}, after {string.Join("; ", told)}");
                    told.Add(seen);
                    break;
            }
        }
    }

    private static async Task<FluxMoment> NextAsync(ReleaseRecorder recorder, string name, FluxMoment expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CurrentContext.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            return await recorder.NextAsync(name, patience.Token);
        }
        catch (OperationCanceledException tired)
        {
            throw new AssertionException($"{name} did not become {expected}.", tired);
        }
    }

    private static async Task HistoryIsTheSameAsync(FluxRecording recording, FluxCluster cluster)
    {
        if (recording.Releases.Any(line => line.Type == "DELETED"))
            return;
        var last = recording.Releases.Last(line => line.Release.Metadata.Name == Situation.Release);
        // Gone in the double, where the recording ends before it is.
        if (cluster.Environments.Teardowns.Any())
            return;
        var expected = History(last.Status);
        var release = await cluster.UntilAsync(Situation.Number, release => History(release.Status) == expected);
        Assert.That(IsOfLastAttempt(release.Status), Is.EqualTo(IsOfLastAttempt(last.Status)), "is the newest entry of the last attempt?");
    }

    private static async Task ChartTellsTheSameAsync(FluxRecording recording, FluxCluster cluster)
    {
        if (recording.Charts.LastOrDefault() is not { Ready: { } told, Type: not "DELETED" } || cluster.Environments.Teardowns.Any())
            return;
        var chart = new HelmReleaseObject(await cluster.UntilChartAsync(Situation.Number, told.Reason));
        Assert.That(chart.ConditionStatus("Ready"), Is.EqualTo(told.Status));
    }

    private static string History(JsonObject status) => string.Join(
        ", ", status["history"]?.AsArray().Select(entry => FormattableString.Invariant($"{entry!["status"]} {entry["version"]}")) ?? []);

    private static bool IsOfLastAttempt(JsonObject status)
    {
        var newest = status["history"]?.AsArray().FirstOrDefault()?["configDigest"];
        return HelmReleaseObject.Text(newest) == HelmReleaseObject.Text(status["lastAttemptedConfigDigest"]);
    }
}
