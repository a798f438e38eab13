using System.Collections.Immutable;
using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Pages;

/// <summary>What has happened to an environment, as its page shows it.</summary>
internal sealed class TimelineTests
{
    private static readonly string Pushed = new('b', 40);

    [Test]
    public async Task Timeline_OfWhatTheClusterKeeps_HasSleepFluxAndHelm()
    {
        await using var world = await PageWorld.StartAsync();
        var owner = world.Add("ctrl", PageWorld.Row(22, EnvironmentPhase.Asleep) with { Since = At(50) });
        world.AddRelease(owner, 22, change: release => release with
        {
            Metadata = release.Metadata with
            {
                CreationTimestamp = At(0),
                Annotations = new Dictionary<string, string>(release.Metadata.Annotations!, StringComparer.Ordinal)
                {
                    [OwnerLabels.UpdatedAtAnnotation] = Timestamp.Format(At(30)),
                    [OwnerLabels.AsleepAnnotation] = Timestamp.Format(At(30)),
                },
            },
            Status = new HelmReleaseStatus
            {
                Conditions =
                [
                    new Condition { Type = "Ready", Status = "True", Reason = "UpgradeSucceeded", LastTransitionTime = At(40) },
                    new Condition { Type = "Released", Status = "True", Reason = "UpgradeSucceeded", LastTransitionTime = At(40) },
                    new Condition { Type = "Stalled", Status = "False", Reason = "Fine", LastTransitionTime = At(41) },
                ],
                History = [new HelmReleaseSnapshot { Version = 1, Status = "deployed", LastDeployed = Timestamp.Format(At(10)) }],
            },
        });

        Assert.That(await TimelineAsync(world), Is.EqualTo(
        [
            (At(50), "Asleep", "ProbeSucceeded"),
            (At(40), "Flux: ready", "UpgradeSucceeded"),
            (At(30), "Put to sleep", null),
            (At(10), "Helm revision 1: deployed", null),
            (At(0), "HelmRelease created", "envs/relpr-22"),
        ]));
    }

    [Test]
    public async Task Timeline_OfAFailure_SaysThatFluxIsNotReady()
    {
        await using var world = await PageWorld.StartAsync();
        var owner = world.Add("ctrl", PageWorld.Row(22, EnvironmentPhase.Failed) with { Since = null });
        world.AddRelease(owner, 22, change: release => release with
        {
            Metadata = release.Metadata with { CreationTimestamp = default, DeletionTimestamp = At(59), Annotations = null },
            Status = new HelmReleaseStatus
            {
                Conditions =
                [
                    new Condition { Type = "Stalled", Status = "True", Reason = "RetriesExceeded", LastTransitionTime = At(9) },
                    new Condition { Type = "Ready", Status = "False", Reason = "InstallFailed", LastTransitionTime = At(8) },
                    new Condition { Type = "Remediated", Status = "True", Reason = "UninstallSucceeded", LastTransitionTime = At(7) },
                ],
            },
        });

        Assert.That((await TimelineAsync(world)).Select(entry => (entry.What, entry.Detail)), Is.EqualTo(
        [
            ("Deletion requested", null), ("Flux: stalled", "RetriesExceeded"), ("Flux: not ready", "InstallFailed"),
            ("Flux: rolled back or uninstalled", "UninstallSucceeded"),
        ]));
    }

    [Test]
    public async Task Timeline_OfWhatThisProcessHasSeen_HasEarlierPhasesAndTheNewCommit()
    {
        await using var world = await PageWorld.StartAsync();
        var deploying = PageWorld.Row(22, EnvironmentPhase.Deploying) with { Since = At(1), Reason = "Progressing" };
        var ready = PageWorld.Row(22) with { Since = At(2) };
        var again = deploying with { Since = At(3), HeadSha = Pushed };
        var failed = again with { Since = At(4), Phase = EnvironmentPhase.Failed, Reason = "InstallFailed" };

        var resource = world.Add("ctrl", failed);

        world.Saw(resource, deploying, ready);
        // The cache does not have the status yet.
        world.Saw(resource, deploying, ready);
        world.Saw(resource, ready, ready with { Message = "Still." });
        world.Saw(resource, ready, again);
        world.Saw(resource, again, failed);

        Assert.That(await TimelineAsync(world), Is.EqualTo(
        [
            (At(4), "Failed", "InstallFailed"), (At(3), "Deploying", "Progressing"), (At(3), "New commit", Pushed[..7]),
            (At(2), "Ready", "ProbeSucceeded"), (At(1), "Deploying", "Progressing"),
        ]));
        Assert.That(
            await world.GetAsync("/environments/default/ctrl/22"),
            Does.Contain("""</time> <span class="phase" data-phase="Failed">Failed</span> <bdi>InstallFailed</bdi></li>"""));
    }

    [Test]
    public void EarlierRows_OfAPullRequestThatIsGone_AreForgotten()
    {
        var (one, two) = (PageWorld.Row(1), PageWorld.Row(1) with { Phase = EnvironmentPhase.Failed });
        var known = EarlierRows.None.After([one], [two]);

        Assert.That(known.Of(1), Has.Length.EqualTo(1));
        Assert.That(known.After([two], []).Of(1), Is.Empty);
        Assert.That(known.After([two], [two]), Is.SameAs(known));
    }

    [Test]
    public void EarlierRows_OfAFlappingEnvironment_AreTheLastFew()
    {
        var rows = Enumerable.Range(0, 40).Select(minute => PageWorld.Row(1) with { Since = At(minute) }).ToList();

        var known = rows.Zip(rows.Skip(1)).Aggregate(EarlierRows.None, (known, pair) => known.After([pair.First], [pair.Second]));

        Assert.That(known.Of(1).Select(row => row.Since), Is.EqualTo(Enumerable.Range(39 - EarlierRows.Most, EarlierRows.Most).Select(At)));
        Assert.That(known.Of(1).Select(row => row.Message), Is.All.Null);
    }

    private static DateTimeOffset At(int minute) => Some.Now.AddHours(-1).AddMinutes(minute);

    private static async Task<ImmutableArray<(DateTimeOffset At, string What, string? Detail)>> TimelineAsync(PageWorld world)
    {
        var json = await world.GetJsonAsync("/api/environments/default/ctrl/22");
        return
        [
            .. json["timeline"]!.AsArray().Select(
                entry => ((DateTimeOffset)entry!["at"]!, (string)entry["what"]!, (string?)entry["detail"])),
        ];
    }
}
