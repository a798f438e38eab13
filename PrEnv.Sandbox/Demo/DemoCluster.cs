using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Sandbox.Demo;

/// <summary>What the story looks at in the cluster.</summary>
internal sealed class DemoCluster(IKubernetes client, string releaseNamespace, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public Task UntilResourceIsReadyAsync(string name, CancellationToken cancellationToken) => UntilAsync(
        async () =>
            await ReadAsync(
                PREphemeralEnvController.Group, PREphemeralEnvController.Version, "default", PREphemeralEnvController.Plural, name,
                cancellationToken)
            is { } resource
            && resource.Deserialize(ResourceJson.Default.PREphemeralEnvController)!.Status?.Condition("Ready") is { IsTrue: true },
        cancellationToken);

    /// <summary>Waits until the release installs that commit; null: until it is gone.</summary>
    public Task UntilReleaseAsync(string name, string? sha, CancellationToken cancellationToken) => UntilAsync(
        async () =>
            await ReadAsync(
                HelmRelease.Group, HelmRelease.Version, releaseNamespace, HelmRelease.Plural, name, cancellationToken) is { } release
            ? ReleaseValues.Read(release.Deserialize(ResourceJson.Default.HelmRelease)!.Spec).PrSha == sha
            : sha is null,
        cancellationToken);

    /// <summary>What the sample chart's page says; null without that namespace.</summary>
    public async Task<string?> ReadPageAsync(string @namespace, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.ReadNamespaceAsync(@namespace, cancellationToken: cancellationToken);
            var page = await client.CoreV1.ReadNamespacedConfigMapAsync("page", @namespace, cancellationToken: cancellationToken);
            return page.Data["index.html"].Trim();
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<JsonElement?> ReadAsync(
        string group, string version, string @namespace, string plural, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (JsonElement)await client.CustomObjects.GetNamespacedCustomObjectAsync(
                group, version, @namespace, plural, name, cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition())
            await Task.Delay(Glance, time, cancellationToken);
    }
}
