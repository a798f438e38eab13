using k8s;

namespace PrEnv.Tests.Sandbox.Flux;

internal sealed class HelmControllerDoubleTests : FluxTestBase
{
    [Test]
    public async Task Install_NewRelease_GoesFromUnknownToTrue()
    {
        Flux.HangInstalls("relpr-1");
        await Cluster.CreateAsync(1, "aaa");

        var working = await Cluster.UntilAsync(1, release => release.StatusNumber("lastAttemptedGeneration") == 1);
        Assert.That(working.HasFinalizer, Is.True);
        Assert.That((working.ConditionStatus("Ready"), working.ConditionStatus("Reconciling")), Is.EqualTo(("Unknown", "True")));
        Assert.That(working.ObservedGeneration, Is.EqualTo(-1), "nothing became ready yet");
        Assert.That(working.StatusText("storageNamespace"), Is.EqualTo(Cluster.Namespace));

        Flux.Heal("relpr-1");
        var ready = await Cluster.UntilReadyAsync(1);
        Assert.That((ready.ConditionStatus("Released"), ready.ConditionStatus("Reconciling")), Is.EqualTo(("True", (string?)null)));
        Assert.That(ready.Status["history"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(
            (Cluster.Installed(1)!.PrNumber, Cluster.Installed(1)!.PrSha, Cluster.Installed(1)!.Revision), Is.EqualTo((1, "aaa", 1)));
    }

    [Test]
    public async Task Upgrade_NewValues_KeepsTheOldRevisionAndGenerationUntilItIsDone()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);
        Flux.HangInstalls("relpr-1");
        await Cluster.PatchAsync(1, """{"spec":{"values":{"prSHA":"bbb"}}}""");

        var working = await Cluster.UntilAsync(1, release => release.ConditionStatus("Ready") == "Unknown");
        Assert.That((working.Generation, working.ObservedGeneration), Is.EqualTo((2, 1)));
        Assert.That(Cluster.Installed(1)!.PrSha, Is.EqualTo("aaa"));

        Flux.Heal("relpr-1");
        var ready = await Cluster.UntilReadyAsync(1);
        Assert.That(ready.Status["history"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((Cluster.Installed(1)!.PrSha, Cluster.Installed(1)!.Revision), Is.EqualTo(("bbb", 2)));
    }

    [Test]
    public async Task Interval_Changed_IsObservedWithoutAnUpgrade()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);

        await Cluster.PatchAsync(1, """{"spec":{"interval":"1m"}}""");

        await Cluster.UntilAsync(1, release => release is { Generation: 2, ObservedGeneration: 2 });
        Assert.That(Cluster.Installed(1)!.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Install_FailsWithoutRetries_Stalls()
    {
        Flux.FailInstalls("relpr-1", message: "no such image");
        await Cluster.CreateAsync(1, "aaa");

        // Giving up is final, so it is observed.
        var stalled = await Cluster.UntilAsync(
            1, release => release.ConditionStatus("Stalled") == "True" && release.ObservedGeneration == 1);

        Assert.That((stalled.ConditionStatus("Ready"), stalled.ConditionStatus("Released")), Is.EqualTo(("False", "False")));
        Assert.That(stalled.StatusNumber("installFailures"), Is.EqualTo(1));
        Assert.That(stalled.Status.ToJsonString(), Does.Contain("RetriesExceeded").And.Contain("no such image"));
        Assert.That(Cluster.Installed(1)!.Runs, Is.False);
    }

    [Test]
    public async Task Install_FailsWithRetries_IsUndoneAndTriedAgain()
    {
        Flux.FailInstalls("relpr-1");
        await Cluster.CreateAsync(1, "aaa", """{"install":{"remediation":{"retries":-1}}}""");

        var failed = await Cluster.UntilAsync(1, release => release.ConditionStatus("Remediated") == "True");
        Assert.That(failed.ObservedGeneration, Is.EqualTo(-1), "a failure that is tried again is not observed");

        Flux.Heal("relpr-1");
        var ready = await Cluster.UntilReadyAsync(1);
        Assert.That(ready.StatusNumber("installFailures"), Is.Zero);
    }

    [Test]
    public async Task Upgrade_Fails_LeavesTheOldRevisionRunning()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);
        Flux.FailInstalls("relpr-1");

        await Cluster.PatchAsync(1, """{"spec":{"values":{"prSHA":"bbb"}}}""");

        await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");
        Assert.That((Cluster.Installed(1)!.Runs, Cluster.Installed(1)!.PrSha), Is.EqualTo((true, "aaa")));
    }

