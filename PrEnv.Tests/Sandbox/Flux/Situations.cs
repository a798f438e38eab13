using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>Every situation that was recorded. A push is a new <c>prSHA</c>.</summary>
internal static class Situations
{
    private const string Release = Situation.Release;

    public static IReadOnlyList<Situation> All { get; } =
        [.. Sources(), .. Prerequisites(), .. Installs(), .. Upgrades(), .. Pushes(), .. Deletions()];

    private static IEnumerable<Situation> Sources() =>
    [
        new("source-missing-then-there") { Prepare = Break("SourceUnavailable") },
        new("source-cannot-be-fetched") { Prepare = Break("NoSourceArtifact") },
        new("chart-missing-in-the-source-then-there") { Prepare = Break("InvalidChartReference") },
        // A GitRepository has one version of a chart, and gives it whatever was asked for.
        new("chart-version-that-does-not-match"),
        new("cross-namespace-source-refused")
        {
            Options = FluxCluster.Hasty with { NoCrossNamespaceRefs = true },
            Spec = """{"chart":{"spec":{"chart":"./env","sourceRef":{"kind":"GitRepository","name":"app","namespace":"flux-system"}}}}""",
        },
    ];

    private static IEnumerable<Situation> Prerequisites() =>
    [
        new("dependency-not-ready") { Spec = """{"dependsOn":[{"name":"relpr-1"}]}""" },
        new("default-service-account-missing") { Options = FluxCluster.Hasty with { DefaultServiceAccount = "nobody" } },
        new("service-account-missing")
        {
            Spec = """{"serviceAccountName":"nobody"}""",
            // After eight seconds, in which helm-controller had not come to it. Once it does, it lets go without uninstalling.
            Deeds = Deeds(("still there", async cluster =>
                Assert.That(await cluster.UntilGoneAsync(Situation.Number), Is.EqualTo(TeardownOutcome.NothingInstalled)))),
        },
        new("service-account-without-rights")
        {
            Spec = """{"serviceAccountName":"poor"}""",
            Prepare = cluster => cluster.CreateAccountAsync("poor", withRights: false),
            Deeds = Deeds(("still there", async cluster =>
                Assert.That((await cluster.UntilAsync(Situation.Number, release => release.IsDeleting)).HasFinalizer, Is.True))),
        },
    ];

    private static IEnumerable<Situation> Installs() =>
    [
        new("slow-then-ready") { Prepare = Script(flux => flux.HangInstalls(Release)) },
        new("hang-then-timeout") { Spec = """{"timeout":"300ms"}""", Prepare = Script(flux => flux.HangInstalls(Release)) },
        new("hook-that-never-ends") { Spec = """{"timeout":"300ms"}""", Prepare = Script(flux => flux.HangInstalls(Release)) },
        new("target-namespace-missing") { Spec = """{"targetNamespace":"not-there"}""" },
        new("values-against-the-schema") { Prepare = Script(flux => flux.FailRenderings(Release)) },
        new("two-releases-want-one-object") { Deeds = Deeds(("(gave up waiting: Ready=False)", _ => Task.CompletedTask)) },
        new("hang-then-timeout-then-late-success-retry-on-failure")
        {
            Spec = """{"install":{"strategy":{"name":"RetryOnFailure","retryInterval":"100ms"}}}""",
            Prepare = Script(flux =>
            {
                flux.FailInstalls(Release, times: 1);
                flux.HangInstalls(Release);
            }),
        },
    ];

    private static IEnumerable<Situation> Upgrades() =>
    [
        new("drift-corrected")
        {
            Spec = """{"driftDetection":{"mode":"enabled"}}""",
            Deeds = Deeds(("changed an object by hand", Script(flux => flux.Drift(Release)))),
        },
        new("reconcile-requested-and-forced")
        {
            Deeds = Deeds(
                ("requested", cluster => cluster.AnnotateAsync(Situation.Number, "first", "requestedAt")),
                ("forced", cluster => cluster.AnnotateAsync(Situation.Number, "second", "requestedAt", "forceAt"))),
        },
        new("remediation-after-a-failed-upgrade")
        {
            Spec = """{"upgrade":{"remediation":{"retries":1}}}""",
            Prepare = Script(flux => flux.PauseAfter(Release, "InstallSucceeded")),
            Deeds = Deeds(("pushed a commit that hangs", async cluster =>
            {
                await cluster.PushAsync(Situation.Number, "bbb");
                cluster.Flux.Heal(Release);
                cluster.Flux.FailInstalls(Release, times: 2);
            })),
        },
        new("upgrade-cannot-be-rendered-then-fixed")
        {
            Prepare = Script(flux => flux.PauseAfter(Release, "InstallSucceeded")),
            Deeds = Deeds(
                ("pushed a commit that cannot be rendered", async cluster =>
                {
                    await cluster.PushAsync(Situation.Number, "bbb");
                    cluster.Flux.FailRenderings(Release);
                    cluster.Flux.PauseAfter(Release, "UpgradeFailed");
                }),
                ("pushed a fix", PushAndHeal("ccc"))),
        },
    ];

