using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;

namespace PrEnv.Sandbox.Flux;

/// <summary>An event of the raw watch.</summary>
/// <param name="Type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
/// <param name="Object">What came with it.</param>
internal sealed record RawWatchEvent(string Type, JsonObject Object);

/// <summary>
/// HelmReleases, and the few other things that helm-controller asks for, as plain JSON. The client's own watch would hide bookmarks and
/// in-stream errors. What was written goes into the cache at once.
/// </summary>
internal sealed class HelmReleaseApi(KubernetesClientConfiguration configuration, ReleaseCache cache, int concurrentRequests)
    : Kubernetes(configuration)
{
    private const string Root = "apis/helm.toolkit.fluxcd.io/v2";
    private const string Releases = Root + "/helmreleases";
    private const string SourceRoot = "apis/source.toolkit.fluxcd.io/v1";
    private const string Manager = "helm-controller";
    private const int PageSize = 500;
    private static readonly TimeSpan WatchTimeout = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _requests = new(concurrentRequests);

    /// <summary>All HelmReleases of the cluster, or all of another collection, and the version to watch from.</summary>
    public async Task<(IReadOnlyList<JsonObject> Items, string ResourceVersion)> ListAsync(
        CancellationToken cancellationToken, string collection = Releases)
    {
        var items = new List<JsonObject>();
        string? next = null;
        while (true)
        {
            var url = $"{collection}?limit={PageSize}{(next is null ? "" : "&continue=" + Uri.EscapeDataString(next))}";
            var page = await RequestAsync(HttpMethod.Get, url, body: null, cancellationToken);
            items.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            next = HelmReleaseObject.Text(page["metadata"]!["continue"]);
            if (string.IsNullOrEmpty(next))
                return (items, HelmReleaseObject.Text(page["metadata"]!["resourceVersion"])!);
        }
    }

    /// <summary>
    /// Every change of a HelmRelease, or in another collection, since that version. A server closes a watch when its time is up, when it
    /// was reinitialised or when its reader is slow: that is no end, so the next watch goes on where this one was. It ends when the server
    /// cannot go on from there, most often because the version has expired: list again.
    /// </summary>
    /// <exception cref="HttpOperationException">The server refuses the watch.</exception>
    public async IAsyncEnumerable<RawWatchEvent> FollowAsync(
        string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken, string collection = Releases)
    {
        while (true)
        {
            await foreach (var change in WatchAsync(collection, resourceVersion, cancellationToken))
            {
                if (change.Type == "ERROR")
                    yield break;
                resourceVersion = HelmReleaseObject.Text(change.Object["metadata"]?["resourceVersion"]) ?? resourceVersion;
                if (change.Type != "BOOKMARK")
                    yield return change;
            }
        }
    }

    /// <summary>The finalizers as given; a conflict when the object is not what was read.</summary>
    public async Task<HelmReleaseObject> PatchFinalizersAsync(
        HelmReleaseObject release, IEnumerable<string> finalizers, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = release.ResourceVersion,
            ["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode)name)]),
        };
        return await PatchAsync(release.Key, "", new JsonObject { ["metadata"] = metadata }, cancellationToken);
    }

    /// <summary>Nothing but status: a patch that carries spec fields would take them over.</summary>
    public Task<HelmReleaseObject> PatchStatusAsync(ReleaseKey key, JsonObject status, CancellationToken cancellationToken) =>
        PatchAsync(key, "/status", new JsonObject { ["status"] = status }, cancellationToken);

    /// <summary>As it is now, past the cache.</summary>
    public async Task<HelmReleaseObject> GetAsync(ReleaseKey key, CancellationToken cancellationToken) =>
        cache.Keep(new HelmReleaseObject(await RequestAsync(HttpMethod.Get, PathOf(key), body: null, cancellationToken)));

    /// <summary>Returns its generation.</summary>
    public async Task<long> CreateChartAsync(ReleaseKey key, JsonObject spec, CancellationToken cancellationToken)
    {
        var chart = new JsonObject
        {
            ["apiVersion"] = "source.toolkit.fluxcd.io/v1",
            ["kind"] = "HelmChart",
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
            ["spec"] = spec.DeepClone(),
        };
        var url = $"{SourceRoot}/namespaces/{key.Namespace}/helmcharts?fieldManager={Manager}";
        return GenerationOf(await RequestAsync(HttpMethod.Post, url, chart, cancellationToken));
    }

    /// <summary>Returns its generation.</summary>
    public async Task<long> PatchChartAsync(ReleaseKey key, string subresource, JsonObject patch, CancellationToken cancellationToken) =>
        GenerationOf(await RequestAsync(
            HttpMethod.Patch, $"{ChartPathOf(key)}{subresource}?fieldManager={Manager}", patch, cancellationToken));

    /// <summary>It may be gone already.</summary>
    public Task DeleteChartAsync(ReleaseKey key, CancellationToken cancellationToken) =>
        IgnoreMissingAsync(RequestAsync(HttpMethod.Delete, ChartPathOf(key), body: null, cancellationToken));

    /// <summary>Null when that account may list the Secrets in which Helm keeps its releases, else the API server's refusal.</summary>
    public async Task<string?> StorageRefusalAsync(string storage, string ns, string account, CancellationToken cancellationToken)
    {
        try
        {
            var url = $"api/v1/namespaces/{storage}/secrets?limit=1";
            await RequestAsync(HttpMethod.Get, url, body: null, cancellationToken, $"system:serviceaccount:{ns}:{account}");
            return null;
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return HelmReleaseObject.Text(JsonNode.Parse(refused.Response.Content)?["message"]) ?? refused.Message;
        }
    }

    public async Task<bool> ServiceAccountExistsAsync(string ns, string name, CancellationToken cancellationToken) =>
        await FindAsync($"api/v1/namespaces/{ns}/serviceaccounts/{name}", cancellationToken) is not null;

    public async Task<bool> SecretExistsAsync(string ns, string name, CancellationToken cancellationToken) =>
        await FindAsync($"api/v1/namespaces/{ns}/secrets/{name}", cancellationToken) is not null;

    public async Task<bool> NamespaceExistsAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync($"api/v1/namespaces/{name}", cancellationToken) is not null;

    public Task CreateNamespaceAsync(string name, CancellationToken cancellationToken) => RequestAsync(
        HttpMethod.Post,
        $"api/v1/namespaces?fieldManager={Manager}",
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } },
        cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _requests.Dispose();
        base.Dispose(disposing);
    }

    private static string PathOf(ReleaseKey key) => $"{Root}/namespaces/{key.Namespace}/helmreleases/{key.Name}";

    /// <summary>Ends when the server closes the stream.</summary>
    private async IAsyncEnumerable<RawWatchEvent> WatchAsync(
        string collection, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var url = $"{collection}?watch=1&allowWatchBookmarks=true&resourceVersion={resourceVersion}"
            + $"&timeoutSeconds={(int)WatchTimeout.TotalSeconds}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(BaseUri, url));
        using var response = await SendRequestRaw("", request, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var watched = JsonNode.Parse(line)!;
            yield return new RawWatchEvent(HelmReleaseObject.Text(watched["type"])!, watched["object"]!.AsObject());
        }
    }

    private async Task<HelmReleaseObject> PatchAsync(
        ReleaseKey key, string subresource, JsonObject patch, CancellationToken cancellationToken) =>
        cache.Keep(new HelmReleaseObject(
            await RequestAsync(HttpMethod.Patch, $"{PathOf(key)}{subresource}?fieldManager={Manager}", patch, cancellationToken)));

    private static string ChartPathOf(ReleaseKey key) => $"{SourceRoot}/namespaces/{key.Namespace}/helmcharts/{key.Name}";

    private static long GenerationOf(JsonObject item) => item["metadata"]?["generation"]?.GetValue<long>() ?? 0;

    private Task<JsonObject?> FindAsync(string url, CancellationToken cancellationToken) =>
        IgnoreMissingAsync(RequestAsync(HttpMethod.Get, url, body: null, cancellationToken));

    private static async Task<JsonObject?> IgnoreMissingAsync(Task<JsonObject> request)
    {
        try
        {
            return await request;
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<JsonObject> RequestAsync(
        HttpMethod method, string url, JsonObject? body, CancellationToken cancellationToken, string? impersonate = null)
    {
        var text = body?.ToJsonString() ?? "";
        using var request = new HttpRequestMessage(method, new Uri(BaseUri, url));
        if (body is not null)
        {
            var type = method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json";
            request.Content = new StringContent(text, Encoding.UTF8, type);
        }

        if (impersonate is not null)
            request.Headers.Add("Impersonate-User", impersonate);

        await _requests.WaitAsync(cancellationToken);
        try
        {
            using var response = await SendRequestRaw(text, request, cancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return (await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken))!.AsObject();
        }
        finally
        {
            _requests.Release();
        }
    }
}
