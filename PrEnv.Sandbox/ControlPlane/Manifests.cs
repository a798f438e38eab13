using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>
/// Applies YAML manifests of any kind to any cluster, without kubectl: server-side, by force, in the order in which they stand. A
/// CustomResourceDefinition is served before the next document's turn. The client has to log in by certificate, as the admin clients here
/// do.
/// </summary>
internal static class Manifests
{
    private const string FieldManager = "prenv-sandbox";

    /// <summary>Applies every document of a text.</summary>
    /// <exception cref="InvalidOperationException">The server refused one; the message names it and says why.</exception>
    public static async Task ApplyAsync(Kubernetes client, string yaml, CancellationToken cancellationToken = default)
    {
        var resources = new ApiResources(client);
        foreach (var manifest in YamlDocuments.Parse(yaml))
        {
            var metadata = manifest["metadata"]!;
            var kind = (string)manifest["kind"]!;
            var name = (string)metadata["name"]!;
            var collection = await resources.CollectionUrlAsync(
                (string)manifest["apiVersion"]!, kind, (string?)metadata["namespace"], cancellationToken);
            await ApplyOneAsync(client, collection, name, manifest, cancellationToken);
            if (kind == "CustomResourceDefinition")
                await CustomResourceDefinitions.WaitUntilServedAsync(client, name, cancellationToken);
        }
    }

    /// <summary>Applies every document of a file.</summary>
    public static async Task ApplyFileAsync(Kubernetes client, string path, CancellationToken cancellationToken = default) =>
        await ApplyAsync(client, await File.ReadAllTextAsync(path, cancellationToken), cancellationToken);

    /// <summary>Applies every <c>*.yaml</c> of a folder by name, except <c>kustomization.yaml</c>, which is no manifest.</summary>
    /// <inheritdoc cref="Files" path="/exception"/>
    public static async Task ApplyFolderAsync(Kubernetes client, string folder, CancellationToken cancellationToken = default)
    {
        foreach (var file in Files(folder))
            await ApplyFileAsync(client, file, cancellationToken);
    }

    /// <summary>What <see cref="ApplyFolderAsync"/> applies, in its order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It holds no manifest.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.yaml").Where(f => Path.GetFileName(f) != "kustomization.yaml").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new FileNotFoundException($"{folder} contains no manifest.");
    }

    private static async Task ApplyOneAsync(
        Kubernetes client, string collection, string name, JsonObject manifest, CancellationToken cancellationToken)
    {
        var apply = $"{collection}/{name}?fieldManager={FieldManager}&force=true";
        var answer = await SendAsync(client, HttpMethod.Patch, apply, manifest, cancellationToken);
        // Servers before 1.28 do not know all fields of CEL rules, those before 1.25 none. They drop them from what is created or replaced,
        // but refuse to apply them.
        if (answer.Body.Contains("field not declared in schema", StringComparison.Ordinal))
            answer = await CreateOrReplaceAsync(client, collection, name, manifest, cancellationToken);

        if (!IsSuccess(answer.Status))
        {
            throw new InvalidOperationException($"{collection}/{name} was rejected: {answer.Body}");
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> CreateOrReplaceAsync(
        Kubernetes client, string collection, string name, JsonObject manifest, CancellationToken cancellationToken)
    {
        var created = await SendAsync(client, HttpMethod.Post, $"{collection}?fieldManager={FieldManager}", manifest, cancellationToken);
        if (created.Status != HttpStatusCode.Conflict)
            return created;

        var existing = JsonNode.Parse(
            await client.HttpClient.GetStringAsync(new Uri(client.BaseUri, $"{collection}/{name}"), cancellationToken))!;
        manifest["metadata"]!["resourceVersion"] = (string)existing["metadata"]!["resourceVersion"]!;
        return await SendAsync(client, HttpMethod.Put, $"{collection}/{name}?fieldManager={FieldManager}", manifest, cancellationToken);
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        Kubernetes client, HttpMethod method, string url, JsonObject manifest, CancellationToken cancellationToken)
    {
        var type = method == HttpMethod.Patch ? "application/apply-patch+yaml" : "application/json";
        using var request = new HttpRequestMessage(method, new Uri(client.BaseUri, url))
        {
            Content = new StringContent(manifest.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(type)),
        };
        using var response = await client.HttpClient.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
