using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>What <c>kubectl apply -k manifests</c> installs: everything that is needed, and no right too many.</summary>
public sealed partial class ManifestTests
{
    private const string Controller = "prenv-controller";
    private const string Election = "prenv-controller-leader-election";

    private static readonly JsonObject[] Objects = [.. Kustomization.Objects("manifests")];

    private static JsonObject Pod => One("Deployment", Controller)["spec"]!["template"]!["spec"]!.AsObject();

    private static JsonObject Container => Pod["containers"]!.AsArray().Single()!.AsObject();

    private static IEnumerable<JsonObject> Rules(string role) => One("ClusterRole", role)["rules"]!.AsArray().Select(r => r!.AsObject());

    [Test]
    public void Objects_AreComplete() =>
        Assert.That(
            string.Join(' ', Objects.Select(Name).Order(StringComparer.Ordinal)),
            Is.EqualTo(
                "ClusterRole/prenv-controller ClusterRole/prenv-editor ClusterRole/prenv-viewer ClusterRoleBinding/prenv-controller "
                + $"CustomResourceDefinition/{PREphemeralEnvController.Plural}.{PREphemeralEnvController.Group} "
                + "Deployment/prenv-controller "
                + "Namespace/prenv-system Role/prenv-controller-leader-election RoleBinding/prenv-controller-leader-election "
                + "Service/prenv-controller-metrics Service/prenv-controller-page Service/prenv-controller-webhooks "
                + "ServiceAccount/prenv-controller"));

    [Test]
    public void ExampleIngress_LeadsToTheWebhookService()
    {
        var ingress = RepositoryFiles.Yaml("manifests/examples/webhook-ingress.yaml").Single();
        var path = ingress["spec"]!["rules"]!.AsArray().Single()!["http"]!["paths"]!.AsArray().Single()!;
        var backend = path["backend"]!["service"]!;
        var service = One("Service", (string)backend["name"]!);
        var port = service["spec"]!["ports"]!.AsArray().Single(p => (string?)p!["name"] == (string?)backend["port"]!["name"])!;

        Assert.That((string?)path["path"], Is.EqualTo("/webhooks/github"));
        Assert.That((string?)ingress["metadata"]!["namespace"], Is.EqualTo((string?)service["metadata"]!["namespace"]));
        Assert.That(
            Container["ports"]!.AsArray().Single(p => (string?)p!["name"] == (string?)port["targetPort"])!["containerPort"]!.GetValue<long>(
                ),
            Is.EqualTo(9292));
    }

