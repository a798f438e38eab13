using PrEnv.Controller.Client;
using PrEnv.Controller.Startup;

namespace PrEnv.Tests.Client;

internal sealed class ManifestFileTests
{
    private const string Resource = """
        apiVersion: prcontroller.controllers.ephemeralenv.io/v1alpha1
        kind: PREphemeralEnvController
        metadata: {name: demo}
        spec:
          githubPRRepository: {user: octo, repo: app}
          envCreationHelmRepo: {fluxSourceRepoName: infra, values: {any: {thing: "01"}, count: 2}}
          limits: {maxEnvironments: 3}
        """;

    [Test]
    public void Read_AFileOfSeveral_TakesOursOnly()
    {
        var text = $"apiVersion: v1\nkind: Secret\nmetadata: {{name: x}}\n---\n{Resource}\n---\n{Resource}\n  suspend: true\n";

        var found = ManifestFile.Read(text, "file", "team");

        Assert.That(found.Select(r => r.Metadata.Key.ToString()), Is.EqualTo(["team/demo", "team/demo"]));
        Assert.That(found.Select(r => r.Spec.Suspend), Is.EqualTo([(bool?)null, true]));
        Assert.That(found[0].Spec.Limits!.MaxEnvironments, Is.EqualTo(3));
        Assert.That(found[0].Spec.EnvCreationHelmRepo!.Values!.Value.GetRawText(), Is.EqualTo("""{"any":{"thing":"01"},"count":2}"""));
    }

    [Test]
    public void Read_Json_IsYaml() =>
        Assert.That(
            ManifestFile.Read(
                """
                {"apiVersion":"prcontroller.controllers.ephemeralenv.io/v1alpha1","kind":"PREphemeralEnvController",
                 "metadata":{"name":"a","namespace":"b"},"spec":{}}
                """,
                "file", "team").Single().Metadata.Key.ToString(),
            Is.EqualTo("b/a"));

    [TestCase("  limit: {maxEnvironments: 3}", "spec.limit is not a field of the resource, or not of its type. Correct it.")]
    [TestCase("  pullRequests: {lables: [a]}", "spec.pullRequests.lables is not a field of the resource, or not of its type. Correct it.")]
    [TestCase("  suspend: maybe", "spec.suspend is not a field of the resource, or not of its type. Correct it.")]
    public void Read_AMisspeltField_NamesIt(string line, string expected) =>
        Assert.That(
            () => ManifestFile.Read($"{Resource}\n{line}\n", "demo.yaml", "team"),
            Throws.TypeOf<StartupException>().With.Message.EqualTo($"demo.yaml: {expected}"));

    [TestCase("", "demo.yaml has no PREphemeralEnvController in it. Name a file that has one with -f.")]
    [TestCase("just text", "demo.yaml has no PREphemeralEnvController in it. Name a file that has one with -f.")]
    public void Read_AFileWithoutAResource_SaysSo(string text, string expected) =>
        Assert.That(
            () => ManifestFile.Read(text, "demo.yaml", "team"), Throws.TypeOf<StartupException>().With.Message.EqualTo(expected));

    [TestCase("a: [")]
    [TestCase("\tx: 1")]
    [TestCase("&a [*a]")]
    public void Read_WhatIsNoYaml_IsOneSentence(string text) =>
        Assert.That(
            () => ManifestFile.Read(text, "demo.yaml", "team"), Throws.TypeOf<StartupException>().With.Message.StartsWith("demo.yaml"));
}
