using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Sandbox.Flux;
using PrEnv.Tests.Cluster;
using PrEnv.Tests.Deployment;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>The double of helm-controller with real Helm: what it says is what is on the API server.</summary>
[Category("Integration")]
[CancelAfter(180_000)]
internal sealed class RealHelmTests
{
    private const string Template = """
        {{- if eq .Values.prSHA "unrendered" }}{{ fail "there is no page" }}{{ end }}
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: page
          namespace: {{ .Release.Namespace }}
        data:
          # The API server refuses a key with a blank.
          {{ eq .Values.prSHA "refused" | ternary "no key" "sha" }}: {{ .Values.prSHA }}
        """;

    private const string Spec = """
        {
          "chart": {"spec": {"chart": "page", "version": "0.1.0", "sourceRef": {"kind": "GitRepository", "name": "infra"}}},
          "install": {"remediation": {"remediateLastFailure": true}},
          "upgrade": {"remediation": {"remediateLastFailure": true}}
        }
        """;

    private TemporaryDirectory _charts = null!;
    private IHelm _helm = null!;
    private FluxCluster? _cluster;

    private FluxCluster Cluster => _cluster!;

    [SetUp]
    public async Task StartAsync()
    {
        Programs.Need("helm");
        var shared = await TestCluster.GetAsync();
        _charts = new TemporaryDirectory();
        _charts.Write("page/Chart.yaml", "apiVersion: v2\nname: page\nversion: 0.1.0\n");
        _charts.Write("page/templates/page.yaml", Template);
        _helm = await RealHelm.FindAsync(shared.KubeconfigPath, _charts.Path, shared.HasControllers, CancellationToken.None);
        _cluster = await FluxCluster.StartAsync(FluxCluster.Hasty with { Helm = _helm });
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _cluster = null;
        _charts?.Dispose();
    }

