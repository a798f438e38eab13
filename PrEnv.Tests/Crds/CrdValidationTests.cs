using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Crds;

/// <summary>
/// The schema as an API server understands it. What only a server that knows CEL rules can tell, that they refuse what they should and
/// nothing else, is of the category Modern.
/// </summary>
[Category("Integration")]
public sealed class CrdValidationTests
{
    private const string Accepted = "accepted";

    private CrdServer? _server;

    private CrdServer Server => _server!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        if (CrdServer.Missing() is { } missing)
        {
            await TestContext.Progress.WriteLineAsync($"The schema is not tried on an API server: {missing}.");
            Assert.Ignore(missing);
        }

        // A start builds what is not there yet, or waits for somebody who does.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        _server = await CrdServer.StartAsync(patience.Token);
    }

    [OneTimeTearDown]
    public ValueTask StopServer() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Category("Modern")]
    [TestCaseSource(typeof(CrdRows), nameof(CrdRows.Accepted))]
    public async Task Create_ValidSpec_IsAccepted(object row) =>
        Assert.That(await AnswerAsync(CrdRows.Resource(((CrdRow)row).Change)), Is.EqualTo(Accepted));

    [TestCaseSource(nameof(RefusedBySchema))]
    public async Task Create_InvalidSpec_IsRefusedWithItsFieldAndWhatToDo(object row) => await AssertRefusedAsync((CrdRow)row);

    [Category("Modern")]
    [TestCaseSource(nameof(RefusedByRules))]
    public async Task Create_SpecThatBreaksARule_IsRefusedWithItsFieldAndWhatToDo(object row)
    {
        if (!Server.HasRules)
            Assert.Ignore("This API server knows neither CEL rules nor strict validation.");

        await AssertRefusedAsync((CrdRow)row);
    }

    [Category("Modern")]
    [TestCase("samples/with-healthcheck.yaml")]
    [TestCase("samples/without-healthcheck.yaml")]
    public async Task Create_ManifestOfThePredecessor_IsAcceptedAsItIs(string file) =>
        Assert.That(await AnswerAsync(RepositoryFiles.Yaml(file).Single()), Is.EqualTo(Accepted));

    [Category("Modern")]
    [TestCase("samples/azure/resource.yaml")]
    [TestCase("samples/ingress/resource.yaml")]
    [TestCase("samples/database/resource.yaml")]
    [TestCase("samples/checks/resource.yaml")]
    [TestCase("samples/sleep/resource.yaml")]
    public async Task Create_Sample_IsAccepted(string file) =>
        Assert.That(await AnswerAsync(RepositoryFiles.Yaml(file).Single()), Is.EqualTo(Accepted));

    [Test]
    public async Task Create_NameThatFitsNoLabel_IsRefused()
    {
        var resource = CrdRows.Resource("{}");
        resource["metadata"]!["name"] = new string('a', 64);

        Assert.That(await AnswerAsync(resource), Does.Contain("metadata.name").And.Contain("63"));
    }

    [Test]
    [Category("Modern")]
    public async Task Create_WithEmptyParents_FillsInEveryDefault()
    {
        var created = await CreateAsync(
            "defaults",
            CrdRows.Resource(
                "{healthCheck: {}, pullRequests: {}, waitFor: {}, limits: {}, "
                + "sleep: {values: {a: 0}, awake: {from: '07:00', to: '20:00'}}, "
                + "report: {commitStatus: {}, deployments: {}, comment: {}, commands: {}}}"));

        var defaults = CrdFile.Fields()
            .Where(f => f.Schema["default"] is not null && !f.Path.Contains("SecretRef", StringComparison.Ordinal));
        foreach (var (path, schema) in defaults)
        {
            var value = path.Split('.').Aggregate((JsonNode?)created, (node, name) => node?[name]);
            Assert.That(value?.ToJsonString(), Is.EqualTo(schema["default"]!.ToJsonString()), path);
        }
    }

    // A field that the schema lacks would be dropped without a word, and the same status be written over and over.
    [Test]
    [Category("Modern")]
    public async Task PatchStatus_WithEveryFieldOfTheModel_KeepsThemAll()
    {
        await CreateAsync("status", CrdRows.Resource("{}"));
        var status = JsonSerializer.SerializeToNode(FullStatus(), ResourceJson.Default.PREphemeralEnvControllerStatus)!;

        var patched = await Server.Client.CustomObjects.PatchNamespacedCustomObjectStatusAsync<JsonObject>(
            new V1Patch(new JsonObject { ["status"] = status.DeepClone() }.ToJsonString(), V1Patch.PatchType.MergePatch),
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, CrdServer.Namespace, PREphemeralEnvController.Plural,
            "status");

        Assert.That(JsonNode.DeepEquals(patched["status"], status), patched["status"]!.ToJsonString());
    }

    private static IEnumerable<CrdRow> RefusedBySchema() => CrdRows.Refused().Where(row => !row.NeedsRules);

    private static IEnumerable<CrdRow> RefusedByRules() => CrdRows.Refused().Where(row => row.NeedsRules);

    private static PREphemeralEnvControllerStatus FullStatus()
    {
        var time = new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);
        return new PREphemeralEnvControllerStatus
        {
            ObservedGeneration = 3,
            Conditions =
            [
                new Condition
                {
                    Type =
                        "Ready", Status = "False", Reason = "PRFetchFailed", Message = "Why.", ObservedGeneration = 3,
                        LastTransitionTime = time,
                },
            ],
            Message = "PRFetchFailed",
            LastHandledReconcileAt = "now",
            OpenPullRequests = 2,
            EnvironmentsReady = 1,
            EnvironmentsTotal = 1,
            Environments =
            [
                new EnvironmentStatus
                {
                    PrNumber = 22, HeadSha = new string('a', 64), Phase = EnvironmentPhase.Deploying, Reason = "Applying", Message = "Why.",
                    HelmRelease = "pr-helm-releases/relpr-22", Url = "https://pr-22.example.com", Since = time, ExpiresAt = time,
                },
            ],
        };
    }

    private async Task AssertRefusedAsync(CrdRow row) =>
        Assert.That(await AnswerAsync(CrdRows.Resource(row.Change)), Does.Contain(row.Field!).And.Contain(row.Message!));

    private Task<JsonObject> CreateAsync(string name, JsonObject resource)
    {
        resource["metadata"]!["name"] = name;
        return CreateAsync(resource, dryRun: null);
    }

    private Task<JsonObject> CreateAsync(JsonObject resource, string? dryRun) =>
        Server.Client.CustomObjects.CreateNamespacedCustomObjectAsync<JsonObject>(
            resource, PREphemeralEnvController.Group, PREphemeralEnvController.Version, CrdServer.Namespace,
            PREphemeralEnvController.Plural,
            dryRun, fieldValidation: "Strict");

    private async Task<string> AnswerAsync(JsonObject resource)
    {
        try
        {
            await CreateAsync(resource, "All");
            return Accepted;
        }
        catch (HttpOperationException e)
        {
            return (string)JsonNode.Parse(e.Response.Content)!["message"]!;
        }
    }
}
