using System.Text;
using k8s;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Releases;
using PrEnv.Core.Spec;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Kubernetes.Releases;

/// <summary>Definitions of HelmReleases from before and after Flux could retry, on a real API server.</summary>
[TestFixture]
[Category("Integration")]
[CancelAfter(180_000)]
internal sealed class FluxDefaultsClusterTests
{
    private const string InSandbox = "{type: object, x-kubernetes-preserve-unknown-fields: true}";

    private const string Older = "{type: object, properties: {timeout: {type: string}}}";

    private const string Newer =
        "{type: object, properties: {strategy: {type: object, required: [name], "
        + "properties: {name: {type: string, enum: [RemediateOnFailure, RetryOnFailure]}, retryInterval: {type: string}}}}}";

    private static readonly LocalControlPlaneOptions Options = new() { WithControllers = false };

    [TestCase(Older, false)]
    [TestCase(Newer, true)]
    public async Task Apply_Defaults_AreTheReleasesWhereTheDefinitionHasThem(string section, bool expected, CancellationToken ct)
    {
        if (!await LocalControlPlane.IsInstalledAsync(Options, ct))
            Assert.Ignore("there is no kube-apiserver; hack/kube-assets.sh makes one");
        await using var controlPlane = await LocalControlPlane.StartAsync(Options, ct);
        await Manifests.ApplyAsync(controlPlane.Client, await DefinitionAsync(section, ct), ct);
        using var client = new RawKubernetes(
            KubernetesClientConfiguration.BuildConfigFromConfigFile(controlPlane.KubeconfigPath), TimeProvider.System);
        var applier = new ReleaseApplier(client, TimeProvider.System);
        var spec = SpecReader.Read(World.Plain.Resource, World.Plain.Settings).Spec!;
        var desired = DesiredReleases.For(World.Plain.WishOf(World.PullRequest(22, World.A), spec), World.Noon);
        desired = desired with { Key = desired.Key with { Namespace = "default" } };

        var created = await applier.ApplyAsync(desired, uid: null, ct);
        var updated = await applier.ApplyAsync(desired, created.Object?.Metadata.Uid, ct);

        foreach (var result in (ApplyResult[])[created, updated])
        {
            Assert.That(result.Failure, Is.Null);
            var text = Encoding.UTF8.GetString(result.Object!.Spec.Json);
            Assert.That(text.Contains("RetryOnFailure", StringComparison.Ordinal), Is.EqualTo(expected));
            Assert.That(DesiredReleases.SpecDrift(desired, result.Object), Is.Empty);
        }
    }

    private static async Task<string> DefinitionAsync(string section, CancellationToken ct)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(HelmControllerDouble.DefinitionsFolder, "helmreleases.yaml"), ct);
        foreach (var action in (string[])["install", "upgrade"])
        {
            Assert.That(text, Does.Contain($" {action}: {InSandbox}"));
            text = text.Replace($" {action}: {InSandbox}", $" {action}: {section}", StringComparison.Ordinal);
        }

        return text;
    }
}
