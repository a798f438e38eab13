using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Deployment;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Samples;

/// <summary>Each sample from the pull request to the objects in the cluster: PrEnv plans it, and Helm renders what it plans.</summary>
public sealed class SamplePlanTests
{
    private const string Azure = "samples/azure/resource.yaml";
    private const string Ingress = "samples/ingress/resource.yaml";
    private const string Database = "samples/database/resource.yaml";
    private const string Checks = "samples/checks/resource.yaml";

    private const string Sleep = "samples/sleep/resource.yaml";

    private static readonly string[] Files = [Azure, Ingress, Database, Checks, Sleep];

    [Test]
    public void Resources_AreAllHere() => Assert.That(
        Directory.EnumerateFiles(RepositoryRoot.Combine("samples"), "resource.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)),
        Is.EquivalentTo(Files));

    // A host that differs between health check and chart would leave an environment pending for ever.
    [TestCase(Ingress)]
    [TestCase(Database)]
    [TestCase(Checks)]
    [TestCase(Sleep)]
    public async Task WebEnvironment_OfAPullRequest_HasTheHostThatIsAsked(string file)
    {
        var rendered = await RenderAsync(file);
        var ingress = Single(rendered, "Ingress");
        var host = new Uri(HealthUrl(file)).Host;

        Assert.That((string?)ingress["spec"]!["rules"]![0]!["host"], Is.EqualTo(host).And.EqualTo("pr-22.preview.example.com"));
        Assert.That(rendered.Select(o => (string?)o["metadata"]!["namespace"]), Is.All.Null, "the namespace is the release's");
    }

    [Test]
    public async Task Database_IsOnlyThereIfItIsAskedFor_AndTheApplicationKnowsIt()
    {
        var with = await RenderAsync(Database);
        var without = await RenderAsync(Ingress);
        var container = Single(with, "Deployment", "app")["spec"]!["template"]!["spec"]!["containers"]![0]!;

        Assert.That(with.Select(Name), Is.SupersetOf(["Deployment/database", "Secret/database", "Service/database"]));
        Assert.That(without.Select(Name), Is.EquivalentTo((string[])["Deployment/app", "Ingress/app", "Service/app"]));
        Assert.That(
            container["env"]!.AsArray().Select(e => (string?)e!["name"]), Is.EqualTo((string[])["DATABASE_PASSWORD", "DATABASE_URL"]));
    }

    [Test]
    public async Task Checks_CommitWaitsForItsImage_AndIsInstalledWithIt()
    {
        var workflow = RepositoryFiles.Yaml("samples/checks/build-image.yaml").Single();
        var waiting = WorldOf(Checks).Open(22).Checked(World.A, ("build-image", CheckState.Running)).Plan();
        var container = Single(await RenderAsync(Checks), "Deployment")["spec"]!["template"]!["spec"]!["containers"]![0]!;

        Assert.That(workflow["jobs"]!.AsObject().Select(job => job.Key), Is.EqualTo((string[])["build-image"]));
        Assert.That(
            (string?)workflow["jobs"]!["build-image"]!["env"]!["IMAGE"],
            Is.EqualTo("ghcr.io/${{ github.repository }}:${{ github.event.pull_request.head.sha }}"));
        Assert.That((waiting.Environments[0].Phase, waiting.Environments[0].Actions.Length), Is.EqualTo(("Queued", 0)));
        Assert.That((string?)container["image"], Is.EqualTo($"ghcr.io/octo-org/shop:{World.A}"));
    }

    [Test]
    public async Task Sleep_EnvironmentThatSleeps_KeepsItsObjectsAndHasNoPods()
    {
        var awake = await RenderAsync(Sleep);
        var spec = JsonNode.Parse(Planned(Sleep).Desired.Spec.Json)!;
        spec["values"] = JsonNode.Parse(WorldOf(Sleep).Open(22).Asleep(22).Releases.Single().Spec!.Json)!["values"]!.DeepClone();
        var asleep = await RenderAsync(spec);

        Assert.That(asleep.Select(Name), Is.EqualTo(awake.Select(Name)));
        Assert.That(Replicas(awake), Is.EqualTo((long[])[1, 1]));
        Assert.That(Replicas(asleep), Is.EqualTo((long[])[0, 0]));

        static IEnumerable<long?> Replicas(IEnumerable<JsonObject> rendered) =>
            rendered.Where(o => (string?)o["kind"] == "Deployment").Select(o => (long?)o["spec"]!["replicas"]);
    }

    [Test]
    public async Task Azure_Database_AdmitsNobodyUnlessTheResourceSaysSo()
    {
        var spec = JsonNode.Parse(Planned(Azure).Desired.Spec.Json)!;
        spec["values"]!.AsObject().Remove("postgres");

        Assert.That((await RenderAsync(spec)).Select(o => (string?)o["kind"]), Has.None.EqualTo("FlexibleServersFirewallRule"));
    }

    [Test]
    public async Task Azure_EveryObject_IsValidBeforeItsSchema()
    {
        var rendered = await RenderAsync(Azure);
        var azure = rendered.Where(o => ((string)o["apiVersion"]!).Contains(".azure.com/", StringComparison.Ordinal)).ToList();

        Assert.That(azure.Select(Name), Is.EquivalentTo((string[])[
            "ResourceGroup/rgpr22", "ManagedCluster/akspr22", "FlexibleServer/pgpr22", "FlexibleServersDatabase/pgpr22-app",
            "FlexibleServersFirewallRule/pgpr22-azure"]));
        Assert.That(await ProblemsAsync(azure), Is.Empty);
        // Were it accepted, nothing would have been checked.
        Single(azure, "ManagedCluster")["spec"]!["agentPoolProfiles"]![0]!["count"] = "one";
        Assert.That(await ProblemsAsync(azure), Is.Not.Empty);
    }

    [Test]
    public async Task Azure_Parts_FindEachOther()
    {
        var rendered = await RenderAsync(Azure);
        var cluster = Single(rendered, "ManagedCluster");
        var server = Single(rendered, "FlexibleServer");
        var application = Single(rendered, "HelmRelease")["spec"]!;
        var host = (JsonObject)server["spec"]!["operatorSpec"]!["configMaps"]!["fullyQualifiedDomainName"]!;
        var label = (string?)application["values"]!["service"]!["annotations"]!["service.beta.kubernetes.io/azure-dns-label-name"];

        Assert.Multiple(() =>
        {
            Assert.That(
                cluster["spec"]!["operatorSpec"]!["secrets"]!["adminCredentials"]!.ToJsonString(),
                Is.EqualTo(application["kubeConfig"]!["secretRef"]!.ToJsonString()));
            Assert.That(
                application["valuesFrom"]!.AsArray().Select(v => $"{v!["kind"]}/{v["name"]} {v["valuesKey"]}"),
                Is.EqualTo((string[])[$"ConfigMap/{host["name"]} {host["key"]}", "Secret/pgpr22-admin password"]));
            Assert.That((string?)server["spec"]!["administratorLoginPassword"]!["name"], Is.EqualTo("pgpr22-admin"));
            Assert.That((string?)application["values"]!["image"]!["tag"], Is.EqualTo("pull-" + World.A));
            Assert.That((string?)Single(rendered, "GitRepository")["spec"]!["ref"]!["commit"], Is.EqualTo(World.A));
            Assert.That((string?)Single(rendered, "GitRepository")["spec"]!["url"], Is.EqualTo("https://github.com/octo-org/shop"));
            Assert.That(new Uri(HealthUrl(Azure)).Host, Is.EqualTo($"{label}.eastus.cloudapp.azure.com"));
            Assert.That(rendered.Select(o => (string?)o["metadata"]!["namespace"]), Is.All.EqualTo("azure-pr-22"));
        });
    }

    // Four outer releases that wait would keep helm-controller from the inner ones; what is deleted takes longer than five minutes.
    [Test]
    public void Azure_OuterRelease_DoesNotWait_AndHasTimeToBeDeleted()
    {
        var spec = JsonNode.Parse(Planned(Azure).Desired.Spec.Json)!;

        Assert.That((bool?)spec["install"]!["disableWait"], Is.True);
        Assert.That((bool?)spec["upgrade"]!["disableWait"], Is.True);
        Assert.That((string?)spec["uninstall"]!["timeout"], Is.EqualTo("30m"));
        Assert.That((string?)spec["targetNamespace"], Is.EqualTo("azure-pr-22"));
    }

    private static World WorldOf(string file)
    {
        var read = RepositoryFiles.Yaml(file).Single().Deserialize(ResourceJson.Default.PREphemeralEnvController)!;
        return World.Plain with { Resource = World.Plain.Resource with { Metadata = Named(read), Spec = read.Spec } };
    }

    private static ObjectMeta Named(PREphemeralEnvController read) =>
        World.Plain.Resource.Metadata with { Name = read.Metadata.Name, Namespace = read.Metadata.Namespace };

    private static PlannedAction.Apply Planned(string file)
    {
        var plan = WorldOf(file).Labelled(22, "preview").Checked(World.A, ("build-image", CheckState.Passed)).Plan();
        Assert.That(plan.Overall.Ready, Is.EqualTo("True"), plan.Overall.Message);
        Assert.That(plan.Actions.OfType<PlannedAction.CreateNamespace>().Count(), Is.EqualTo(1));
        return plan.Actions.OfType<PlannedAction.Apply>().Single();
    }

    private static string HealthUrl(string file) =>
        WorldOf(file).Resource.Spec.EnvHealthCheckUrlTemplate!.Replace("<<PR_NUMBER>>", "22", StringComparison.Ordinal);

    private static Task<IReadOnlyList<JsonObject>> RenderAsync(string file) =>
        RenderAsync(JsonNode.Parse(Planned(file).Desired.Spec.Json)!);

    private static async Task<IReadOnlyList<JsonObject>> RenderAsync(JsonNode spec)
    {
        using var folder = new TemporaryDirectory();
        var values = folder.Write("values.json", spec["values"]!.ToJsonString());
        var chart = RepositoryRoot.Combine("samples", (string)spec["chart"]!["spec"]!["chart"]!);
        var output = await Programs.GetAsync(
            "helm", ["template", "relpr-22", chart, "--namespace", (string)spec["targetNamespace"]!, "--values", values]);
        return [.. YamlDocuments.Parse(output)];
    }

    // Helm itself checks values by a schema: the objects are the values of a chart whose schema is that of their kinds.
    private static async Task<string> ProblemsAsync(IEnumerable<JsonObject> objects)
    {
        var (values, properties) = (new JsonObject(), new JsonObject());
        foreach (var o in objects)
        {
            var name = $"{o["kind"]}_{((string)o["apiVersion"]!).Split('/')[1]}".ToLowerInvariant();
            values[name] = o.DeepClone();
            properties[name] = JsonNode.Parse(RepositoryFiles.Text($"PrEnv.Tests/Samples/Azure/{name}.json"));
        }

        using var folder = new TemporaryDirectory();
        folder.Write("Chart.yaml", "{apiVersion: v2, name: schemas, version: 0.0.0}");
        folder.Write("values.schema.json", new JsonObject { ["type"] = "object", ["properties"] = properties }.ToJsonString());
        folder.Write("templates/none.yaml", "");
        var file = folder.Write("objects.json", values.ToJsonString());
        var result = await Programs.RunAsync("helm", ["template", folder.Path, "--values", file]);
        return result.ExitCode == 0 ? "" : result.Error;
    }

    private static JsonObject Single(IEnumerable<JsonObject> rendered, string kind, string? name = null) =>
        rendered.Single(o => (string?)o["kind"] == kind && (name is null || (string?)o["metadata"]!["name"] == name));

    private static string Name(JsonObject o) => $"{o["kind"]}/{o["metadata"]!["name"]}";
}
