using k8s;
using k8s.Models;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class HelmControllerDoubleTests
{
    private FluxCluster _cluster = null!;

    private HelmControllerDouble Flux => _cluster.Flux;

    [SetUp]
    public async Task StartAsync() => _cluster = await FluxCluster.StartAsync();

    [TearDown]
    public async Task StopAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    [Test]
    public async Task Install_NewRelease_GoesFromUnknownToTrue()
    {
        Flux.HangInstalls("relpr-1");
        await _cluster.CreateAsync(1, "aaa");

        var working = await _cluster.UntilAsync(1, release => release.ConditionStatus("Ready") is not null);
        Assert.That(working.HasFinalizer, Is.True);
        Assert.That((working.ConditionStatus("Ready"), working.ConditionStatus("Reconciling")), Is.EqualTo(("Unknown", "True")));
        Assert.That(working.ObservedGeneration, Is.EqualTo(-1), "nothing became ready yet");
        Assert.That(working.StatusText("storageNamespace"), Is.EqualTo(_cluster.Namespace));

        Flux.Heal("relpr-1");
        var ready = await _cluster.UntilReadyAsync(1);
        Assert.That((ready.ConditionStatus("Released"), ready.ConditionStatus("Reconciling")), Is.EqualTo(("True", (string?)null)));
        Assert.That(ready.Status["history"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((_cluster.Installed(1)!.PrNumber, _cluster.Installed(1)!.PrSha, _cluster.Installed(1)!.Revision), Is.EqualTo((1, "aaa", 1)));
    }

    [Test]
    public async Task Upgrade_NewValues_KeepsTheOldRevisionAndGenerationUntilItIsDone()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);
        Flux.HangInstalls("relpr-1");
        await _cluster.PatchAsync(1, """{"spec":{"values":{"prSHA":"bbb"}}}""");

        var working = await _cluster.UntilAsync(1, release => release.ConditionStatus("Ready") == "Unknown");
        Assert.That((working.Generation, working.ObservedGeneration), Is.EqualTo((2, 1)));
        Assert.That(_cluster.Installed(1)!.PrSha, Is.EqualTo("aaa"));

        Flux.Heal("relpr-1");
        var ready = await _cluster.UntilReadyAsync(1);
        Assert.That(ready.Status["history"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((_cluster.Installed(1)!.PrSha, _cluster.Installed(1)!.Revision), Is.EqualTo(("bbb", 2)));
    }

    [Test]
    public async Task Interval_Changed_IsObservedWithoutAnUpgrade()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);

        await _cluster.PatchAsync(1, """{"spec":{"interval":"1m"}}""");

        await _cluster.UntilAsync(1, release => release is { Generation: 2, ObservedGeneration: 2 });
        Assert.That(_cluster.Installed(1)!.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Install_FailsWithoutRetries_Stalls()
    {
        Flux.FailInstalls("relpr-1", message: "no such image");
        await _cluster.CreateAsync(1, "aaa");

        var stalled = await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");

        Assert.That((stalled.ConditionStatus("Ready"), stalled.ConditionStatus("Released")), Is.EqualTo(("False", "False")));
        Assert.That(stalled.ObservedGeneration, Is.EqualTo(1), "giving up is final, so it is observed");
        Assert.That(stalled.StatusNumber("installFailures"), Is.EqualTo(1));
        Assert.That(stalled.Status.ToJsonString(), Does.Contain("RetriesExceeded").And.Contain("no such image"));
        Assert.That(_cluster.Installed(1)!.Runs, Is.False);
    }

    [Test]
    public async Task Install_FailsWithRetries_IsUndoneAndTriedAgain()
    {
        Flux.FailInstalls("relpr-1");
        await _cluster.CreateAsync(1, "aaa", """{"install":{"remediation":{"retries":-1}}}""");

        var failed = await _cluster.UntilAsync(1, release => release.ConditionStatus("Remediated") == "True");
        Assert.That(failed.ObservedGeneration, Is.EqualTo(-1), "a failure that is tried again is not observed");

        Flux.Heal("relpr-1");
        var ready = await _cluster.UntilReadyAsync(1);
        Assert.That(ready.StatusNumber("installFailures"), Is.Zero);
    }

    [Test]
    public async Task Upgrade_Fails_LeavesTheOldRevisionRunning()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);
        Flux.FailInstalls("relpr-1");

        await _cluster.PatchAsync(1, """{"spec":{"values":{"prSHA":"bbb"}}}""");

        await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");
        Assert.That((_cluster.Installed(1)!.Runs, _cluster.Installed(1)!.PrSha), Is.EqualTo((true, "aaa")));
    }

    [Test]
    public async Task Stalled_SpecChangeOrReset_TriesAgain()
    {
        Flux.FailInstalls("relpr-1", times: 2);
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");

        await _cluster.PatchAsync(1, """{"spec":{"values":{"prSHA":"bbb"}}}""");
        await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True" && release.ObservedGeneration == 2);
        await _cluster.PatchAsync(1, """{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"x","reconcile.fluxcd.io/resetAt":"x"}}}""");

        var ready = await _cluster.UntilReadyAsync(1);
        Assert.That(ready.StatusText("lastHandledResetAt"), Is.EqualTo("x"));
    }

    [Test]
    public async Task Install_Hangs_FailsAtItsTimeout()
    {
        Flux.HangInstalls("relpr-1");
        await _cluster.CreateAsync(1, "aaa", """{"timeout":"100ms"}""");

        var stalled = await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");

        Assert.That(stalled.Status.ToJsonString(), Does.Contain("context deadline exceeded"));
    }

    [Test]
    public async Task Stall_Scripted_GivesUpWithoutTrying()
    {
        Flux.Stall("relpr-1", "AccessDenied", "cross-namespace reference");
        await _cluster.CreateAsync(1, "aaa");

        var stalled = await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");

        Assert.That((stalled.ConditionStatus("Ready"), stalled.ObservedGeneration), Is.EqualTo(("False", 1)));
        Assert.That(_cluster.Installed(1), Is.Null);
    }

    [Test]
    public async Task RequestedAt_Changed_IsEchoedWithoutAnUpgrade()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);

        await _cluster.PatchAsync(1, """{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"now"}}}""");

        await _cluster.UntilAsync(1, release => release.StatusText("lastHandledReconcileAt") == "now");
        Assert.That(_cluster.Installed(1)!.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task ForceAt_Requested_UpgradesOnce()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);

        await _cluster.PatchAsync(1, """{"metadata":{"annotations":{"reconcile.fluxcd.io/requestedAt":"now","reconcile.fluxcd.io/forceAt":"now"}}}""");

        await _cluster.UntilAsync(1, release => release.StatusText("lastHandledForceAt") == "now");
        Assert.That(_cluster.Installed(1)!.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task Suspend_Release_GetsTheFinalizerAndNothingElse()
    {
        await _cluster.CreateAsync(1, "aaa", """{"suspend":true}""");
        var suspended = await _cluster.UntilAsync(1, release => release.HasFinalizer);
        Assert.That(suspended.ConditionStatus("Ready"), Is.Null);

        await _cluster.PatchAsync(1, """{"spec":{"suspend":false}}""");
        await _cluster.UntilReadyAsync(1);
    }

    [Test]
    public async Task TargetNamespace_Missing_FailsUnlessItMayBeCreated()
    {
        var target = _cluster.Namespace + "-x";
        await _cluster.CreateAsync(1, "aaa", $$"""{"targetNamespace":"{{target}}"}""");
        var failed = await _cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");
        Assert.That(failed.Status.ToJsonString(), Does.Contain("not found"));

        await _cluster.PatchAsync(1, """{"spec":{"install":{"createNamespace":true}}}""");
        await _cluster.UntilReadyAsync(1);
        await _cluster.Client.CoreV1.DeleteNamespaceAsync(target);
    }

    [Test]
    public async Task ReleaseName_Changed_UninstallsAndInstalls()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);

        await _cluster.PatchAsync(1, """{"spec":{"releaseName":"other"}}""");

        await _cluster.UntilAsync(1, release => release.ObservedGeneration == 2);
        Assert.That((_cluster.Installed(1)!.ReleaseName, _cluster.Installed(1)!.Revision), Is.EqualTo(("other", 1)));
    }

    [Test]
    public async Task Delete_Installed_IsUninstalledBeforeTheFinalizerGoes()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);
        Flux.FailUninstalls("relpr-1");
        await _cluster.DeleteAsync(1);

        var failed = await _cluster.UntilAsync(1, release => release.ConditionStatus("Ready") == "False");
        Assert.That((failed.IsDeleting, failed.HasFinalizer), Is.EqualTo((true, true)));
        Assert.That(failed.Status.ToJsonString(), Does.Contain("UninstallFailed"));

        Flux.Heal("relpr-1");
        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Uninstalled));
        Assert.That(_cluster.Installed(1), Is.Null);
    }

    [Test]
    public async Task Delete_Suspended_Leaks()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);
        await _cluster.PatchAsync(1, """{"spec":{"suspend":true}}""");

        await _cluster.DeleteAsync(1);

        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
        Assert.That(_cluster.Installed(1), Is.Not.Null, "it is still there");
    }

    [TestCase(true, TeardownOutcome.Leaked)]
    [TestCase(false, TeardownOutcome.NothingInstalled)]
    public async Task Delete_WithoutStorageNamespace_IsNotUninstalled(bool installed, TeardownOutcome expected)
    {
        await _cluster.CreateAsync(1, "aaa", installed ? "{}" : """{"suspend":true}""");
        await _cluster.UntilAsync(1, release => installed ? release.ConditionStatus("Ready") == "True" : release.HasFinalizer);
        await _cluster.PatchStatusAsync(1, """{"status":{"storageNamespace":null}}""");

        await _cluster.DeleteAsync(1);

        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(expected));
    }

    [Test]
    public async Task Delete_ServiceAccountGone_Leaks()
    {
        await _cluster.CreateAsync(1, "aaa", """{"serviceAccountName":"deployer"}""");
        await _cluster.UntilReadyAsync(1);

        await _cluster.DeleteAsync(1);

        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
    }

    [Test]
    public async Task Delete_ServiceAccountThere_IsUninstalled()
    {
        await _cluster.Client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "deployer" } }, _cluster.Namespace);
        await _cluster.CreateAsync(1, "aaa", """{"serviceAccountName":"deployer"}""");
        await _cluster.UntilReadyAsync(1);

        await _cluster.DeleteAsync(1);

        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Uninstalled));
    }

    [Test]
    public async Task Delete_KubeConfigSecretGone_Leaks()
    {
        await _cluster.CreateAsync(1, "aaa", """{"kubeConfig":{"secretRef":{"name":"remote"}}}""");
        await _cluster.UntilReadyAsync(1);

        await _cluster.DeleteAsync(1);

        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
    }

    [Test]
    public async Task Delete_FinalizerTakenByForce_Leaks()
    {
        await _cluster.CreateAsync(1, "aaa");
        await _cluster.UntilReadyAsync(1);
        Flux.FailUninstalls("relpr-1");
        await _cluster.DeleteAsync(1);
        await _cluster.UntilAsync(1, release => release.ConditionStatus("Ready") == "False");

        await _cluster.PatchAsync(1, """{"metadata":{"finalizers":null}}""");

        Assert.That(await _cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
    }
}
