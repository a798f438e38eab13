using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>What <c>kubectl apply -k</c> would apply.</summary>
internal static class Kustomization
{
    /// <summary>
    /// The objects as they are written: the files that a folder's kustomization names, and those of the folders that it names.
    /// </summary>
    public static IEnumerable<JsonObject> Objects(string folder)
    {
        var kustomization = RepositoryFiles.Yaml($"{folder}/kustomization.yaml").Single();
        foreach (var resource in kustomization["resources"]!.AsArray().Select(r => $"{folder}/{r}"))
        {
            foreach (var found in Directory.Exists(RepositoryRoot.Combine(resource)) ? Objects(resource) : RepositoryFiles.Yaml(resource))
                yield return found;
        }
    }

    /// <summary>
    /// The objects of an overlay that a document shows: each of its files is a block that begins with a comment that is its path.
    /// </summary>
    public static Task<IReadOnlyList<JsonObject>> RenderDocumentedAsync(string document, string folder) =>
        RenderOverlayAsync(
            RepositoryFiles.Text(document).Split("```yaml\n").Skip(1).Select(b => b.Split("```")[0])
                .Where(block => block.StartsWith($"# {folder}/", StringComparison.Ordinal))
                .ToDictionary(block => block[2..block.IndexOf('\n', StringComparison.Ordinal)], block => block, StringComparer.Ordinal),
            folder);

    /// <summary>The objects of the manifests with components, each a folder of <c>manifests/components</c>.</summary>
    public static Task<IReadOnlyList<JsonObject>> RenderWithAsync(params IEnumerable<string> components)
    {
        var list = string.Join(", ", components.Select(c => "../manifests/components/" + c));
        var text = $"""
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../manifests]
            components: [{list}]
            """;
        return RenderOverlayAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["ours/kustomization.yaml"] = text }, "ours");
    }

    /// <summary>The objects of a folder as kubectl renders them.</summary>
    public static async Task<IReadOnlyList<JsonObject>> RenderAsync(string folder) =>
        [.. YamlDocuments.Parse(await Programs.GetAsync("kubectl", ["kustomize", RepositoryRoot.Combine(folder)]))];

    // In a copy of the repository's manifests: kustomize takes relative paths only.
    private static async Task<IReadOnlyList<JsonObject>> RenderOverlayAsync(IReadOnlyDictionary<string, string> files, string folder)
    {
        using var root = new TemporaryDirectory();
        foreach (var used in (string[])["manifests", "crds", "dashboards"])
        {
            foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine(used), "*", SearchOption.AllDirectories))
                root.Write(Path.GetRelativePath(RepositoryRoot.Path, file), await File.ReadAllTextAsync(file));
        }

        foreach (var (path, text) in files)
            root.Write(path, text);
        return await RenderAsync(Path.Combine(root.Path, folder));
    }
}
