using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PrEnv.Controller.Options;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;
using PrEnv.Tests.Crds;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Docs;

/// <summary>The reference is written by hand too, and must not leave anything out.</summary>
public sealed class ReferenceTests
{
    private static readonly string Text = RepositoryFiles.Text("docs/reference.md");

    [Test]
    public void Fields_OfTheSpec_AreThoseOfTheSchema()
    {
        var schema = Leaves().Select(f => f.Path["spec.".Length..]);
        var rows = Section("## spec", "###").Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);

        Assert.That(rows, Is.EquivalentTo(schema));
    }

    [Test]
    public void Defaults_OfTheSpec_AreThoseOfTheSchema()
    {
        foreach (var (path, schema) in Leaves().Where(f => f.Schema["default"] is not null))
        {
            var row = Text.Split('\n').Single(l => l.StartsWith($"| `{path["spec.".Length..]}` |", StringComparison.Ordinal));
            var value = schema["default"] is JsonValue plain ? plain.ToString() : schema["default"]!.ToJsonString();
            Assert.That(row.Split(" | ")[2], Is.EqualTo($"`{value}`"), path);
        }
    }

    [Test]
    public void Fields_OfTheStatus_AreAllThere() =>
        Assert.That(
            CrdFile.Fields()
                .Where(f => f.Path.StartsWith("status.", StringComparison.Ordinal) && !f.Path.Contains("conditions[]", StringComparison.Ordinal))
                .Select(f => f.Path.Split('.')[^1])
                .Where(name => !name.EndsWith("[]", StringComparison.Ordinal) && name != "environments")
                .Where(name => !Section("## status", "## Events").Contains($"`{name}`", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Events_AreAllThere() =>
        Assert.That(
            Constants(typeof(Reasons)).Where(r => !Section("## Events", "## HelmReleases").Contains($"`{r}`", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void Phases_AreAllThere() =>
        Assert.That(
            Constants(typeof(EnvironmentPhase)).Where(p => !Section("| `phase` |", "## Events").Contains($"`{p}`", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void LabelsAndAnnotations_AreAllThere() =>
        Assert.That(
            Constants(typeof(OwnerLabels)).Where(name => !Text.Contains($"`{name}`", StringComparison.Ordinal)
                && !Text.Contains($"`…/{name.Split('/')[^1]}`", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Options_AreThoseOfTheProgram() =>
        Assert.That(
            Regex.Matches(Section("| option |", "## Endpoints"), "^\\| .*?\\|", RegexOptions.Multiline, TimeSpan.FromSeconds(1))
                .SelectMany(row => row.Value.Split('`').Where(part => part.StartsWith("--", StringComparison.Ordinal))),
            Is.EqualTo(OptionTable.All.Select(o => o.Flag)));

    private static IEnumerable<(string Path, JsonObject Schema)> Leaves() =>
        CrdFile.Fields().Where(f => f.Path.StartsWith("spec.", StringComparison.Ordinal)
            && (string?)f.Schema["type"] != "object" && !f.Path.EndsWith("[]", StringComparison.Ordinal));

    private static string Section(string from, string to)
    {
        var start = Text.IndexOf(from, StringComparison.Ordinal);
        return Text[start..Text.IndexOf(to, start + from.Length, StringComparison.Ordinal)];
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
}
