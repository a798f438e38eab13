using System.Diagnostics;
using System.Globalization;
using k8s;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.EndToEnd;

/// <summary>In a pod, the controller finds the cluster by its service account, and takes part in an election.</summary>
internal sealed class PodTests : EndToEndTest
{
    // A file system of its own for the process, where those files lie that a kubelet mounts.
    private const string Mount =
        """
        set -e
        files=$1; shift
        mount -t tmpfs none /run
        mkdir -p /run/secrets/kubernetes.io/serviceaccount
        cp "$files"/* /run/secrets/kubernetes.io/serviceaccount/
        exec "$@"
        """;

    [Test]
    public async Task Start_InAPod_UsesItsServiceAccountAndElectsALeader()
    {
        if (!await MayMountAsync())
            Assert.Ignore("Left out: it needs root and unshare, to give a process the files of a pod.");
        using var folder = new TemporaryDirectory();
        var account = KubernetesClientConfiguration.BuildConfigFromConfigFile(Cluster.ControllerKubeconfig);
        folder.Write("token", account.AccessToken);
        folder.Write("namespace", EndToEndCluster.Namespace);
        folder.Write("ca.crt", string.Join('\n', account.SslCaCerts.Select(c => c.ExportCertificatePem())));
        var server = new Uri(account.Host);
        World.Environment["KUBERNETES_SERVICE_HOST"] = server.Host;
        World.Environment["KUBERNETES_SERVICE_PORT"] = server.Port.ToString(CultureInfo.InvariantCulture);
        var pullRequest = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository, new NewPullRequest { Number = 7 });

        World.StartInPod(["unshare", "--mount", "bash", "-c", Mount, "pod", folder.Path]);
        await World.ApplyAsync(World.Resource());
        await World.UntilStatusAsync(pullRequest.HeadSha, "success");

        var lease = await Cluster.Client.CoordinationV1.ReadNamespacedLeaseAsync("prenv-controller", EndToEndCluster.Namespace);
        Assert.That(lease.Spec.HolderIdentity, Is.Not.Empty);
        Assert.That(await World.ControllerLogAsync("in-cluster"), Is.Not.Empty);
        Assert.That((await World.ControllerLogAsync("Information")).Select(line => line[0]), Is.All.EqualTo('{'), "JSON is the default");
        Assert.That(await World.Controller!.StopAsync(), Is.Zero);
        lease = await Cluster.Client.CoordinationV1.ReadNamespacedLeaseAsync("prenv-controller", EndToEndCluster.Namespace);
        Assert.That(lease.Spec.HolderIdentity, Is.Empty.Or.Null, "the lease is given back");
    }

    private static async Task<bool> MayMountAsync()
    {
        try
        {
            using var tried = Process.Start(new ProcessStartInfo("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/run"])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            });
            await tried!.WaitForExitAsync();
            return tried.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
