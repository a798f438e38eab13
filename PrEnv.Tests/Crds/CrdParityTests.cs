using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Crds;

/// <summary>The schema and the C# model are written by hand, both. What one has and the other has not is lost without a word.</summary>
public sealed class CrdParityTests
{
    [Test]
    public void Names_OfTheDefinition_AreThoseOfTheModel()
    {
        var names = CrdFile.Spec["names"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)CrdFile.Spec["group"], Is.EqualTo(PREphemeralEnvController.Group));
            Assert.That((string?)CrdFile.Version["name"], Is.EqualTo(PREphemeralEnvController.Version));
            Assert.That((string?)names["kind"], Is.EqualTo(PREphemeralEnvController.Kind));
            Assert.That((string?)names["plural"], Is.EqualTo(PREphemeralEnvController.Plural));
            Assert.That((string?)names["singular"], Is.EqualTo("prephemeralenvcontroller"));
            Assert.That(string.Join(',', Strings(names["shortNames"])), Is.EqualTo("prcontroller,prenv"));
            Assert.That(string.Join(',', Strings(names["categories"])), Is.EqualTo("prenv"));
            Assert.That((string?)CrdFile.Spec["scope"], Is.EqualTo("Namespaced"));
            Assert.That(
                (string?)CrdFile.Definition["metadata"]!["name"],
                Is.EqualTo($"{PREphemeralEnvController.Plural}.{PREphemeralEnvController.Group}"));
            Assert.That(CrdFile.Version["subresources"]!["status"], Is.Not.Null);
        });
    }

    [TestCase("spec", typeof(PREphemeralEnvControllerSpec))]
    [TestCase("status", typeof(PREphemeralEnvControllerStatus))]
    public void Fields_OfSchemaAndModel_AreTheSame(string path, Type model)
    {
        Assert.That(Differences(path, model, CrdFile.Field(path)!), Is.Empty);
    }

    [Test]
    public void Phases_OfTheSchema_AreThoseOfTheModel()
    {
        var constants = typeof(EnvironmentPhase).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral)
            .Select(f => (string)f.GetRawConstantValue()!);

        Assert.That(Strings(CrdFile.Field("status.environments.phase")!["enum"]), Is.EquivalentTo(constants));
    }

    [Test]
    public void Environments_OfTheSchema_AreAsManyAsTheModelAllows() =>
        Assert.That((long?)CrdFile.Field("status.environments")!["maxItems"], Is.EqualTo(PREphemeralEnvControllerStatus.MaxEnvironments));

    [Test]
    public void PrinterColumns_AreNamedAndTypedAndResolve()
    {
        var columns = CrdFile.Version["additionalPrinterColumns"]!.AsArray();

        Assert.That(string.Join(',', columns.Select(c => (string?)c!["name"])), Is.EqualTo("Ready,Status,Repo,Open,Environments,Age"));
        foreach (var column in columns.SkipLast(1))
        {
            // A filter picks items of a list, which Field steps into by itself.
            var path = System.Text.RegularExpressions.Regex.Replace(
                (string)column!["jsonPath"]!, @"\[\?\(@\.type==""Ready""\)\]", "", default, TimeSpan.FromSeconds(1)).TrimStart('.');
            Assert.That((string?)CrdFile.Field(path)?["type"], Is.EqualTo((string?)column["type"]), path);
        }

        Assert.That((string?)columns[^1]!["jsonPath"], Is.EqualTo(".metadata.creationTimestamp"));
    }

    // The serializer's own view of the model: its names, and none of the properties that it ignores.
    private static IEnumerable<string> Differences(string path, Type type, JsonObject schema)
    {
        var wire = Wire(type);
        if ((string?)schema["type"] != wire.Type || (string?)schema["format"] != wire.Format)
        {
            yield return $"{path} is {schema["type"]} {schema["format"]} in the schema, and {wire.Type} {wire.Format} in the model";
            yield break;
        }

        if (wire.Item is not null)
        {
            foreach (var difference in Differences(path + "[]", wire.Item, schema["items"]!.AsObject()))
                yield return difference;
        }

        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            if ((string?)schema["additionalProperties"]?["type"] != "string")
                yield return $"{path} is a map of texts in the model, and not in the schema";
            yield break;
        }

        // Any object: the model keeps it as it is.
        if (wire.Type != "object" || (Nullable.GetUnderlyingType(type) ?? type) == typeof(JsonElement))
            yield break;
        var model = Members(type).ToDictionary(m => m.Name, m => m.PropertyType, StringComparer.Ordinal);
        var fields = schema["properties"]!.AsObject().ToDictionary(p => p.Key, p => p.Value!.AsObject(), StringComparer.Ordinal);
        foreach (var name in model.Keys.Except(fields.Keys, StringComparer.Ordinal))
            yield return $"{path}.{name} is missing in the schema";
        foreach (var name in fields.Keys.Except(model.Keys, StringComparer.Ordinal))
            yield return $"{path}.{name} is missing in the model";
        foreach (var (name, field) in fields.Where(f => model.ContainsKey(f.Key)))
        {
            foreach (var difference in Differences($"{path}.{name}", model[name], field))
                yield return difference;
        }
    }

    private static IEnumerable<JsonPropertyInfo> Members(Type type) =>
        ResourceJson.Default.GetTypeInfo(type)!.Properties.Where(p => p.Get is not null);

    private static (string Type, string? Format, Type? Item) Wire(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return ("string", null, null);
        if (type == typeof(bool))
            return ("boolean", null, null);
        if (type == typeof(int))
            return ("integer", "int32", null);
        if (type == typeof(long))
            return ("integer", "int64", null);
        if (type == typeof(DateTimeOffset))
            return ("string", "date-time", null);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? ("array", null, type.GenericTypeArguments[0])
            : ("object", null, null);
    }

    private static IEnumerable<string> Strings(JsonNode? list) => list!.AsArray().Select(n => (string)n!);
}
