using k8s;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

internal sealed class HelmReleaseDeletionTests : FluxTestBase
{
    [Test]
    public async Task Delete_Installed_IsUninstalledBeforeTheFinalizerGoes()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);
        Flux.FailUninstalls("relpr-1");
        await Cluster.DeleteAsync(1);

        var failed = await Cluster.UntilAsync(1, release => release.ConditionStatus("Ready") == "False");
        Assert.That((failed.IsDeleting, failed.HasFinalizer), Is.EqualTo((true, true)));
        Assert.That(failed.Status.ToJsonString(), Does.Contain("UninstallFailed"));

        Flux.Heal("relpr-1");
        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Uninstalled));
        Assert.That(Cluster.Installed(1), Is.Null);
    }

    [Test]
    public async Task Delete_Suspended_Leaks()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);
        await Cluster.PatchAsync(1, """{"spec":{"suspend":true}}""");

        await Cluster.DeleteAsync(1);

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
        Assert.That(Cluster.Installed(1), Is.Not.Null, "it is still there");
    }

    [TestCase(true, TeardownOutcome.Leaked)]
    [TestCase(false, TeardownOutcome.NothingInstalled)]
    public async Task Delete_WithoutStorageNamespace_IsNotUninstalled(bool installed, TeardownOutcome expected)
    {
        await Cluster.CreateAsync(1, "aaa", installed ? "{}" : """{"suspend":true}""");
        await Cluster.UntilAsync(1, release => installed ? release.IsReady : release.HasFinalizer);
        await Cluster.PatchStatusAsync(1, """{"status":{"storageNamespace":null}}""");

        await Cluster.DeleteAsync(1);

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(expected));
    }

    [Test]
    public async Task Delete_ServiceAccountGone_Leaks()
    {
        await Cluster.CreateAccountAsync("deployer", withRights: true);
        await Cluster.CreateAsync(1, "aaa", """{"serviceAccountName":"deployer"}""");
        await Cluster.UntilReadyAsync(1);
        await Cluster.Client.CoreV1.DeleteNamespacedServiceAccountAsync("deployer", Cluster.Namespace);

        await Cluster.DeleteAsync(1);

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
    }

    [Test]
    public async Task Delete_ServiceAccountThere_IsUninstalled()
    {
        await Cluster.CreateAccountAsync("deployer", withRights: true);
        await Cluster.CreateAsync(1, "aaa", """{"serviceAccountName":"deployer"}""");
        await Cluster.UntilReadyAsync(1);

        await Cluster.DeleteAsync(1);

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Uninstalled));
    }

    [Test]
    public async Task Delete_KubeConfigSecretGone_Leaks()
    {
        await Cluster.CreateAsync(1, "aaa", """{"kubeConfig":{"secretRef":{"name":"remote"}}}""");
        await Cluster.UntilReadyAsync(1);

        await Cluster.DeleteAsync(1);

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
    }

    [Test]
    public async Task Delete_FinalizerTakenByForce_Leaks()
    {
        await Cluster.CreateAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);
        Flux.FailUninstalls("relpr-1");
        await Cluster.DeleteAsync(1);
        await Cluster.UntilAsync(1, release => release.ConditionStatus("Ready") == "False");

        await Cluster.PatchAsync(1, """{"metadata":{"finalizers":null}}""");

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Leaked));
    }
}