    [Test]
    public async Task Kubectl_RendersTheSameObjectsWithTheReleasedImage()
    {
        var rendered = await Kustomization.RenderAsync("manifests");

        Assert.That(rendered.Select(Name), Is.EquivalentTo(Objects.Select(Name)));
        var image = rendered.Single(o => (string?)o["kind"] == "Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!["image"];
        var version = typeof(PREphemeralEnvController).Assembly.GetName().Version!.ToString(3);
        Assert.That((string?)image, Is.EqualTo($"{Controller}:{version}"));
    }

    // Whatever is added here has to be argued for: the controller may read tokens and has Flux install charts.
    [TestCase("prcontroller.controllers.ephemeralenv.io/prephemeralenvcontrollers", "get,list,watch,patch")]
    [TestCase("prcontroller.controllers.ephemeralenv.io/prephemeralenvcontrollers/status", "patch")]
    [TestCase("helm.toolkit.fluxcd.io/helmreleases", "get,list,watch,create,patch,delete")]
    [TestCase("source.toolkit.fluxcd.io/helmcharts", "get")]
    [TestCase("/secrets", "get")]
    [TestCase("events.k8s.io/events", "create,patch")]
    public void ControllerRole_OfAResource_HasTheseVerbsOnly(string resource, string verbs)
    {
        var granted = Rules(Controller).Where(r => Resources(r).Contains(resource, StringComparer.Ordinal))
            .SelectMany(r => Strings(r["verbs"]));

        Assert.That(string.Join(',', granted), Is.EqualTo(verbs));
    }

    [Test]
    public void ControllerRole_HasNoOtherResources() =>
        Assert.That(Rules(Controller).SelectMany(Resources).Count(), Is.EqualTo(6));

    // Apart, so that an installation without them serves everyone who does not use the field.
    [Test]
    public void NamespacesOverlay_HasTheRightsOnNamespacesAlone()
    {
        var overlay = Kustomization.Objects("manifests/namespaces").ToList();
        var rule = overlay.Single(o => (string?)o["kind"] == "ClusterRole")["rules"]!.AsArray().Single()!.AsObject();
        var binding = overlay.Single(o => (string?)o["kind"] == "ClusterRoleBinding");
        var subject = binding["subjects"]!.AsArray().Single()!;
        var account = One("ServiceAccount", Controller)["metadata"]!;

        Assert.Multiple(() =>
        {
            Assert.That(overlay, Has.Count.EqualTo(2));
            Assert.That(string.Join(',', Resources(rule)), Is.EqualTo("/namespaces"));
            Assert.That(string.Join(',', Strings(rule["verbs"])), Is.EqualTo("get,list,create,patch,delete"));
            Assert.That((string?)binding["roleRef"]!["name"], Is.EqualTo(Controller + "-namespaces"));
            Assert.That((string?)subject["name"], Is.EqualTo((string?)account["name"]));
            Assert.That((string?)subject["namespace"], Is.EqualTo((string?)account["namespace"]));
        });
    }

    [Test]
    public void NamespacedRole_HasTheRulesOfTheClusterRole()
    {
        var role = RepositoryFiles.Yaml("manifests/namespaced/role/role.yaml").Single(o => (string?)o["kind"] == "Role");

        Assert.That(role["rules"]!.ToJsonString(), Is.EqualTo(One("ClusterRole", Controller)["rules"]!.ToJsonString()));
    }

    [Test]
    public async Task Kubectl_OverlayOfTheInstallationGuide_HasRolesInTheWatchedNamespacesInsteadOfTheClusterRole()
    {
        var rendered = await Kustomization.RenderDocumentedAsync("docs/installation.md", "overlays/confined");

        var bindings = rendered.Where(o => ((string)o["kind"]!).EndsWith("Binding", StringComparison.Ordinal)).ToList();
        var environment = rendered.Single(o => (string?)o["kind"] == "Deployment")
            ["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That(
                bindings.Select(o => $"{o["metadata"]!["namespace"]}/{o["metadata"]!["name"]}").Order(StringComparer.Ordinal),
                Is.EqualTo([
                    "pr-helm-releases/prenv-controller", "prenv-system/prenv-controller-leader-election",
                    "prenv-system/prenv-controller-lease-events", "team-a/prenv-controller",
                ]));
            Assert.That(bindings.Select(o => $"{o["subjects"]![0]!["namespace"]}/{o["subjects"]![0]!["name"]}"),
                Is.All.EqualTo("prenv-system/prenv-controller"));
            Assert.That(rendered.Select(Name), Has.None.EqualTo("ClusterRole/prenv-controller"));
            Assert.That(
                (string?)environment.Single(e => (string?)e!["name"] == "PRENV_WATCH_NAMESPACES")!["value"],
                Is.EqualTo("team-a,pr-helm-releases"));
        });
    }

    [Test]
    public void ElectionRole_HasLeasesOfItsNamespaceOnly()
    {
        var role = One("Role", Election);
        var rule = role["rules"]!.AsArray().Single()!.AsObject();

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)role["metadata"]!["namespace"], Is.EqualTo((string?)One("Deployment", Controller)["metadata"]!["namespace"]));
            Assert.That(string.Join(',', Resources(rule)), Is.EqualTo("coordination.k8s.io/leases"));
            Assert.That(string.Join(',', Strings(rule["verbs"])), Is.EqualTo("get,create,update"));
        });
    }

    [TestCase(Controller)]
    [TestCase("prenv-viewer")]
    [TestCase("prenv-editor")]
    public void Roles_NeverHaveAWildcard(string role) =>
        Assert.That(
            Rules(role).SelectMany(rule => Strings(rule["apiGroups"]).Concat(Strings(rule["resources"])).Concat(Strings(rule["verbs"]))),
            Has.None.Contain("*"));

    [TestCase("prenv-viewer", "view,edit,admin")]
    [TestCase("prenv-editor", "edit,admin")]
    public void UserRoles_AreAddedToThoseOfKubernetes(string role, string roles)
    {
        const string Prefix = "rbac.authorization.k8s.io/aggregate-to-";
        var labels = One("ClusterRole", role)["metadata"]!["labels"]!.AsObject().Where(
            l => l.Key.StartsWith(Prefix, StringComparison.Ordinal));

        Assert.That(string.Join(',', labels.Select(l => l.Key[Prefix.Length..])), Is.EqualTo(roles));
        Assert.That(Rules(role).SelectMany(r => Strings(r["apiGroups"])), Is.All.EqualTo(PREphemeralEnvController.Group));
    }

    [TestCase("ClusterRole", Controller)]
    [TestCase("Role", Election)]
    public void Binding_LeadsFromThePodToTheRole(string kind, string name)
    {
        var binding = One(kind + "Binding", name);
        var subject = binding["subjects"]!.AsArray().Single()!;
        var account = One("ServiceAccount", Controller)["metadata"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)subject["name"], Is.EqualTo((string?)account["name"]));
            Assert.That((string?)subject["namespace"], Is.EqualTo((string?)account["namespace"]));
            Assert.That((string?)Pod["serviceAccountName"], Is.EqualTo((string?)account["name"]));
            Assert.That($"{binding["roleRef"]!["kind"]}/{binding["roleRef"]!["name"]}", Is.EqualTo($"{kind}/{name}"));
        });
    }

    // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
    [Test]
    public void Pod_FitsTheRestrictedProfile()
    {
        var container = Container["securityContext"]!;
        Assert.Multiple(() =>
        {
            Assert.That((bool?)Pod["securityContext"]!["runAsNonRoot"], Is.True);
            Assert.That((long?)Pod["securityContext"]!["runAsUser"], Is.GreaterThan(0));
            Assert.That((string?)Pod["securityContext"]!["seccompProfile"]!["type"], Is.EqualTo("RuntimeDefault"));
            Assert.That((bool?)container["allowPrivilegeEscalation"], Is.False);
            Assert.That((bool?)container["readOnlyRootFilesystem"], Is.True);
            Assert.That(string.Join(',', Strings(container["capabilities"]!["drop"])), Is.EqualTo("ALL"));
            Assert.That(
                (string?)One("Namespace", "prenv-system")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"],
                Is.EqualTo("restricted"));
        });
    }

    // One leads, one waits; a rollout that cannot become ready leaves both as they are.
    [Test]
    public void Deployment_HasASecondInstanceAndRollsOverWithoutAGap()
    {
        var spec = One("Deployment", Controller)["spec"]!;

        Assert.That((long?)spec["replicas"], Is.EqualTo(2));
        Assert.That((string?)spec["strategy"]!["type"], Is.EqualTo("RollingUpdate"));
        Assert.That((long?)spec["strategy"]!["rollingUpdate"]!["maxUnavailable"], Is.EqualTo(0));
        Assert.That((string?)Container["args"]!.ToJsonString(), Is.EqualTo("""["run"]"""), "in a cluster, the election is on by itself");
    }

    [Test]
    public void Ports_OfProbesAndService_AreThoseOfTheContainer()
    {
        var ports = Container["ports"]!.AsArray().ToDictionary(
            p => (string)p!["name"]!, p => (long)p!["containerPort"]!, StringComparer.Ordinal);

        Assert.Multiple(() =>
        {
            Assert.That(ports["metrics"], Is.EqualTo(8080));
            Assert.That(ports["health"], Is.EqualTo(8081));
            Assert.That(ports["webhooks"], Is.EqualTo(9292));
            Assert.That(ports["page"], Is.EqualTo(8082));
            Assert.That((string?)Container["livenessProbe"]!["httpGet"]!["path"], Is.EqualTo("/healthz"));
            Assert.That((string?)Container["readinessProbe"]!["httpGet"]!["path"], Is.EqualTo("/readyz"));
            foreach (var probe in (string[])["startupProbe", "livenessProbe", "readinessProbe"])
                Assert.That((string?)Container[probe]!["httpGet"]!["port"], Is.EqualTo("health"), probe);
            Assert.That((string?)One("Service", "prenv-controller-metrics")["spec"]!["ports"]![0]!["targetPort"], Is.EqualTo("metrics"));
        });
    }

    // The highest figure of the flood, with other work on the machine: a peak at the limit would end the process.
    [Test]
    public void MemoryLimit_LeavesRoomAboveTheHighestMeasurement()
    {
        var measured = RepositoryFiles.Text("docs/benchmarks.md").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains("resident memory", StringComparison.Ordinal))
            .SelectMany(line => Mebibytes().Matches(line))
            .Select(m => int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture));
        var limit = int.Parse(((string)Container["resources"]!["limits"]!["memory"]!).Replace("Mi", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);

        Assert.That(limit, Is.AtLeast(1.5 * measured.Max()));
    }

    private static IEnumerable<string> Resources(JsonObject rule) =>
        Strings(rule["apiGroups"]).SelectMany(group => Strings(rule["resources"]).Select(resource => $"{group}/{resource}"));

    private static JsonObject One(string kind, string name) => Objects.Single(o => Name(o) == $"{kind}/{name}");

    private static string Name(JsonObject o) => $"{o["kind"]}/{o["metadata"]!["name"]}";

    private static IEnumerable<string> Strings(JsonNode? list) => list!.AsArray().Select(n => (string)n!);

    [GeneratedRegex("(?<n>[0-9]+) MiB", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mebibytes();
}
