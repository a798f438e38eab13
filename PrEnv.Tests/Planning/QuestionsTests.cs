using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;

namespace PrEnv.Tests.Planning;

/// <summary>What GitHub is asked beside the listing.</summary>
internal sealed class QuestionsTests
{
    // A fork that needs an approval, and an environment that the listing leaves out.
    private static readonly World Curious = World.Plain.Commandable().Open(1).Fork(2).Release(1).Release(3);

    [Test]
    public void Questions_OfAnActiveResource_AreAllThree() =>
        AssertAsked(Curious, confirmations: [3], reviews: [2], commands: true);

    [TestCaseSource(nameof(AtRest))]
    public void Questions_OfAResourceAtRest_AreNone(World world) => AssertAsked(world, [], [], commands: false);

    [Test]
    public void Questions_WhileCommandsAreOff_AreNotAboutCommands() =>
        AssertAsked(Curious.Spec(s => s with { Report = null }), [3], [2], commands: false);

    [Test]
    public void Questions_WithoutOpenPullRequests_AreNotAboutCommands() =>
        AssertAsked(World.Plain.Commandable().Release(3), [3], [], commands: false);

    [TestCase("Allow")]
    [TestCase("Deny")]
    public void Questions_WhereNoApprovalIsNeeded_AreNotAboutReviews(string forks) =>
        AssertAsked(Curious.Forks(forks), [3], [], commands: true);

    [Test]
    public void Questions_OfACommitThatIsApproved_AreNotAboutReviews() =>
        AssertAsked(Curious.Ordered(effects => effects with { Approved = effects.Approved.SetItem(2, World.A) }), [3], [], commands: true);

    [Test]
    public void Questions_OfReleasesThatGoOrAreAnothers_AreNotAboutThose() =>
        AssertAsked(World.Plain.Release(3, change: r => r.Deleting()).Release(4, change: r => r.OfAnother()), [], [], commands: false);

    [Test]
    public void Questions_OfFiles_AreAboutThoseThatEverythingElseAdmits()
    {
        var world = World.Plain.Selecting(s => s with { ExcludePaths = ["docs/**"], Drafts = "Skip", Forks = "Deny" })
            .Open(1, World.B, p => p with { IsDraft = false }).Open(2, change: p => p with { IsDraft = true })
            .Open(3, change: p => p with { IsDraft = null }).Fork(4).Open(5, change: p => p with { IsDraft = false });

        Assert.That(Files(world), Is.EqualTo(((int, string)[])[(1, World.B), (5, World.A)]));
        Assert.That(Files(world.Changing(1, "docs/a.md").FilesUnread(5)), Is.Empty, "known, or known not to be");
        Assert.That(Files(world.Selecting(s => s with { ExcludePaths = null })), Is.Empty);
        Assert.That(Files(world.Away(UnavailableReason.ServerError)), Is.Empty);
    }

    [Test]
    public void Questions_OfReviews_WaitForTheFiles()
    {
        var world = World.Plain.Selecting(s => s with { Paths = ["src/**"] }).Fork(1).Fork(2).Changing(1, "src/a.cs").Changing(2, "a");

        AssertAsked(world with { Files = world.Files.Clear() }, [], [], commands: false);
        AssertAsked(world, [], [1], commands: false);
    }

    [Test]
    public void Questions_OfChecks_AreAboutCommitsThatMayBeInstalledAndAreNot()
    {
        var approved = new Review("mona", ReviewVerdict.Approved, World.B, MayWrite: true);
        var world = World.Plain.Waiting("build").Selecting(s => s with { Drafts = "Skip" })
            .Release(1).Open(1, change: p => p with { IsDraft = false })
            .Release(2).Open(2, World.B, p => p with { IsDraft = false }).Open(3, World.B, p => p with { IsDraft = false })
            .Open(4, new string('d', 40), p => p with { IsDraft = true }).Open(5, new string('e', 40), p => p with { IsDraft = null })
            .Open(6, new string('f', 40), p => p with { IsFork = true, IsDraft = false }).Reviewed(6);

        Assert.That(Checks(world), Is.EqualTo([World.B]), "once, for two pull requests");
        Assert.That(Checks(world.Checked(World.B)), Is.Empty, "known");
        Assert.That(Checks(world.ChecksUnread(World.B)), Is.Empty, "known not to be");
        Assert.That(Checks(world.Reviewed(6, approved with { CommitSha = new string('f', 40) })), Has.Length.EqualTo(2));
        Assert.That(Checks(world.Spec(s => s with { WaitFor = null })), Is.Empty);
        Assert.That(Checks(world.Away(UnavailableReason.ServerError)), Is.Empty);
    }

    [TestCase("flux-system/somewhere", "flux-system", "somewhere")]
    [TestCase(null, "flux-system", "envs-relpr-3")]
    public void Questions_OfAReleaseThatWaitsForItsChart_AreAboutTheChart(string? noted, string ns, string name)
    {
        var world = World.Plain.Release(3, change: r => WithoutChart(r, noted));

        Assert.That(Charts(world.Later(TimeSpan.FromSeconds(5))), Is.EqualTo([new ResourceKey(ns, name)]));
        Assert.That(
            Charts(world.Away(UnavailableReason.ServerError).Later(TimeSpan.FromSeconds(5))), Is.EqualTo([new ResourceKey(ns, name)]));
        Assert.That(Charts(world.Later(TimeSpan.FromSeconds(4))), Is.Empty, "every installation begins like this");
    }

