using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Namespaces;

/// <summary>
/// Reads and writes namespaces. Every write to an existing one contains its UID, so that one which was deleted and recreated by someone
/// else is never touched. Thread-safe.
/// </summary>
internal sealed class NamespaceClient(RawKubernetes client) : INamespaceClient
{
    private static readonly string[] OurLabels =
        [OwnerLabels.ManagedBy, OwnerLabels.Name, OwnerLabels.Namespace, OwnerLabels.Uid, OwnerLabels.PrNumber];

    private static readonly string[] OurAnnotations = [OwnerLabels.CreatedNamespaceAnnotation, OwnerLabels.FieldsAnnotation];

    public async Task<(ImmutableArray<ClusterNamespace> Found, ApiStatus? Failure)> ListAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken)
    {
        var selector = $"{OwnerLabels.Uid}={owner.Metadata.Uid}";
        var path = ApiResource.WithQuery(ApiResource.Namespaces.CollectionPath(null), ("labelSelector", selector));
        try
        {
            var reply = await client.SendAsync(ApiRequest.Get(path), ResourceJson.Default.ClusterNamespaceList, cancellationToken);
            return ([.. (reply.Value.Items ?? []).OfType<ClusterNamespace>()], null);
        }
        catch (ApiStatusException e)
        {
            return ([], e.Status);
        }
    }

    public async Task<NamespaceResult> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await SendAsync(ApiRequest.Get(PathOf(name)), cancellationToken);
        return found.Failure is { IsNotFound: true } ? default : found;
    }

    public async Task<NamespaceResult> CreateAsync(DesiredNamespace desired, CancellationToken cancellationToken)
    {
        // Only what shows whose it is: what is applied afterwards is what a later apply may remove.
        var metadata = new JsonObject
        {
            ["name"] = desired.Name,
            ["labels"] = Map(desired.Labels.Where(l => OurLabels.Contains(l.Key, StringComparer.Ordinal))),
            ["annotations"] = Map(desired.Annotations.Where(a => a.Key == OwnerLabels.CreatedNamespaceAnnotation)),
        };
        var path = AsManager(ApiResource.Namespaces.CollectionPath(null));
        var created = await SendAsync(ApiRequest.Post(path, Utf8(Body(metadata))), cancellationToken);
        return created.Namespace is { } found ? await ApplyAsync(desired, found.Metadata.Uid, cancellationToken) : created;
    }

    public async Task<NamespaceResult> ApplyAsync(DesiredNamespace desired, string uid, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject
        {
            ["name"] = desired.Name,
            ["uid"] = uid,
            ["labels"] = Map(desired.Labels),
            ["annotations"] = Map(desired.Annotations),
        };
        var path = ApiResource.WithQuery(AsManager(PathOf(desired.Name)), ("force", "true"));
        return await SendAsync(ApiRequest.Apply(path, Utf8(Body(metadata))), cancellationToken);
    }

    public async Task<NamespaceResult> DeleteAsync(string name, string uid, CancellationToken cancellationToken)
    {
        var options = JsonSerializer.SerializeToUtf8Bytes(DeleteOptionsBody.For(uid), ApiJson.Default.DeleteOptionsBody);
        var deleted = await SendAsync(ApiRequest.Delete(PathOf(name), options), cancellationToken);
        return await GoneIsSuccessAsync(deleted with { Namespace = null }, name, uid, cancellationToken);
    }

    public async Task<NamespaceResult> OrphanAsync(string name, string uid, CancellationToken cancellationToken)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = uid,
                ["labels"] = Nulls(OurLabels),
                ["annotations"] = Nulls(OurAnnotations),
            },
        };
        var patched = await SendAsync(ApiRequest.MergePatch(AsManager(PathOf(name)), Utf8(patch)), cancellationToken);
        return await GoneIsSuccessAsync(patched, name, uid, cancellationToken);
    }

    // A wrong UID is refused with 409 or 422, and both have other causes too: a namespace that is being deleted is refused with 409.
    private async Task<NamespaceResult> GoneIsSuccessAsync(
        NamespaceResult result, string name, string uid, CancellationToken cancellationToken)
    {
        if (result.Failure is { IsNotFound: true })
            return default;
        if (result.Failure is not { Code: (int)HttpStatusCode.Conflict or (int)HttpStatusCode.UnprocessableEntity })
            return result;
        var found = await FindAsync(name, cancellationToken);
        return found.Failure is null && (found.Namespace is null || found.Namespace.Metadata.Uid != uid) ? default : result;
    }

    private async Task<NamespaceResult> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await client.SendAsync(request, ResourceJson.Default.ClusterNamespace, cancellationToken);
            return new NamespaceResult(reply.Value, null);
        }
        catch (ApiStatusException e)
        {
            return new NamespaceResult(null, e.Status);
        }
    }

    private static JsonObject Body(JsonObject metadata) => new()
    {
        ["apiVersion"] = ApiResource.Namespaces.ApiVersion,
        ["kind"] = "Namespace",
        ["metadata"] = metadata,
    };

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> entries) =>
        new(entries.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, e.Value)));

    private static JsonObject Nulls(IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, null)));

    private static string PathOf(string name) => $"{ApiResource.Namespaces.CollectionPath(null)}/{Uri.EscapeDataString(name)}";

    private static string AsManager(string path) => ApiResource.WithQuery(path, ("fieldManager", OwnerLabels.Manager));

    private static byte[] Utf8(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, ApiJson.Default.JsonNode);
}
