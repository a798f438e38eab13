using System.Text.Json.Nodes;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Support;

/// <summary>Files of the repository itself: the schema, the manifests, the samples, the documentation.</summary>
internal static class RepositoryFiles
{
    public static string Text(string path) => File.ReadAllText(RepositoryRoot.Combine(path));

    /// <summary>Every document of a YAML file, as an API server reads it.</summary>
    public static IReadOnlyList<JsonObject> Yaml(string path) => [.. YamlDocuments.Parse(Text(path))];
}
