using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>
/// How the spec of a release differs from what is wished for. Objects are compared field by field: what others have added beside the wish
/// stays, as server-side apply leaves it. Everything else is compared as a whole.
/// </summary>
internal static class SpecDifference
{
    // From here on, a search from one end to the other would take too long.
    private const int ManyFields = 16;

    /// <summary>The paths of the leaves that differ, in the order of the wish.</summary>
    public static ImmutableArray<string> Of(HelmReleaseSpec wanted, HelmReleaseSpec found) =>
        [.. Changes(wanted, found).Select(change => change.Path)];

    /// <summary>The leaves that differ, in the order of the wish.</summary>
    public static ImmutableArray<FieldChange> Changes(HelmReleaseSpec wanted, HelmReleaseSpec found)
    {
        var changes = ImmutableArray.CreateBuilder<FieldChange>();
        Compare(
            changes, "spec", JsonElement.Parse(wanted.Json, JsonDepth.Document), JsonElement.Parse(found.Json, JsonDepth.Document));
        return changes.ToImmutable();
    }

    private static void Compare(ImmutableArray<FieldChange>.Builder changes, string path, JsonElement wanted, JsonElement? found)
    {
        if (wanted.ValueKind != JsonValueKind.Object || wanted.GetPropertyCount() == 0)
        {
            if (found is not { } there || !AreReadablyEqual(wanted, there))
                changes.Add(new FieldChange(path, found, wanted));
            return;
        }

        var fields = FieldsOf(found);
        foreach (var property in wanted.EnumerateObject())
            Compare(changes, PathOf(path, property.Name), property.Value, fields(property.Name));
    }

    // Anyone who may edit the release can write half a surrogate pair into it, which no wish has.
    private static bool AreReadablyEqual(JsonElement wanted, JsonElement found)
    {
        try
        {
            return AreEqual(wanted, found);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // An empty object is there once anything is in it.
    private static bool AreEqual(JsonElement wanted, JsonElement found) => wanted.ValueKind switch
    {
        JsonValueKind.Object => found.ValueKind == JsonValueKind.Object,
        // The API server holds numbers as Go does.
        JsonValueKind.Number => found.ValueKind == JsonValueKind.Number
            && (JsonElement.DeepEquals(wanted, found)
                || (wanted.TryGetDouble(out var one) && found.TryGetDouble(out var other) && one.Equals(other)
                    && !(wanted.TryGetInt64(out _) && found.TryGetInt64(out _)))),
        _ => JsonElement.DeepEquals(wanted, found),
    };

    private static Func<string, JsonElement?> FieldsOf(JsonElement? found)
    {
        if (found is not { ValueKind: JsonValueKind.Object } there)
            return _ => null;
        if (there.GetPropertyCount() <= ManyFields)
            return name => Search(there, name);
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in there.EnumerateObject())
        {
            if (JsonText.NameOf(property) is { } name)
                fields[name] = property.Value;
        }

        return name => fields.TryGetValue(name, out var field) ? field : null;
    }

    // Of a name that is there twice, the last counts.
    private static JsonElement? Search(JsonElement fields, string name)
    {
        JsonElement? found = null;
        foreach (var property in fields.EnumerateObject())
        {
            if (JsonText.NameOf(property) == name)
                found = property.Value;
        }

        return found;
    }

    private static string PathOf(string parent, string name) =>
        name.Contains('.', StringComparison.Ordinal) ? $"{parent}[{name}]" : $"{parent}.{name}";
}
