using System.Text.Json.Nodes;
using PrEnv.Controller.Options;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Crds;

namespace PrEnv.Tests.Docs;

/// <summary>The reference is written by hand too, and must not leave anything out.</summary>
public sealed class ReferenceTests
{
    [Test]
    public void Fields_OfTheSpec_AreThoseOfTheSchema()
    {
        var schema = Leaves().Select(f => f.Path["spec.".Length..]);
        var rows = Reference.Table("| field | bounds |").Select(row => row[0].Trim('`'));

        Assert.That(rows, Is.EquivalentTo(schema));
    }

    [Test]
    public void Defaults_OfTheSpec_AreThoseOfTheSchema()
    {
        foreach (var (path, schema) in Leaves().Where(f => f.Schema["default"] is not null))
        {
            var row = Reference.Text.Split('\n').Single(l => l.StartsWith($"| `{path["spec.".Length..]}` |", StringComparison.Ordinal));
            var value = schema["default"] is JsonValue plain ? plain.ToString() : schema["default"]!.ToJsonString();
            Assert.That(row.Split(" | ")[2], Is.EqualTo($"`{value}`"), path);
        }
    }

    [Test]
    public void Fields_OfTheStatus_AreAllThere() =>
        Assert.That(
            CrdFile.Fields()
                .Where(
                    f => f.Path.StartsWith("status.", StringComparison.Ordinal)
                    && !f.Path.Contains("conditions[]", StringComparison.Ordinal))
                .Select(f => f.Path.Split('.')[^1])
                .Where(name => !name.EndsWith("[]", StringComparison.Ordinal) && name != "environments")
                .Where(name => !Reference.Section("## status", "## Events").Contains($"`{name}`", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Conditions_AreThoseOfTheCode() =>
        Assert.That(
            Reference.Table("| condition |").SelectMany(row => Reference.Code(row[0])),
            Is.EquivalentTo(Reference.Constants(typeof(ConditionList))));

    [Test]
    public void Phases_AreThoseOfTheCode() =>
        Assert.That(
            Reference.Table("| `phase` | meaning |").SelectMany(row => Reference.Code(row[0])),
            Is.EquivalentTo(Reference.Constants(typeof(EnvironmentPhase))));

    [Test]
    public void Reasons_StandWithTheirPhases() =>
        Assert.That(
            Reference.Table("| `reason` | phase |").SelectMany(row => Reference.Code(row[1])).Distinct(StringComparer.Ordinal),
            Is.SubsetOf(Reference.Constants(typeof(EnvironmentPhase))));

    [Test]
    public void LabelsAndAnnotations_AreAllThere() =>
        Assert.That(
            Reference.Constants(typeof(OwnerLabels)).Where(name => !Reference.Text.Contains($"`{name}`", StringComparison.Ordinal)
                && !Reference.Text.Contains($"`…/{name.Split('/')[^1]}`", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Options_WithTheirDefaults_AreThoseOfTheHelp() =>
        Assert.That(
            Reference.Table("| option |").Select(row => row[0].Trim('`') + " " + row[1].Replace("`", "", StringComparison.Ordinal)),
            Is.EqualTo(OptionTable.All.Select(o => $"{o.Flag} {o.Default}")));

    private static IEnumerable<(string Path, JsonObject Schema)> Leaves() =>
        CrdFile.Fields().Where(f => f.Path.StartsWith("spec.", StringComparison.Ordinal)
            && ((string?)f.Schema["type"] != "object"
                || f.Schema["x-kubernetes-preserve-unknown-fields"] is not null || f.Schema["additionalProperties"] is not null)
            && !f.Path.EndsWith("[]", StringComparison.Ordinal));
}