    /// <summary>A push that comes while helm-controller is at work on the commit before.</summary>
    private static IEnumerable<Situation> Pushes() =>
    [
        new("hang-then-push")
        {
            Prepare = Script(flux => flux.HangInstalls(Release)),
            Deeds = Deeds(("pushed a fix", PushAndTimeOut("bbb"))),
        },
        new("hang-then-push-cancelled")
        {
            Options = FluxCluster.Hasty with { CancelHealthCheckOnNewRevision = true },
            Prepare = Script(flux => flux.HangInstalls(Release, "aaa")),
            Deeds = Deeds(("pushed a fix", cluster => cluster.PushAsync(Situation.Number, "bbb"))),
        },
        new("upgrade-hang-then-push")
        {
            Prepare = Script(flux => flux.PauseAfter(Release, "InstallSucceeded")),
            Deeds = Deeds(
                ("pushed a commit that hangs", async cluster =>
                {
                    await cluster.PushAsync(Situation.Number, "bbb");
                    cluster.Flux.Heal(Release);
                    cluster.Flux.HangInstalls(Release);
                }),
                ("pushed a fix", PushAndTimeOut("ccc"))),
        },
        new("install-cannot-be-rendered-retry-on-failure")
        {
            Spec = """{"install":{"strategy":{"name":"RetryOnFailure","retryInterval":"1h"}}}""",
            Prepare = Script(flux => flux.FailRenderings(Release, times: 1)),
            Deeds = Deeds(("pushed a fix", PushAndHeal("bbb"))),
        },
        new("install-cannot-be-rendered-then-fixed")
        {
            Prepare = Script(flux =>
            {
                flux.FailRenderings(Release);
                flux.PauseAfter(Release, "InstallFailed", passes: 1);
            }),
            Deeds = Deeds(("pushed a fix", PushAndHeal("bbb"))),
        },
        new("install-push-close")
        {
            Prepare = Script(flux => flux.PauseAfter(Release, "InstallSucceeded")),
            Deeds = Deeds(
                ("pushed", async cluster =>
                {
                    await cluster.PushAsync(Situation.Number, "bbb");
                    cluster.Flux.PauseAfter(Release, "UpgradeSucceeded");
                }),
                ("deleted relpr-22", async cluster =>
                {
                    await cluster.DeleteAsync(Situation.Number);
                    cluster.Flux.Heal(Release);
                })),
        },
    ];

    private static IEnumerable<Situation> Deletions() =>
    [
        new("suspended-then-deleted"),
        new("suspended-resumed-then-deleted")
        {
            Deeds = Deeds(
                ("resumed", cluster =>
                {
                    cluster.Flux.KeepWaiting(Release);
                    return cluster.PatchAsync(Situation.Number, """{"spec":{"suspend":false}}""");
                }),
                ("deleted relpr-22", async cluster =>
                {
                    await cluster.DeleteAsync(Situation.Number);
                    cluster.Flux.Heal(Release);
                })),
        },
        new("uninstall-held-by-a-finalizer") { Prepare = Script(flux => flux.FailUninstalls(Release)) },
        new("deleted-while-installing")
        {
            Prepare = Script(flux => flux.HangInstalls(Release)),
            Deeds = Deeds(("deleted relpr-22", async cluster =>
            {
                await cluster.DeleteAsync(Situation.Number);
                TimeOut(cluster.Flux);
            })),
        },
    ];

    private static Func<FluxCluster, Task> Break(string reason) => Script(flux => flux.BreakChart(Release, reason, "the cause"));

    private static Func<FluxCluster, Task> PushAndHeal(string sha) => async cluster =>
    {
        await cluster.PushAsync(Situation.Number, sha);
        cluster.Flux.Heal(Release);
    };

    private static Func<FluxCluster, Task> PushAndTimeOut(string sha) => async cluster =>
    {
        await cluster.PushAsync(Situation.Number, sha);
        TimeOut(cluster.Flux);
    };

    /// <summary>The time-out of what hangs comes now, and not by the clock.</summary>
    private static void TimeOut(HelmControllerDouble flux)
    {
        flux.FailInstalls(Release, times: 1);
        flux.LetGo(Release);
    }

    private static Func<FluxCluster, Task> Script(Action<HelmControllerDouble> script) => cluster =>
    {
        script(cluster.Flux);
        return Task.CompletedTask;
    };

    private static Dictionary<string, Func<FluxCluster, Task>> Deeds(params (string Did, Func<FluxCluster, Task> Deed)[] deeds) =>
        deeds.ToDictionary(deed => deed.Did, deed => deed.Deed, StringComparer.Ordinal);
}