    [TestCase("flux-system/../secrets")]
    [TestCase("flux-system/x/y")]
    [TestCase("another/x")]
    [TestCase("flux-system/X")]
    [TestCase("../x")]
    [TestCase("/")]
    public void Questions_OfAChartWithoutAProperName_AreNone(string noted) =>
        Assert.That(Charts(World.Plain.Release(3, change: r => WithoutChart(r, noted)).Later(TimeSpan.FromMinutes(1))), Is.Empty);

    [Test]
    public void Questions_OfChartsOfReleasesThatGoRestOrAreAnothers_AreNone()
    {
        var world = World.Plain
            .Release(3, change: r => WithoutChart(r, null).Deleting())
            .Release(4, change: r => WithoutChart(r, null).Suspended())
            .Release(5, change: r => WithoutChart(r, null).OfAnother())
            .Release(6, change: r => WithoutChart(r, null).NextGeneration());

        Assert.That(Charts(world.Later(TimeSpan.FromMinutes(1))), Is.Empty);
    }

    [Test]
    public void Questions_OnceTheTimeOfAnEnvironmentIsUp_AskForAListingThatIsYounger()
    {
        var idle = World.Fluxed.Expiring().Open(22).Release(22, change: r => r.Ready()).Idle(22, TimeSpan.FromHours(1));
        var kept = idle.Commandable().Ordered(o => o with { Kept = o.Kept.Add(22, "2026-03-01T12:00:01Z") });

        Assert.That(Listing(idle with { ListedAt = World.Noon - TimeSpan.FromSeconds(1) }), Is.True);
        Assert.That(Listing(idle with { ListedAt = World.Noon }), Is.False);
        Assert.That(Listing(kept with { ListedAt = World.Noon - TimeSpan.FromSeconds(1) }), Is.False);
        Assert.That(
            Listing(World.Fluxed.Open(22).Release(22) with { ListedAt = DateTimeOffset.UnixEpoch }), Is.False, "nothing expires here");

        static bool Listing(World world) => EnvironmentReconciler.Questions(world.Snapshot()).Listing;
    }

    [Test]
    public void Questions_OfNamespaces_AreNoneWhileTheyCannotBeRead()
    {
        var snapshot = World.Plain.Namespaced().Open(1).Snapshot();
        var failed = snapshot with { Namespaces = snapshot.Namespaces with { Failure = new ApiStatus(403, "Forbidden", "No.") } };

        Assert.That(EnvironmentReconciler.Questions(snapshot).Namespaces, Has.Length.EqualTo(1));
        Assert.That(EnvironmentReconciler.Questions(failed).Namespaces, Is.Empty);
    }

    private static Core.Resources.HelmRelease WithoutChart(Core.Resources.HelmRelease release, string? chart)
    {
        var failed = release.Failed("SourceNotReady", "not ready");
        return failed with { Status = failed.Status! with { HelmChart = chart } };
    }

    private static IEnumerable<(int Number, string Sha)> Files(World world) =>
        EnvironmentReconciler.Questions(world.Snapshot()).Files.Select(q => (q.PrNumber, q.HeadSha));

    private static string[] Checks(World world) => [.. EnvironmentReconciler.Questions(world.Snapshot()).Checks];

    private static IEnumerable<ResourceKey> Charts(World world) =>
        EnvironmentReconciler.Questions(world.Snapshot()).Charts.Select(q => q.Chart);

    private static IEnumerable<TestCaseData> AtRest() =>
    [
        new TestCaseData(Curious.Spec(s => s with { Suspend = true })).SetArgDisplayNames("suspended"),
        new TestCaseData(Curious.Spec(s => s with { Interval = "soon" })).SetArgDisplayNames("invalid"),
        new TestCaseData(Curious.Meta(m => m with { DeletionTimestamp = World.Noon })).SetArgDisplayNames("being deleted"),
        new TestCaseData(Curious with { WasAsked = false }).SetArgDisplayNames("not listed"),
        new TestCaseData(Curious.Away(UnavailableReason.ServerError)).SetArgDisplayNames("listing unavailable"),
        new TestCaseData(Curious with { Flux = FluxState.Syncing }).SetArgDisplayNames("cache being filled"),
        new TestCaseData(Curious with { Flux = FluxState.NotInstalled }).SetArgDisplayNames("without Flux"),
    ];

    private static void AssertAsked(World world, int[] confirmations, int[] reviews, bool commands)
    {
        var questions = EnvironmentReconciler.Questions(world.Snapshot());

        Assert.Multiple(() =>
        {
            Assert.That(questions.Confirmations, Is.EqualTo(confirmations));
            Assert.That(questions.Reviews, Is.EqualTo(reviews));
            Assert.That(questions.Commands, Is.EqualTo(commands));
        });
    }
}
