using System.Text.Json;
using System.Text.Json.Nodes;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Templates;

namespace PrEnv.Tests.Crds;

/// <summary>
/// The controller checks specs itself, for servers that know no rules. It must refuse what the schema refuses, or an old server lets it
/// through; and accept what the schema accepts, or a resource that was applied without complaint stalls.
/// </summary>
public sealed class CrdReaderTests
{
    // The rows' Enterprise Server.
    private static readonly ControllerSettings Settings = new()
    {
        AllowedGitHubHosts = [.. new[] { "api.github.com", "ghe.example.com", "ghe.example.com:8443" }.Select(HostAndPort.Parse)],
    };

    private static IEnumerable<CrdRow> Accepted => CrdRows.Accepted();

    // A value of another type never becomes a spec, an unknown field is dropped before anyone sees it, no codes are the default's, codes
    // twice do no harm, and of a stray % .NET makes %25.
    private static IEnumerable<CrdRow> Refused => CrdRows.Refused()
        .Where(
            row =>
                row.Message is not (
                    "string" or "boolean" or "array" or "unknown field" or "at least 1 item" or "Duplicate value"
                    or "must be a URL, such as"));

    [TestCaseSource(nameof(Accepted))]
    public void Read_WhatTheSchemaAccepts_HasNoProblem(object row) =>
        Assert.That(Read((CrdRow)row).Problems, Is.Empty);

    [TestCaseSource(nameof(Refused))]
    public void Read_WhatTheSchemaRefuses_NamesTheSameField(object row)
    {
        var (_, field, _, _) = (CrdRow)row;

        // The reader looks at the required fields of a parent that is missing.
        Assert.That(Read((CrdRow)row).Problems.Select(p => p.Field), Has.Some.StartsWith(field!));
    }

    [Test]
    public void Placeholders_OfTheSchema_AreThoseOfTheController()
    {
        var names = string.Join('|', Placeholder.Names.Order(StringComparer.Ordinal));
        var forbidden = string.Join('|', Placeholder.Names.Where(n => !Placeholder.IsAllowedInHost(n)).Order(StringComparer.Ordinal));

        foreach (var field in (string[])["spec.envHealthCheckURLTemplate", "spec.envURLTemplate"])
        {
            var rules = CrdFile.Field(field)!["x-kubernetes-validations"]!.AsArray();
            Assert.That(Alternatives(rules[0]!), Is.EqualTo(names), field);
            Assert.That(Alternatives(rules[1]!), Is.EqualTo(forbidden), field);
        }
    }

    // The names between <<( and )>>.
    private static string Alternatives(JsonNode rule)
    {
        var text = (string)rule["rule"]!;
        var start = text.IndexOf("<<(", StringComparison.Ordinal) + 3;
        return string.Join('|', text[start..text.IndexOf(")>>", start, StringComparison.Ordinal)].Split('|').Order(StringComparer.Ordinal));
    }

    private static SpecReading Read(CrdRow row)
    {
        var resource = CrdRows.Resource(row.Change).Deserialize(ResourceJson.Default.PREphemeralEnvController)!;
        return SpecReader.Read(resource with { Metadata = new ObjectMeta { Name = "row", Namespace = "default" } }, Settings);
    }
}
