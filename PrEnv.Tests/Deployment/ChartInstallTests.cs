using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>The chart and the components on a real API server of their own, because definitions are the whole cluster's.</summary>
[Category("Integration")]
[NonParallelizable]
internal sealed class ChartInstallTests
{
    private const string Namespace = "prenv-system";
    private const string Definition = $"{PREphemeralEnvController.Plural}.{PREphemeralEnvController.Group}";

    private const string Kinds = "deployments,services,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings";

    private IControlPlane _cluster = null!;
    private string[] _flags = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var version = await Programs.GetAsync("helm", ["version", "--template", "{{.Version}}"]);
        _cluster = await ControlPlanes.StartAsync(TestContext.Progress.WriteLine);
        // An older server knows fewer fields of a definition, and refuses it by server-side apply, which Helm 4 uses.
        var server = await _cluster.Client.Version.GetCodeAsync();
        if (int.Parse(server.Minor.TrimEnd('+'), CultureInfo.InvariantCulture) < 28)
        {
            _flags = version.StartsWith("v3", StringComparison.Ordinal)
                ? ["--disable-openapi-validation"]
                : ["--disable-openapi-validation", "--server-side=false"];
        }
    }

    [SetUp]
    public async Task ResetAsync()
    {
        await HelmAsync(["uninstall", "prenv", "--ignore-not-found"], CancellationToken.None);
        await _cluster.KubectlAsync(["delete", "crd", Definition, "--ignore-not-found"], CancellationToken.None);
        await _cluster.KubectlAsync(
            ["-n", Namespace, "delete", Kinds, "-l", "app.kubernetes.io/part-of=prenv", "--ignore-not-found"], CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task Release_IsInstalledUpgradedAndUninstalled_AndTheDefinitionStays(CancellationToken cancellationToken)
    {
        var notes = await HelmAsync(["install", "prenv", Chart.Folder, "--create-namespace", .. _flags], cancellationToken);

        Assert.That(notes, Does.Contain("WARNING: image.repository is not set").And.Contain("deployment/prenv-controller"));
        Assert.That((await DeploymentAsync(cancellationToken)).Spec.Replicas, Is.EqualTo(2));
        await CustomResourceDefinitions.WaitUntilServedAsync(_cluster.Client, Definition, cancellationToken);
        await _cluster.KubectlAsync(["label", "crd", Definition, "seen=before"], cancellationToken);

        using var next = new TemporaryDirectory();
        await CopyChartAsync(next, text => text.Replace("shortNames: [", "shortNames: [later, ", StringComparison.Ordinal));
        notes = await HelmAsync(
            ["upgrade", "prenv", next.Path, "--set", "image.repository=registry.example.com/prenv,options.logLevel=debug", .. _flags],
            cancellationToken);

        var container = (await DeploymentAsync(cancellationToken)).Spec.Template.Spec.Containers.Single();
        Assert.That(notes, Does.Not.Contain("WARNING"));
        Assert.That(container.Image, Does.StartWith("registry.example.com/prenv:"));
        Assert.That(container.Args, Is.EqualTo(["run", "--log-level=debug"]));
        var definition = await DefinitionAsync(cancellationToken);
        Assert.That(definition.Spec.Names.ShortNames, Has.Member("later"), "the definition is upgraded");
        Assert.That(definition.Labels(), Does.ContainKey("seen"), "it is the same object as before");

        await HelmAsync(["uninstall", "prenv"], cancellationToken);

        // One that is deleted can still be read for a moment.
        var kept = await DefinitionAsync(cancellationToken);
        Assert.That(kept.Metadata.Uid, Is.EqualTo(definition.Metadata.Uid));
        Assert.That(kept.Metadata.DeletionTimestamp, Is.Null);
        Assert.That(
            () => DeploymentAsync(cancellationToken),
            Throws.TypeOf<HttpOperationException>().With.Property("Response").With.Property("StatusCode").EqualTo(HttpStatusCode.NotFound));
        var roles = await _cluster.KubectlAsync(
            ["get", "clusterroles", "-l", "app.kubernetes.io/part-of=prenv", "-o", "name"], cancellationToken);
        Assert.That(roles, Is.Empty);

        // What stayed belongs to the same release, and is taken back.
        await HelmAsync(["install", "prenv", Chart.Folder, .. _flags], cancellationToken);
        Assert.That((await DefinitionAsync(cancellationToken)).Spec.Names.ShortNames, Has.No.Member("later"));
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task DefinitionOfKubectl_IsLeftAlone_OrTakenOver(CancellationToken cancellationToken)
    {
        await _cluster.InstallDefinitionsAsync(RepositoryRoot.Combine("crds"), cancellationToken);

        var refused = await Programs.RunAsync(
            "helm", Arguments(["install", "prenv", Chart.Folder, "--create-namespace", .. _flags]), cancellationToken);
        Assert.That(refused.Error, Does.Contain("cannot be imported into the current release"));

        await HelmAsync(
            ["install", "prenv", Chart.Folder, "--create-namespace", "--set", "crds.install=false", .. _flags], cancellationToken);
        Assert.That((await DefinitionAsync(cancellationToken)).Labels(), Does.Not.ContainKey("helm.sh/chart"));
        await HelmAsync(["upgrade", "prenv", Chart.Folder, "--reset-values", "--take-ownership", .. _flags], cancellationToken);
        Assert.That((await DefinitionAsync(cancellationToken)).Labels(), Does.ContainKey("helm.sh/chart"));

        await HelmAsync(["upgrade", "prenv", Chart.Folder, "--set", "crds.keep=false", .. _flags], cancellationToken);
        await HelmAsync(["uninstall", "prenv"], cancellationToken);
        await GoneAsync(cancellationToken);
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task Components_AreAcceptedByTheServer(CancellationToken cancellationToken)
    {
        var rendered = await Kustomization.RenderWithAsync(
            "network-policy", "high-availability", "service-monitor", "pod-monitor");
        var served = (await _cluster.KubectlAsync(["api-versions"], cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var known = rendered.Where(o => (string?)o["kind"] is not ("CustomResourceDefinition" or "Namespace")).ToList();
        // Before 1.21 the same fields had an older name.
        if (!served.Contains("policy/v1", StringComparer.Ordinal))
            known.Single(o => (string?)o["kind"] == "PodDisruptionBudget")["apiVersion"] = "policy/v1beta1";
        var left = known.RemoveAll(o => !served.Contains((string?)o["apiVersion"], StringComparer.Ordinal));
        if (left > 0)
            await TestContext.Progress.WriteLineAsync($"{left} objects are only rendered: the server lacks the kinds of monitors.");
        await _cluster.KubectlAsync(["create", "namespace", Namespace], cancellationToken);
        using var folder = new TemporaryDirectory();
        var file = folder.Write("all.json", List(known));

        var result = await Programs.GetAsync(
            "kubectl", ["--kubeconfig", _cluster.KubeconfigPath, "apply", "--server-side", "--dry-run=server", "-f", file],
            cancellationToken);

        Assert.That(left, Is.LessThanOrEqualTo(2));
        Assert.That(result.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(known.Count));
        Assert.That(result, Does.Contain("networkpolicy").And.Contain("poddisruptionbudget"));
    }

    // As the chart's README says; the definition is apart, because not every server takes it from kubectl.
    [Test]
    [CancelAfter(180_000)]
    public async Task KustomizedInstallation_IsTakenOver(CancellationToken cancellationToken)
    {
        await _cluster.KubectlAsync(["create", "namespace", Namespace], cancellationToken);
        var rendered = (await Kustomization.RenderAsync("manifests"))
            .Where(o => (string?)o["kind"] is not ("CustomResourceDefinition" or "Namespace"));
        using var folder = new TemporaryDirectory();
        var file = folder.Write("all.json", List(rendered));
        await Programs.GetAsync("kubectl", ["--kubeconfig", _cluster.KubeconfigPath, "apply", "-f", file], cancellationToken);
        await _cluster.Client.DeleteNamespacedDeploymentAsync("prenv-controller", Namespace, cancellationToken: cancellationToken);

        await HelmAsync(
            ["install", "prenv", Chart.Folder, "--take-ownership", "--set", "crds.install=false,image.repository=example.com/prenv"],
            cancellationToken);

        Assert.That((await DeploymentAsync(cancellationToken)).Labels(), Does.ContainKey("helm.sh/chart"));
    }

    private static async Task CopyChartAsync(TemporaryDirectory target, Func<string, string> changeDefinition)
    {
        foreach (var file in Directory.EnumerateFiles(Chart.Folder, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, CancellationToken.None);
            target.Write(
                Path.GetRelativePath(Chart.Folder, file), Path.GetFileName(file) == Chart.Definition ? changeDefinition(text) : text);
        }
    }

    private static string List(IEnumerable<JsonObject> objects) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "List",
        ["items"] = new JsonArray([.. objects.Select(o => o.DeepClone())]),
    }.ToJsonString();

    private IReadOnlyList<string> Arguments(IEnumerable<string> arguments) =>
        [.. arguments, "--namespace", Namespace, "--kubeconfig", _cluster.KubeconfigPath];

    private Task<string> HelmAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Programs.GetAsync("helm", Arguments(arguments), cancellationToken);

    private Task<V1Deployment> DeploymentAsync(CancellationToken cancellationToken) =>
        _cluster.Client.ReadNamespacedDeploymentAsync("prenv-controller", Namespace, cancellationToken: cancellationToken);

    private Task<V1CustomResourceDefinition> DefinitionAsync(CancellationToken cancellationToken) =>
        _cluster.Client.ReadCustomResourceDefinitionAsync(Definition, cancellationToken: cancellationToken);

    // kubectl watches, and starts again where a watch is closed.
    private async Task GoneAsync(CancellationToken cancellationToken) =>
        await Programs.GetAsync(
            "kubectl", ["--kubeconfig", _cluster.KubeconfigPath, "wait", "--for=delete", $"crd/{Definition}", "--timeout=120s"],
            cancellationToken);
}
