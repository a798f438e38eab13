using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Resources;

/// <summary>Writes finalizer, annotations and status of the custom resource. Thread-safe.</summary>
internal sealed class ResourceWriter(RawKubernetes client) : IResourceWriter
{
    public async Task<PREphemeralEnvController?> SetFinalizerAsync(
        PREphemeralEnvController resource, bool present, CancellationToken cancellationToken)
    {
        string[] others = [.. (resource.Metadata.Finalizers ?? []).Where(f => f != PREphemeralEnvController.Finalizer)];
        if (present == (others.Length < (resource.Metadata.Finalizers?.Count ?? 0)))
            return resource;

        // A merge patch replaces the list as a whole; the version ensures that no other finalizer is lost.
        string[] wanted = present ? [.. others, PREphemeralEnvController.Finalizer] : others;
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = resource.Metadata.ResourceVersion,
                ["finalizers"] = new JsonArray([.. wanted.Select(f => JsonValue.Create(f))]),
            },
        };
        var changed = await SendAsync(ApiRequest.MergePatch(AsManager(PathOf(resource)), Utf8(patch)), cancellationToken);

        // The answer to the removal of the last finalizer still shows the object, which no longer exists by then.
        return changed is { Metadata: { DeletionTimestamp: not null, Finalizers: null or { Count: 0 } } } ? null : changed;
    }

    public Task<PREphemeralEnvController?> SetAnnotationAsync(
        PREphemeralEnvController resource, string name, string? value, CancellationToken cancellationToken) =>
        SetAnnotationsAsync(resource, new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value }, cancellationToken);

    public Task<PREphemeralEnvController?> SetAnnotationsAsync(
        PREphemeralEnvController resource, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken)
    {
        // A merge patch of the metadata with a UID changes that object or none.
        var values = new JsonObject(annotations.Select(a => KeyValuePair.Create<string, JsonNode?>(a.Key, a.Value)));
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = resource.Metadata.Uid, ["annotations"] = values },
        };
        return SendAsync(ApiRequest.MergePatch(AsManager(PathOf(resource)), Utf8(patch)), cancellationToken);
    }

    public async Task<PREphemeralEnvController?> PatchStatusAsync(
        PREphemeralEnvController resource, PREphemeralEnvControllerStatus status, CancellationToken cancellationToken)
    {
        // The status subresource ignores metadata.uid (verified on 1.20 and 1.36), so a merge patch could give a recreated resource
        // the status of its predecessor. A JSON patch can test it, and replaces outdated fields without listing them.
        var patch = new JsonArray(
            new JsonObject { ["op"] = "test", ["path"] = "/metadata/uid", ["value"] = resource.Metadata.Uid },
            new JsonObject
            {
                ["op"] = "add",
                ["path"] = "/status",
                ["value"] = JsonSerializer.SerializeToNode(status, ResourceJson.Default.PREphemeralEnvControllerStatus),
            });
        try
        {
            return await SendAsync(ApiRequest.JsonPatch(AsManager(PathOf(resource) + "/status"), Utf8(patch)), cancellationToken);
        }
        catch (ApiStatusException e) when (e.Status.Code == (int)HttpStatusCode.UnprocessableEntity)
        {
            // A failed test and a status that the schema rejects look the same.
            var found = await SendAsync(ApiRequest.Get(PathOf(resource)), cancellationToken);
            if (found is not null && found.Metadata.Uid == resource.Metadata.Uid)
                throw;

            return null;
        }
    }

    private async Task<PREphemeralEnvController?> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await client.SendAsync(request, ResourceJson.Default.PREphemeralEnvController, cancellationToken);
            return reply.Value;
        }
        catch (ApiStatusException e) when (e.Status.IsNotFound)
        {
            return null;
        }
    }

    private static string PathOf(PREphemeralEnvController resource) =>
        ApiResource.Controllers.ObjectPath(resource.Metadata.Namespace, resource.Metadata.Name);

    private static string AsManager(string path) => ApiResource.WithQuery(path, ("fieldManager", OwnerLabels.Manager));

    private static byte[] Utf8(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, ApiJson.Default.JsonNode);
}
