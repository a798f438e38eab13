using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Deployment;

/// <summary>The Helm chart.</summary>
internal static class Chart
{
    public const string Path = "charts/prenv";
    public const string Definition = "prcontroller.controllers.ephemeralenv.io_prephemeralenvcontrollers.yaml";

    /// <summary>What the labels of Kubernetes and Helm say of a release, and kustomize knows nothing of.</summary>
    private const string Instance = "app.kubernetes.io/instance";

    private static readonly string[] OfRelease = ["app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart"];

    public static string Folder => RepositoryRoot.Combine(Path);

    public static JsonObject Schema => JsonNode.Parse(RepositoryFiles.Text(Path + "/values.schema.json"))!.AsObject();

    /// <summary>Runs <c>helm template</c> as the guide installs it: as the release prenv in prenv-system.</summary>
    public static Task<Programs.Result> TemplateAsync(params IEnumerable<string> arguments) =>
        Programs.RunAsync("helm", ["template", "prenv", Folder, "--namespace", "prenv-system", .. arguments]);

    /// <summary>The objects of the chart.</summary>
    public static async Task<IReadOnlyList<JsonObject>> RenderAsync(params IEnumerable<string> arguments)
    {
        var result = await TemplateAsync(arguments);
        return result.ExitCode == 0
            ? [.. YamlDocuments.Parse(result.Output)]
            : throw new InvalidOperationException($"helm template failed: {result.Error}");
    }

    /// <summary>
    /// An object without exactly what Helm adds: the labels of the release, its instance in selectors, and the definition's policy.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The object lacks one of these labels.</exception>
    public static JsonObject WithoutRelease(JsonObject rendered)
    {
        var copy = rendered.DeepClone().AsObject();
        var metadata = copy["metadata"]!.AsObject();
        foreach (var label in OfRelease)
        {
            if (!metadata["labels"]!.AsObject().Remove(label))
                throw new KeyNotFoundException($"{copy["kind"]}/{metadata["name"]} does not have the label {label}.");
        }

        if ((string?)copy["kind"] == "CustomResourceDefinition")
            metadata.Remove("annotations");
        if (WithoutInstance(copy) == 0)
            throw new KeyNotFoundException($"{copy["kind"]}/{metadata["name"]} does not have the label {Instance}.");
        return copy;
    }

    // Wherever the pods are labelled or selected.
    private static int WithoutInstance(JsonNode? node) => node switch
    {
        JsonObject o => (o["app.kubernetes.io/name"] is not null && o.Remove(Instance) ? 1 : 0) + o.Sum(p => WithoutInstance(p.Value)),
        JsonArray a => a.Sum(WithoutInstance),
        _ => 0,
    };
}
