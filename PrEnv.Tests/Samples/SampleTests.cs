using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Samples;

/// <summary>What people copy has to work. Whether an API server takes the resources is tried in CrdValidationTests.</summary>
public sealed class SampleTests
{
    private const string Chart = "samples/charts/ephemeral-env";

    [TestCase("samples/with-healthcheck.yaml", "pr-eph-env-ctrlr-1")]
    [TestCase("samples/without-healthcheck.yaml", "prcontroller-sample")]
    public void Resources_NeedExactlyThePrerequisites(string file, string name)
    {
        var resource = RepositoryFiles.Yaml(file).Single();
        var needed = RepositoryFiles.Yaml("samples/prerequisites.yaml");
        var (token, helm) = (resource["spec"]!["githubPRRepository"]!["tokenSecretRef"]!, resource["spec"]!["envCreationHelmRepo"]!);

        Assert.Multiple(() =>
        {
            Assert.That((string?)resource["kind"], Is.EqualTo(PREphemeralEnvController.Kind));
            Assert.That((string?)resource["metadata"]!["name"], Is.EqualTo(name));
            Assert.That(Metadata(needed, "Namespace", "name"), Is.EqualTo((string?)helm["destinationNamespace"]));
            Assert.That(Metadata(needed, "GitRepository", "name"), Is.EqualTo((string?)helm["fluxSourceRepoName"]));
            Assert.That(Metadata(needed, "GitRepository", "namespace"), Is.EqualTo(SpecDefaults.FluxSourceNamespace));
            Assert.That(Metadata(needed, "Secret", "name"), Is.EqualTo((string?)token["name"]));
            Assert.That(Metadata(needed, "Secret", "namespace"), Is.EqualTo((string?)token["namespace"]));
            Assert.That(needed.Single(o => (string?)o["kind"] == "Secret")["stringData"]!.AsObject().ContainsKey((string)token["key"]!));
        });
    }

    [Test]
    public void WithHealthCheck_IsThePredecessorsManifestWordForWord()
    {
        var readme = Path.Combine(RepositoryRoot.Path, "..", "shared", "design", "predecessor-readme.md");
        if (!File.Exists(readme))
        {
            TestContext.Progress.WriteLine("The sample is not compared: the predecessor's README is missing.");
            Assert.Ignore("The predecessor's README is missing.");
        }

        var printed = File.ReadLines(readme)
            .Select(line => line.TrimEnd())
            .SkipWhile(line => !line.StartsWith("apiVersion: prcontroller", StringComparison.Ordinal))
            .TakeWhile(line => line.Trim() != "```");
        Assert.That(File.ReadLines(RepositoryRoot.Combine("samples/with-healthcheck.yaml")), Is.EqualTo(printed));
    }

    [Test]
    public void WithoutHealthCheck_DiffersInNameAndHealthCheckOnly()
    {
        var with = RepositoryFiles.Yaml("samples/with-healthcheck.yaml").Single();
        with["metadata"]!["name"] = "prcontroller-sample";
        with["spec"]!.AsObject().Remove("envHealthCheckURLTemplate");

        Assert.That(RepositoryFiles.Yaml("samples/without-healthcheck.yaml").Single().ToJsonString(), Is.EqualTo(with.ToJsonString()));
    }

    [Test]
    public void Quickstart_Resource_IsValid_AndItsChartIsHere()
    {
        var text = RepositoryFiles.Text("docs/quickstart.md").Split("<<'END'\n")[1].Split("\nEND")[0];
        var resource = YamlDocuments.Parse(text).Single();
        var reading = SpecReader.Read(resource.Deserialize(ResourceJson.Default.PREphemeralEnvController)!, new ControllerSettings());

        Assert.That(reading.Spec, Is.Not.Null);
        Assert.That((string?)resource["spec"]!["envCreationHelmRepo"]!["helmChartPath"], Is.EqualTo(Chart));
    }

    [Test]
    public void Chart_UsesBothValuesAndHasDefaultsForThem()
    {
        var values = RepositoryFiles.Yaml($"{Chart}/values.yaml").Single();
        var templates = string.Join('\n', Directory.EnumerateFiles(RepositoryRoot.Combine($"{Chart}/templates")).Select(File.ReadAllText));

        foreach (var name in (string[])["prNumber", "prSHA"])
        {
            Assert.That(values.ContainsKey(name), name);
            Assert.That(templates, Does.Contain($".Values.{name}"));
        }
    }

    [Test]
    public void Chart_IsTheVersionThatTheResourcesAskFor() =>
        Assert.That((string?)RepositoryFiles.Yaml($"{Chart}/Chart.yaml").Single()["version"], Is.EqualTo(SpecDefaults.ChartVersion));

    private static string? Metadata(IReadOnlyList<JsonObject> objects, string kind, string name) =>
        (string?)objects.Single(o => (string?)o["kind"] == kind)["metadata"]![name];
}
