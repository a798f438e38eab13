using System.Text.Json.Nodes;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Crds;

/// <summary>The definition in <c>crds/</c>.</summary>
internal static class CrdFile
{
    public const string RelativePath = "crds/prcontroller.controllers.ephemeralenv.io_prephemeralenvcontrollers.yaml";

    public static JsonObject Definition { get; } = RepositoryFiles.Yaml(RelativePath).Single();

    public static JsonObject Spec => Definition["spec"]!.AsObject();

    public static JsonObject Version => Spec["versions"]!.AsArray().Single()!.AsObject();

    public static JsonObject Schema => Version["schema"]!["openAPIV3Schema"]!.AsObject();

    /// <summary>
    /// The schema of a field, such as <c>spec.healthCheck.timeout</c>; null when there is none. Steps into the items of a list.
    /// </summary>
    public static JsonObject? Field(string path)
    {
        JsonNode? schema = Schema;
        foreach (var name in path.Split('.'))
            schema = (schema?["items"] ?? schema)?["properties"]?[name];

        return schema?.AsObject();
    }

    /// <summary>Every field below <c>spec</c> and <c>status</c>, themselves included, and the items of lists, as <c>path[]</c>.</summary>
    public static IEnumerable<(string Path, JsonObject Schema)> Fields() =>
        Below("spec", Field("spec")!).Concat(Below("status", Field("status")!));

    private static IEnumerable<(string Path, JsonObject Schema)> Below(string path, JsonObject schema)
    {
        yield return (path, schema);
        var children = schema["items"] is JsonObject items
            ? Below(path + "[]", items)
            : (schema["properties"]?.AsObject() ?? []).SelectMany(p => Below($"{path}.{p.Key}", p.Value!.AsObject()));
        foreach (var child in children)
            yield return child;
    }
}
