using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Cluster;

[TestFixture]
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class ClusterFixtureTests
{
    private IClusterFixture _cluster = null!;

    [OneTimeSetUp]
    public async Task StartClusterAsync() => _cluster = await TestCluster.GetAsync();

    [TestCase("helmreleases.helm.toolkit.fluxcd.io")]
    [TestCase("gitrepositories.source.toolkit.fluxcd.io")]
    public async Task InstallCrds_FluxDefinition_IsEstablishedWithStatusSubresource(string name, CancellationToken ct)
    {
        IgnoreUnlessDefinitionsAreVisible();
        var definition = await _cluster.Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(name, cancellationToken: ct);

        Assert.That(
            definition.Status?.Conditions,
            Has.Some.Matches<V1CustomResourceDefinitionCondition>(c => c is { Type: "Established", Status: "True" }));
        Assert.That(
            definition.Spec.Versions,
            Has.Some.Matches<V1CustomResourceDefinitionVersion>(v => v is { Storage: true, Subresources.Status: not null }));
    }

    [Test]
    public async Task InstallCrds_Repeated_ChangesNothing(CancellationToken ct)
    {
        IgnoreUnlessDefinitionsAreVisible();
        const string Name = "helmreleases.helm.toolkit.fluxcd.io";
        var before = await _cluster.Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(Name, cancellationToken: ct);

        await _cluster.InstallCrdsAsync(ct);

        var after = await _cluster.Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(Name, cancellationToken: ct);
        Assert.That(after.Metadata.Generation, Is.EqualTo(before.Metadata.Generation));
    }

    [Test]
    public async Task Apply_HelmRelease_IsSeenByWatchWithDefaultsAndValues(CancellationToken ct)
    {
        var ns = await _cluster.CreateNamespaceAsync(cancellationToken: ct);
        await _cluster.ApplyAsync(Release(ns), ct);

        // A watch without a version begins with the present state.
        await using var watch = _cluster.Client.CustomObjects
            .WatchListNamespacedCustomObjectAsync(HelmRelease.Group, HelmRelease.Version, ns, HelmRelease.Plural, cancellationToken: ct)
            .GetAsyncEnumerator(ct);
        Assert.That(await watch.MoveNextAsync(), Is.True);
        var release = (JsonElement)watch.Current.Item2;
        Assert.Multiple(() =>
        {
            Assert.That(watch.Current.Item1, Is.EqualTo(WatchEventType.Added));
            Assert.That(release.GetProperty("spec").GetProperty("values").GetProperty("prNumber").GetInt32(), Is.EqualTo(22));
            Assert.That(release.GetProperty("spec").GetProperty("values").GetProperty("prSHA").GetString(), Is.EqualTo("0123"));
            Assert.That(release.GetProperty("status").GetProperty("observedGeneration").GetInt32(), Is.EqualTo(-1));
        });
    }

    [Test]
    public void Apply_ObjectThatBreaksTheSchema_SaysWhich()
    {
        var invalid = Release("default").Replace("5m", "five", StringComparison.Ordinal);

        Assert.That(
            async () => await _cluster.ApplyAsync(invalid),
            Throws.InvalidOperationException.With.Message.Contains("helmreleases/relpr-22").And.Message.Contains("spec.interval"));
    }

    [Test]
    [Category("Modern")]
    public async Task Apply_ReleaseWithoutChart_IsRefusedWhereCelIsEvaluated(CancellationToken ct)
    {
        if (!_cluster.EvaluatesCel)
            Assert.Ignore($"{_cluster.Name} evaluates no CEL rules.");

        var ns = await _cluster.CreateNamespaceAsync(cancellationToken: ct);
        var withoutChart = $$"""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: relpr-22, namespace: {{ns}}}
            spec: {interval: 5m}
            """;
        Assert.That(
            async () => await _cluster.ApplyAsync(withoutChart, ct), Throws.InvalidOperationException.With.Message.Contains("chartRef"));
    }

    [Test]
    public async Task DeleteNamespace_WithContent_RemovesBoth(CancellationToken ct)
    {
        if (!_cluster.HasControllers)
            Assert.Ignore($"{_cluster.Name} runs no kube-controller-manager.");

        var ns = await _cluster.CreateNamespaceAsync(cancellationToken: ct);
        await _cluster.ApplyAsync(Release(ns), ct);

        await _cluster.Client.CoreV1.DeleteNamespaceAsync(ns, cancellationToken: ct);

        await Deletions.UntilGoneAsync(() => _cluster.Client.CoreV1.ReadNamespaceAsync(ns, cancellationToken: ct), ct);
        var left = (JsonElement)await _cluster.Client.CustomObjects.ListNamespacedCustomObjectAsync(
            HelmRelease.Group, HelmRelease.Version, ns, HelmRelease.Plural, cancellationToken: ct);
        Assert.That(left.GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task ServiceAccountKubeconfig_WithARole_HasItsRightsAndNoOthers(CancellationToken ct)
    {
        var ns = await _cluster.CreateNamespaceAsync(cancellationToken: ct);
        var path = await _cluster.CreateServiceAccountKubeconfigAsync(ns, "reader", ct);
        await _cluster.ApplyAsync(ReaderRole(ns), ct);
        using var reader = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));

        var granted = await StatusOfAsync(() => reader.CoreV1.ListNamespacedConfigMapAsync(ns, cancellationToken: ct));
        var otherKind = await StatusOfAsync(() => reader.CoreV1.ListNamespacedSecretAsync(ns, cancellationToken: ct));
        var otherNamespace = await StatusOfAsync(() => reader.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: ct));

        Assert.Multiple(() =>
        {
            Assert.That(granted, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(otherKind, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(otherNamespace, Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    [NonParallelizable]
    public async Task StopAndStartApiServer_KeepsTheData(CancellationToken ct)
    {
        if (!_cluster.CanRestartApiServer)
            Assert.Ignore($"The API server of {_cluster.Name} cannot be restarted.");

        var ns = await _cluster.CreateNamespaceAsync(cancellationToken: ct);
        var written = await _cluster.Client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "kept" } }, ns, cancellationToken: ct);

        await _cluster.StopApiServerAsync(ct);
        Assert.That(
            async () => await _cluster.Client.CoreV1.ReadNamespacedConfigMapAsync("kept", ns, cancellationToken: ct),
            Throws.InstanceOf<HttpRequestException>());

        await _cluster.StartApiServerAsync(ct);
        var read = await _cluster.Client.CoreV1.ReadNamespacedConfigMapAsync("kept", ns, cancellationToken: ct);
        Assert.That(read.Metadata.Uid, Is.EqualTo(written.Metadata.Uid));
    }

    private void IgnoreUnlessDefinitionsAreVisible()
    {
        if (_cluster.HasCrdServer)
            Assert.Ignore($"{_cluster.Name}: the definitions are on another server.");
    }

    private static async Task<HttpStatusCode> StatusOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return HttpStatusCode.OK;
        }
        catch (HttpOperationException e)
        {
            return e.Response.StatusCode;
        }
    }

    private static string Release(string ns) => $$"""
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: relpr-22, namespace: {{ns}}}
        spec:
          interval: 5m
          chart:
            spec:
              chart: charts/app
              sourceRef: {kind: GitRepository, name: app, namespace: flux-system}
          values: {prNumber: 22, prSHA: "0123"}
        """;

    private static string ReaderRole(string ns) => $$"""
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader, namespace: {{ns}}}
        rules:
        - {apiGroups: [""], resources: [configmaps], verbs: [list]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader, namespace: {{ns}}}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects:
        - {kind: ServiceAccount, name: reader, namespace: {{ns}}}
        """;
}
