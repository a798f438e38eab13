using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>The chart and the kustomization install the same objects: both are rendered by their own tools.</summary>
public sealed class ChartParityTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Test]
    public async Task Defaults_AreTheKustomization() => AssertSame(await Chart.RenderAsync(), await Kustomization.RenderAsync("manifests"));

    [TestCase("network-policy", "networkPolicy.enabled=true")]
    [TestCase("pod-disruption-budget", "podDisruptionBudget.enabled=true")]
    [TestCase("service-monitor", "serviceMonitor.enabled=true")]
    [TestCase("pod-monitor", "podMonitor.enabled=true")]
    [TestCase("prometheus-rule", "prometheusRule.enabled=true")]
    [TestCase("dashboard", "dashboard.enabled=true")]
    [TestCase("metrics-auth", "options.metricsAuth=true")]
    public async Task Component_IsThePartOfTheChart(string component, string value) =>
        AssertSame(await Chart.RenderAsync("--set", value), await Kustomization.RenderWithAsync(component));

    [Test]
    public async Task HighAvailability_IsABudgetAndAnotherSpread()
    {
        var values = "podDisruptionBudget.enabled=true"
            + ",topologySpreadConstraints[1].maxSkew=1"
            + ",topologySpreadConstraints[1].topologyKey=topology.kubernetes.io/zone"
            + ",topologySpreadConstraints[1].whenUnsatisfiable=ScheduleAnyway"
            + ",topologySpreadConstraints[0].maxSkew=1"
            + ",topologySpreadConstraints[0].topologyKey=kubernetes.io/hostname"
            + ",topologySpreadConstraints[0].whenUnsatisfiable=ScheduleAnyway";

        AssertSame(await Chart.RenderAsync("--set", values), await Kustomization.RenderWithAsync("high-availability"));
    }

    [TestCase("service-monitor", "serviceMonitor.enabled=true")]
    [TestCase("pod-monitor", "podMonitor.enabled=true")]
    public async Task Monitor_OfProtectedMetrics_SendsAToken(string component, string value)
    {
        var chart = await Chart.RenderAsync("--set", value + ",options.metricsAuth=true");

        AssertSame(chart, await Kustomization.RenderWithAsync(component, "metrics-auth"));
        var monitor = chart.Single(o => ((string)o["kind"]!).EndsWith("Monitor", StringComparison.Ordinal))["spec"]!;
        Assert.That(
            (string?)(monitor["endpoints"] ?? monitor["podMetricsEndpoints"])![0]!["authorization"]!["credentials"]!["name"],
            Is.EqualTo((string?)chart.Single(o => (string?)o["kind"] == "Secret")["metadata"]!["name"]));
    }

    [Test]
    public void Components_AreAllCompared() =>
        Assert.That(
            Directory.EnumerateDirectories(RepositoryRoot.Combine("manifests", "components"))
                .Select(Path.GetFileName),
            Is.EquivalentTo((string[])[
                "network-policy", "pod-disruption-budget", "service-monitor", "pod-monitor", "high-availability",
                "prometheus-rule", "dashboard", "metrics-auth"]));

    [Test]
    public async Task EnvironmentNamespaces_AreTheOverlay()
    {
        var kustomized = (await Kustomization.RenderAsync("manifests")).Concat(await Kustomization.RenderAsync("manifests/namespaces"));

        AssertSame(await Chart.RenderAsync("--set", "rbac.environmentNamespaces=true"), kustomized);
    }

    // The Deployment has the option as a flag here, and as a variable there.
    [Test]
    public async Task WatchNamespaces_GivesThePermissionsOfTheDocumentedOverlay()
    {
        var chart = await Chart.RenderAsync("--set", "options.watchNamespaces={team-a,pr-helm-releases}");
        var kustomized = await Kustomization.RenderDocumentedAsync("docs/installation.md", "overlays/confined");

        AssertSame(chart.Where(IsNoDeployment), kustomized.Where(IsNoDeployment));
    }

    [Test]
    public async Task Ingress_IsTheExample()
    {
        var chart = await Chart.RenderAsync(
            "--set", "ingress.enabled=true,ingress.className=nginx",
            "--set", "ingress.host=prenv.example.com,ingress.tlsSecretName=prenv-example-com-tls");
        var ingress = chart.Single(o => (string?)o["kind"] == "Ingress");
        var example = RepositoryFiles.Yaml("manifests/examples/webhook-ingress.yaml").Single();

        Assert.That(Text(ingress["spec"]), Is.EqualTo(Text(example["spec"])));
        Assert.That((string?)ingress["metadata"]!["name"], Is.EqualTo((string?)example["metadata"]!["name"]));
    }

    // Another release is apart from the first in everything that is cluster-wide or selects pods.
    [Test]
    public async Task OtherRelease_HasOtherNamesAndSelectors()
    {
        var first = await Chart.RenderAsync();
        var second = await Chart.RenderAsync("--set", "crds.install=false,nameOverride=other");

        Assert.That(second.Select(Key).Intersect(first.Select(Key), StringComparer.Ordinal), Is.Empty);
        Assert.That(second.Select(Key), Has.Member("Deployment prenv-system/other-controller").And.Member("ClusterRole /other-viewer"));
    }

    private static bool IsNoDeployment(JsonObject o) => (string?)o["kind"] != "Deployment";

    // Helm creates the namespace, if asked to, by itself.
    private static void AssertSame(IEnumerable<JsonObject> chart, IEnumerable<JsonObject> kustomized)
    {
        var expected = kustomized.Where(o => (string?)o["kind"] != "Namespace").ToDictionary(Key, Text, StringComparer.Ordinal);
        var actual = chart.ToDictionary(Key, o => Text(Chart.WithoutRelease(o)), StringComparer.Ordinal);

        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (key, text) in actual)
                Assert.That(text, Is.EqualTo(expected[key]), key);
        });
    }

    private static string Key(JsonObject o) => $"{o["kind"]} {o["metadata"]!["namespace"]}/{o["metadata"]!["name"]}";

    private static string Text(JsonNode? node) => Sorted(node)?.ToJsonString(Indented) ?? "";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(
            o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
