using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PrEnv.Controller.Startup;
using PrEnv.Core.Resources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace PrEnv.Controller.Client;

/// <summary>The resources of a file of manifests, YAML or JSON; other kinds in it are left out.</summary>
internal static class ManifestFile
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    // A misspelt field would be left out of the plan, as the API server leaves it out of the object.
    private static readonly ResourceJson Strict = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });

    /// <summary>Each resource, in the order of the file.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="defaultNamespace">The namespace of those that name none.</param>
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static ImmutableArray<PREphemeralEnvController> Read(string text, string name, string defaultNamespace)
    {
        try
        {
            ImmutableArray<PREphemeralEnvController> found =
                [.. Documents(text).Where(IsOurs).Select(document => Resource(document, name, defaultNamespace))];
            return found.IsEmpty
                ? throw new StartupException($"{name} has no {PREphemeralEnvController.Kind} in it. Name a file that has one with -f.")
                : found;
        }
        catch (YamlException failure)
        {
            throw new StartupException(
                $"{name} is not valid YAML: {OneLine.Of(failure)} (line {failure.Start.Line}). Correct it.", failure);
        }
        catch (JsonException failure)
        {
            throw new StartupException($"{name}: {OneLine.Of(failure)} Correct it.", failure);
        }
    }

    private static IEnumerable<JsonObject> Documents(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            if (Yaml.Deserialize(parser) is { } document && JsonNode.Parse(Json.Serialize(document)) is JsonObject json)
                yield return json;
        }
    }

    private static bool IsOurs(JsonObject document) =>
        document["kind"]?.ToString() == PREphemeralEnvController.Kind
        && document["apiVersion"]?.ToString() == $"{PREphemeralEnvController.Group}/{PREphemeralEnvController.Version}";

    private static PREphemeralEnvController Resource(JsonObject document, string file, string defaultNamespace)
    {
        var resource = new PREphemeralEnvController
        {
            Metadata = document["metadata"].Deserialize(ResourceJson.Default.ObjectMeta)!,
            Spec = SpecOf(document, file)!,
        };
        if (resource.Metadata.Name.Length == 0)
            throw new StartupException($"{file}: a {PREphemeralEnvController.Kind} has no metadata.name. Give it one.");
        return resource.Metadata.Namespace.Length > 0
            ? resource
            : resource with { Metadata = resource.Metadata with { Namespace = defaultNamespace } };
    }

    private static PREphemeralEnvControllerSpec? SpecOf(JsonObject document, string file)
    {
        try
        {
            return document["spec"].Deserialize(Strict.PREphemeralEnvControllerSpec);
        }
        catch (JsonException failure)
        {
            var path = failure.Path is { Length: > 1 } where ? "spec" + where[1..] : "spec";
            throw new StartupException($"{file}: {path} is not a field of the resource, or not of its type. Correct it.", failure);
        }
    }
}
