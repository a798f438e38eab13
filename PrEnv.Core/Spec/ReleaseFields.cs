using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Resources;
using PrEnv.Core.Templates;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>
/// Checks the fields that may hold any JSON, <c>values</c>, <c>sleep.values</c> and <c>helmRelease</c>: the schema cannot.
/// </summary>
internal sealed class ReleaseFields(ImmutableArray<SpecProblem>.Builder problems)
{
    private const string ValuesField = "spec.envCreationHelmRepo.values";

    private const string SleepField = "spec.sleep.values";

    private const string HelmReleaseField = "spec.envCreationHelmRepo.helmRelease";

    // A HelmRelease and the Secret that Helm makes of it have to fit into etcd, title and branch filled in.
    private const int MaxBytes = 256 * 1024;

    private const int MaxDepth = 32;

    private const int MaxPlaceholders = 1000;

    // Which identity Flux takes on is no pull request's to say.
    private static readonly ImmutableArray<string> Fixed = ["serviceAccountName", "kubeConfig"];

    /// <summary>The object to merge into the values; null: none.</summary>
    public JsonElement? Values(JsonElement? values) =>
        ObjectOf(ValuesField, values) is { } given && Check(ValuesField, given, maySayAnything: true) ? given : null;

    /// <summary>The object to merge over those values while an environment is asleep; null: none.</summary>
    public JsonElement? SleepValues(JsonElement? values)
    {
        if (ObjectOf(SleepField, values) is { } given)
            return Check(SleepField, given, maySayAnything: true) ? given : null;
        if (values is not { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
            Add(SleepField, "must have at least one value, such as {replicaCount: 0}");
        return null;
    }

    /// <summary>The merge patch; null: none.</summary>
    public JsonElement? HelmRelease(JsonElement? patch, FluxSourceKind kind)
    {
        if (ObjectOf(HelmReleaseField, patch) is not { } given || !Check(HelmReleaseField, given, maySayAnything: false))
            return null;
        Refuse(given, "releaseName", "cannot be set: it is relpr- followed by the number of the pull request");
        Refuse(given, "values", "cannot be set: use envCreationHelmRepo.values");
        Refuse(given, "chartRef", "cannot be set: use envCreationHelmRepo.fluxSourceKind and fluxSourceRepoName");
        if (given.TryGetProperty("chart", out var chart))
            CheckChart(chart, kind);
        if (given.TryGetProperty("serviceAccountName", out var account)
            && (account.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
                || (account.ValueKind == JsonValueKind.String && account.GetString()!.Length == 0)))
        {
            Add($"{HelmReleaseField}.serviceAccountName", "must be the name of a ServiceAccount");
        }

        return given;
    }

    private void CheckChart(JsonElement chart, FluxSourceKind kind)
    {
        const string Field = HelmReleaseField + ".chart";
        if (kind == FluxSourceKind.OCIRepository)
        {
            Add(Field, "cannot be set when fluxSourceKind is OCIRepository: the source is the chart");
            return;
        }

        JsonElement spec = default;
        if (chart.ValueKind != JsonValueKind.Object || (chart.TryGetProperty("spec", out spec) && spec.ValueKind != JsonValueKind.Object))
        {
            Add(chart.ValueKind == JsonValueKind.Object ? Field + ".spec" : Field, "must be an object");
            return;
        }

        if (spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("sourceRef", out _))
        {
            Add(
                Field + ".spec.sourceRef",
                "cannot be set: use envCreationHelmRepo.fluxSourceRepoName, fluxSourceNamespace and fluxSourceKind");
        }
    }

    private void Refuse(JsonElement patch, string name, string why)
    {
        if (patch.TryGetProperty(name, out _))
            Add($"{HelmReleaseField}.{name}", why);
    }

    private JsonElement? ObjectOf(string field, JsonElement? value)
    {
        if (value is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given)
            return null;
        if (given.ValueKind != JsonValueKind.Object)
        {
            Add(field, "must be an object");
            return null;
        }

        return given.GetPropertyCount() > 0 ? given : null;
    }

    // The first problem is told; the rest of a tree that is too large or too deep is not looked at.
    private bool Check(string field, JsonElement tree, bool maySayAnything)
    {
        if (System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(tree).Length > MaxBytes)
        {
            Add(field, $"has more than {MaxBytes / 1024} KiB");
            return false;
        }

        var placeholders = 0;
        return CheckBelow(field, tree, depth: 1)
            && (placeholders <= MaxPlaceholders || Fails(field, $"has more than {MaxPlaceholders} placeholders"));

        bool CheckBelow(string path, JsonElement value, int depth)
        {
            if (depth > MaxDepth)
                return Fails(field, $"is nested more than {MaxDepth} levels deep");
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    return value.EnumerateObject().All(p => CheckName(path, p) && CheckBelow($"{path}.{p.Name}", p.Value, depth + 1));
                case JsonValueKind.Array:
                    return value.EnumerateArray().Select((item, i) => (item, i)).All(e => CheckBelow($"{path}[{e.i}]", e.item, depth + 1));
                case JsonValueKind.String:
                    return CheckText(path, value);
                default:
                    return true;
            }
        }

        bool CheckText(string path, JsonElement value)
        {
            if (JsonText.Read(value) is not { } text)
                return Fails(path, "holds half a character, which is not valid Unicode");
            var names = PlaceholderText.NamesIn(text);
            placeholders += names.Length;
            return names.All(name => CheckPlaceholder(path, name, maySayAnything));
        }
    }

    private bool CheckName(string path, JsonProperty property)
    {
        if (JsonText.NameOf(property) is not { } name)
            return Fails(path, "has a key that holds half a character, which is not valid Unicode");
        return PlaceholderText.NamesIn(name).IsEmpty
            || Fails(
                path, $"has a placeholder in the key \"{Text.Excerpt(name, 60)}\"; placeholders are replaced in texts, not in keys",
                isTemplate: true);
    }

    private bool CheckPlaceholder(string path, string name, bool maySayAnything)
    {
        if (!Placeholder.IsKnown(name))
            return Fails(path, Placeholder.Unknown(name), isTemplate: true);
        if (maySayAnything)
            return true;
        var below = path[(HelmReleaseField.Length + 1)..];
        if (Fixed.Any(field => below == field || below.StartsWith(field + ".", StringComparison.Ordinal)))
            return Fails(path, $"has the placeholder <<{name}>>, but no pull request may influence this field", isTemplate: true);
        return !Placeholder.IsFreeText(name) || below.StartsWith("commonMetadata.annotations.", StringComparison.Ordinal)
            || Fails(path, $"has <<{name}>>, which anyone may choose; only numbers, SHAs and slugs are allowed here", isTemplate: true);
    }

    private bool Fails(string field, string problem, bool isTemplate = false)
    {
        problems.Add(new SpecProblem(Text.Excerpt(field, 300), problem, isTemplate));
        return false;
    }

    private void Add(string field, string problem) => Fails(field, problem);
}