    [Test]
    public async Task Stalled_SpecChangeOrReset_TriesAgain()
    {
        Flux.FailInstalls("relpr-1", times: 2);
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");

        await Cluster.PatchAsync(1, """{"spec":{"values":{"prSHA":"bbb"}}}""");
        await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True" && release.ObservedGeneration == 2);
        await Cluster.PatchAsync(
            1, """{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"x","reconcile.fluxcd.io/resetAt":"x"}}}""");

        var handled = await Cluster.UntilAsync(1, release => release.StatusText("lastHandledResetAt") == "x");
        Assert.That(handled.IsReady, Is.True);
    }

    [Test]
    public async Task Install_Hangs_FailsAtItsTimeout()
    {
        Flux.HangInstalls("relpr-1");
        await Cluster.CreateAsync(1, "aaa", """{"timeout":"100ms"}""");

        var stalled = await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");

        Assert.That(stalled.Status.ToJsonString(), Does.Contain("context deadline exceeded"));
    }

    [Test]
    public async Task Stall_Scripted_GivesUpWithoutTrying()
    {
        Flux.Stall("relpr-1", "AccessDenied", "cross-namespace reference");
        await Cluster.CreateAsync(1, "aaa");

        var stalled = await Cluster.UntilAsync(
            1, release => release.ConditionStatus("Stalled") == "True" && release.ObservedGeneration == 1);

        Assert.That(stalled.ConditionStatus("Ready"), Is.EqualTo("False"));
        Assert.That(Cluster.Installed(1), Is.Null);
    }

    [Test]
    public async Task RequestedAt_Changed_IsEchoedWithoutAnUpgrade()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);

        await Cluster.PatchAsync(1, """{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"now"}}}""");

        await Cluster.UntilAsync(1, release => release.StatusText("lastHandledReconcileAt") == "now");
        Assert.That(Cluster.Installed(1)!.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task ForceAt_Requested_UpgradesOnce()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);

        await Cluster.PatchAsync(
            1, """{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"now","reconcile.fluxcd.io/forceAt":"now"}}}""");

        await Cluster.UntilAsync(1, release => release.StatusText("lastHandledReconcileAt") == "now");
        Assert.That(Cluster.Installed(1)!.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task Suspend_Release_GetsTheFinalizerAndNothingElse()
    {
        await Cluster.CreateAsync(1, "aaa", """{"suspend":true}""");
        var suspended = await Cluster.UntilAsync(1, release => release.HasFinalizer);
        Assert.That(suspended.ConditionStatus("Ready"), Is.Null);

        await Cluster.PatchAsync(1, """{"spec":{"suspend":false}}""");
        await Cluster.UntilReadyAsync(1);
    }

    [Test]
    public async Task TargetNamespace_Missing_FailsUnlessItMayBeCreated()
    {
        var target = Cluster.Namespace + "-x";
        await Cluster.CreateAsync(1, "aaa", $$"""{"targetNamespace":"{{target}}"}""");
        var failed = await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");
        Assert.That(failed.Status.ToJsonString(), Does.Contain("not found"));

        await Cluster.PatchAsync(1, """{"spec":{"install":{"createNamespace":true}}}""");
        await Cluster.UntilReadyAsync(1);
        await Cluster.Client.CoreV1.DeleteNamespaceAsync(target);
    }

    [Test]
    public async Task ReleaseName_Changed_UninstallsAndInstalls()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);

        await Cluster.PatchAsync(1, """{"spec":{"releaseName":"other"}}""");

        await Cluster.UntilAsync(1, release => release.ObservedGeneration == 2);
        Assert.That((Cluster.Installed(1)!.ReleaseName, Cluster.Installed(1)!.Revision), Is.EqualTo(("other", 1)));
    }
}