    [Test]
    public async Task Release_FromInstallToUninstall_IsOnTheServer()
    {
        await Cluster.CreateAsync(1, "aaa", Spec);
        await Cluster.UntilReadyAsync(1);
        Assert.That(await PageAsync(), Is.EqualTo("aaa"));

        await Cluster.PushAsync(1, "bbb");
        await Cluster.UntilAsync(1, release => release.IsReady && release.PrSha == "bbb");
        Assert.That(await PageAsync(), Is.EqualTo("bbb"));
        Assert.That(await StoredAsync(), Is.EqualTo((string[])["relpr-1.v1", "relpr-1.v2"]));

        await Cluster.DeleteAsync(1);
        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Uninstalled));
        Assert.That(await PageAsync(), Is.Null);
        Assert.That(await StoredAsync(), Is.Empty);
    }

    [Test]
    public async Task Chart_ThatCannotBeRendered_IsTriedAgainAndStoresNothing()
    {
        await Cluster.CreateAsync(1, "unrendered", Spec);

        var failed = await Cluster.UntilAsync(1, release => release.ConditionReason("Ready") == "InstallFailed");
        Assert.That(
            HelmReleaseObject.Text(failed.Condition("Ready")!["message"]),
            Does.StartWith($"Helm install failed for release {Cluster.Namespace}/relpr-1 with chart page@0.1.0: ")
                .And.Contain("page/templates/page.yaml").And.EndsWith("there is no page"));
        Assert.That(failed.Status["history"], Is.Null);
        Assert.That(failed.ConditionStatus("Stalled"), Is.Null, "Flux does not give up");
        await Cluster.UntilAsync(1, release => release.StatusNumber("failures") >= 2);

        await Cluster.PushAsync(1, "aaa");
        await Cluster.UntilReadyAsync(1);
        Assert.That(await PageAsync(), Is.EqualTo("aaa"));
    }

    [Test]
    public async Task Install_ThatTheServerRefuses_IsUninstalled()
    {
        await Cluster.CreateAsync(1, "refused", Spec);

        var failed = await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");
        Assert.That(HelmReleaseObject.Text(failed.Condition("Released")!["message"]), Does.Contain("Invalid value: \"no key\""));
        Assert.That(failed.ConditionReason("Remediated"), Is.EqualTo("UninstallSucceeded"));
        Assert.That(await StoredAsync(), Is.Empty);
    }

    [Test]
    public async Task Upgrade_ThatTheServerRefuses_IsRolledBack()
    {
        await Cluster.CreateAsync(1, "aaa", Spec);
        await Cluster.UntilReadyAsync(1);
        await Cluster.PushAsync(1, "refused");

        var failed = await Cluster.UntilAsync(1, release => release.ConditionStatus("Stalled") == "True");
        Assert.That(failed.ConditionReason("Remediated"), Is.EqualTo("RollbackSucceeded"));
        Assert.That(await PageAsync(), Is.EqualTo("aaa"));
        Assert.That(await StoredAsync(), Is.EqualTo((string[])["relpr-1.v1", "relpr-1.v2", "relpr-1.v3"]));
    }

    [Test]
    public async Task Chart_ThatIsNotThere_ShowsInItsHelmChart()
    {
        await Cluster.CreateAsync(1, "aaa", Spec.Replace("\"page\"", "\"../page\"", StringComparison.Ordinal));

        var chart = await Cluster.UntilChartAsync(1, "InvalidChartReference");
        Assert.That(chart.ToJsonString(), Does.Contain("is not in " + _charts.Path));
        Assert.That(await StoredAsync(), Is.Empty);
    }

    [Test]
    public async Task Account_WithoutTheRight_IsRefusedByTheServer()
    {
        await Cluster.CreateAccountAsync("deployer", withRights: true);
        var elsewhere = await (await TestCluster.GetAsync()).CreateNamespaceAsync("elsewhere");
        var template = Path.Combine(_charts.Path, "page", "templates", "page.yaml");
        await File.WriteAllTextAsync(template, Template.Replace("{{ .Release.Namespace }}", elsewhere, StringComparison.Ordinal));

        await Cluster.CreateAsync(
            1, "aaa", Spec.Replace("\"install\"", "\"serviceAccountName\": \"deployer\", \"install\"", StringComparison.Ordinal));

        var failed = await Cluster.UntilAsync(1, release => release.ConditionReason("Released") == "InstallFailed");
        Assert.That(
            HelmReleaseObject.Text(failed.Condition("Released")!["message"]),
            Does.Contain($"User \"system:serviceaccount:{Cluster.Namespace}:deployer\" cannot").And.Contain(elsewhere));
    }

    [Test]
    public async Task Restart_OfTheDouble_StillUninstallsWhatIsThere()
    {
        await Cluster.CreateAsync(1, "aaa", Spec);
        await Cluster.UntilReadyAsync(1);
        await Cluster.RestartFluxAsync();

        await Cluster.DeleteAsync(1);

        Assert.That(await Cluster.UntilGoneAsync(1), Is.EqualTo(TeardownOutcome.Uninstalled));
        Assert.That(await PageAsync(), Is.Null);
    }

    [Test]
    public async Task Helm_ThatIsNowhere_IsPretended()
    {
        var helm = await RealHelm.FindAsync(null, _charts.Path, waits: true, CancellationToken.None, [_charts.Path]);

        Assert.That(helm, Is.TypeOf<PretendedHelm>());
        Assert.That(helm.Description, Does.StartWith("Environments are not really installed: this machine has no Helm"));
        Assert.That(_helm.Description, Does.StartWith("Environments are really installed").And.Contain("(v"));
    }

    /// <summary>What the chart has made; null when it is gone.</summary>
    private async Task<string?> PageAsync()
    {
        try
        {
            return (await Cluster.Client.CoreV1.ReadNamespacedConfigMapAsync("page", Cluster.Namespace)).Data["sha"];
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Helm's own record of its revisions.</summary>
    private async Task<IEnumerable<string>> StoredAsync() =>
        (await Cluster.Client.CoreV1.ListNamespacedSecretAsync(Cluster.Namespace, labelSelector: "owner=helm"))
            .Items.Select(secret => secret.Name().Replace("sh.helm.release.v1.", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
