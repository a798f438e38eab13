using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Client;

/// <summary>Reads and edits resources as a person does, each call one request.</summary>
internal sealed class ResourceClient(RawKubernetes client, ListWatchFactory lists)
{
    // Not the controller's: it is a person who asks for it.
    private const string Manager = "prenv";

    /// <summary>By namespace and name.</summary>
    /// <param name="namespace">Null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableArray<PREphemeralEnvController>> ListAsync(string? @namespace, CancellationToken cancellationToken)
    {
        var page = await lists.Resources(@namespace).ListAsync(new ListOptions(""), cancellationToken);
        return
        [
            .. page.Items.OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal).ThenBy(r => r.Metadata.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The HelmReleases that bear a resource's labels, in all namespaces; null if they may not be read.</summary>
    public async Task<ImmutableArray<HelmRelease>?> ReleasesAsync(ResourceKey owner, CancellationToken cancellationToken)
    {
        try
        {
            var labels = $"{OwnerLabels.Name}={owner.Name},{OwnerLabels.Namespace}={owner.Namespace}";
            return (await lists.Releases(null, labels).ListAsync(new ListOptions(""), cancellationToken)).Items;
        }
        catch (ApiStatusException refusal) when (refusal.Status is { Code: (int)HttpStatusCode.Forbidden } or { IsNotFound: true })
        {
            return null;
        }
    }

    /// <summary>Null if there is none.</summary>
    public async Task<PREphemeralEnvController?> FindAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(ApiRequest.Get(PathOf(key)), cancellationToken);
        }
        catch (ApiStatusException missing) when (missing.Status is { IsNotFound: true, Kind: not null })
        {
            return null;
        }
    }

    /// <summary>Asks for a reconcile now.</summary>
    /// <param name="key">The resource.</param>
    /// <param name="token">A value that no earlier request had.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PREphemeralEnvController> RequestAsync(ResourceKey key, string token, CancellationToken cancellationToken) => PatchAsync(
        key,
        new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = new JsonObject { [PREphemeralEnvController.ReconcileRequestAnnotation] = token },
            },
        },
        cancellationToken);

    /// <summary>Sets <c>spec.suspend</c>.</summary>
    public Task<PREphemeralEnvController> SuspendAsync(ResourceKey key, bool suspend, CancellationToken cancellationToken) =>
        PatchAsync(key, new JsonObject { ["spec"] = new JsonObject { ["suspend"] = suspend } }, cancellationToken);

    private Task<PREphemeralEnvController> PatchAsync(ResourceKey key, JsonObject patch, CancellationToken cancellationToken) => SendAsync(
        ApiRequest.MergePatch(
            ApiResource.WithQuery(PathOf(key), ("fieldManager", Manager)),
            JsonSerializer.SerializeToUtf8Bytes(patch, ApiJson.Default.JsonNode)),
        cancellationToken);

    private async Task<PREphemeralEnvController> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await client.SendAsync(request, ResourceJson.Default.PREphemeralEnvController, cancellationToken)).Value;

    private static string PathOf(ResourceKey key) => ApiResource.Controllers.ObjectPath(key.Namespace, key.Name);
}
