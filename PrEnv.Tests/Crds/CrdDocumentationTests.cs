using System.Text.Json.Nodes;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Crds;

/// <summary>What <c>kubectl explain</c> prints, what an API server may be handed, and what is meant when a field is absent.</summary>
public sealed class CrdDocumentationTests
{
    private static readonly Dictionary<string, JsonNode> Defaults = new(StringComparer.Ordinal)
    {
        ["spec.envCreationHelmRepo.chartVersion"] = SpecDefaults.ChartVersion,
        ["spec.envCreationHelmRepo.destinationNamespace"] = SpecDefaults.DestinationNamespace,
        ["spec.envCreationHelmRepo.fluxSourceKind"] = SpecDefaults.SourceKind,
        ["spec.envCreationHelmRepo.fluxSourceNamespace"] = SpecDefaults.FluxSourceNamespace,
        ["spec.githubPRRepository.tokenSecretRef.key"] = SpecDefaults.TokenKey,
        ["spec.githubPRRepository.webhookSecretRef.key"] = SpecDefaults.TokenKey,
        ["spec.interval"] = SpecDefaults.Interval,
        ["spec.healthCheck.caSecretRef.key"] = SpecDefaults.CaKey,
        ["spec.healthCheck.timeout"] = SpecDefaults.HealthCheckTimeout,
        ["spec.healthCheck.requestTimeout"] = SpecDefaults.RequestTimeout,
        ["spec.healthCheck.expectedStatusCodes"] = new JsonArray(SpecDefaults.ExpectedStatusCode),
        ["spec.waitFor.timeout"] = SpecDefaults.ChecksTimeout,
        ["spec.readyWhen"] = SpecDefaults.ReadyWhen,
        ["spec.pullRequests.forks"] = SpecDefaults.Forks,
        ["spec.pullRequests.drafts"] = SpecDefaults.Drafts,
        ["spec.limits.maxEnvironments"] = 0,
        ["spec.sleep.awake.timeZone"] = SpecDefaults.TimeZone,
        ["spec.deletionPolicy"] = SpecDefaults.DeletionPolicy,
        ["spec.report.commitStatus.enabled"] = true,
        ["spec.report.commitStatus.skipped"] = SpecDefaults.SkippedStatus,
        ["spec.report.commitStatus.mergeQueue"] = true,
        ["spec.report.deployments.enabled"] = false,
        ["spec.report.deployments.cleanup"] = SpecDefaults.DeploymentCleanup,
        ["spec.report.comment.enabled"] = false,
        ["spec.report.commands.enabled"] = false,
        ["spec.suspend"] = false,
    };

    [Test]
    public void Defaults_OfTheSchema_AreThoseOfTheController()
    {
        var schema = CrdFile.Fields().Where(f => f.Schema.ContainsKey("default"))
            .Select(f => $"{f.Path} = {f.Schema["default"]!.ToJsonString()}");

        Assert.That(schema, Is.EquivalentTo(Defaults.Select(d => $"{d.Key} = {d.Value.ToJsonString()}")));
    }

    // The API server writes defaults into a parent that is there, and never makes the parent: one of an object would be stored for ever.
    [Test]
    public void Defaults_OfTheSchema_AreNeverObjects() =>
        Assert.That(CrdFile.Fields().Where(f => f.Schema["default"] is JsonObject).Select(f => f.Path), Is.Empty);

    [Test]
    public void Descriptions_OfFieldsWithADefault_NameIt() =>
        Assert.That(
            CrdFile.Fields()
                .Where(
                    f => f.Schema["default"] is { } value
                    && !Description(f.Schema).Contains($"Default: {Plain(value)}", StringComparison.Ordinal))
                .Select(f => f.Path),
            Is.Empty);

    [Test]
    public void Descriptions_AreThereForEveryField() =>
        Assert.That(CrdFile.Fields().Where(f => Description(f.Schema).Length < 15).Select(f => f.Path), Is.Empty);

    [Test]
    public void Descriptions_OfRequiredFields_SaySo()
    {
        var required = CrdFile.Fields()
            .Where(f => f.Path.StartsWith("spec.", StringComparison.Ordinal) && f.Schema["required"] is not null)
            .SelectMany(f => f.Schema["required"]!.AsArray().Select(name => $"{f.Path}.{name}"));

        Assert.That(required.Where(path => !Description(CrdFile.Field(path)!).Contains("Required.", StringComparison.Ordinal)), Is.Empty);
    }

    // CEL's cost is estimated from bounds, and what has none is a way to fill etcd.
    [TestCase("string", "maxLength")]
    [TestCase("array", "maxItems")]
    [TestCase("integer", "minimum")]
    public void Bounds_AreThereForEveryField(string type, string bound) =>
        Assert.That(
            CrdFile.Fields().Where(f => (string?)f.Schema["type"] == type && !f.Schema.ContainsKey(bound)).Select(f => f.Path), Is.Empty);

    [Test]
    public void Rules_AllHaveAMessage() =>
        Assert.That(
            CrdFile.Fields()
                .SelectMany(
                    f => (f.Schema["x-kubernetes-validations"]?.AsArray() ?? []).Where(r => r!["message"] is null).Select(_ => f.Path)),
            Is.Empty);

    private static string Description(JsonObject schema) => (string?)schema["description"] ?? "";

    private static string Plain(JsonNode value) => value is JsonValue ? value.ToString() : value.ToJsonString();
}
