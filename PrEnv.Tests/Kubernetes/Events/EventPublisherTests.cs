using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Kubernetes.Events;

[TestFixture]
internal sealed class EventPublisherTests
{
    private const string Collection = "/apis/events.k8s.io/v1/namespaces/envs/events";

    private static readonly PlannedEvent Ready = PlannedEvent.Normal(Reasons.EnvReady, "Probe", "Environment is ready for PR 22", 22);

    private FakeTimeProvider _time = null!;
    private RecordingLogger<EventPublisher> _log = null!;

    [SetUp]
    public void StartAnew()
    {
        _time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        _log = new RecordingLogger<EventPublisher>();
    }

    [Test]
    public async Task Publish_First_CreatesAnEventOnTheResource()
    {
        var requests = await PublishAsync(new(), Ready);

        var seen = requests.Single();
        Assert.That((seen.Method, seen.Path), Is.EqualTo(("POST", Collection)));
        var body = JsonNode.Parse(seen.Body)!.AsObject();
        var name = body["metadata"]!["name"]!.GetValue<string>();
        Assert.That(name, Does.Match("^owner\\.[0-9a-f]{16}$"));
        body["metadata"]!["name"] = "";
        body["reportingInstance"] = "";
        Assert.That(JsonNode.DeepEquals(body, JsonNode.Parse("""
            {
              "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "", "namespace": "envs"},
              "eventTime": "2026-01-02T03:04:05.678000Z", "type": "Normal", "reason": "EnvReady", "action": "Probe",
              "note": "Environment is ready for PR 22", "reportingController": "prenv-controller", "reportingInstance": "",
              "regarding": {
                "apiVersion": "prcontroller.controllers.ephemeralenv.io/v1alpha1", "kind": "PREphemeralEnvController",
                "namespace": "envs", "name": "owner", "uid": "owner-1", "resourceVersion": "5"
              }
            }
            """)), Is.True, seen.Body);
    }

    [Test]
    public async Task Publish_SameCauseAgain_CountsOnInOneSeries()
    {
        var requests = await PublishAsync(new(), Ready, Ready, Ready);

        Assert.That(requests.Verbs(), Is.EqualTo("POST PATCH PATCH"));
        var name = JsonNode.Parse(requests[0].Body)!["metadata"]!["name"]!.GetValue<string>();
        Assert.Multiple(() =>
        {
            Assert.That(requests[1].Path, Is.EqualTo($"{Collection}/{name}"));
            Assert.That(requests[1].ContentType, Is.EqualTo("application/merge-patch+json"));
            Assert.That(requests[1].Body, Is.EqualTo("""{"series":{"count":2,"lastObservedTime":"2026-01-02T03:04:05.678000Z"}}"""));
            Assert.That(requests[2].Body, Does.Contain("\"count\":3"));
        });
    }

    [Test]
    public async Task Publish_OtherSubjectReasonOrNote_IsAnEventOfItsOwn()
    {
        var requests = await PublishAsync(
            new(), Ready, Ready with { Subject = 23 }, Ready with { Reason = Reasons.EnvFailed }, Ready with { Note = "other" });

        Assert.That(requests.Select(r => r.Method), Is.All.EqualTo("POST"));
        Assert.That(requests.Select(r => JsonNode.Parse(r.Body)!["metadata"]!["name"]!.GetValue<string>()), Is.Unique);
    }

    [Test]
    public async Task Publish_AfterTheWindow_IsANewEvent()
    {
        var requests = await PublishAsync(new() { BeforeEach = () => _time.Advance(EventPublisher.SeriesWindow) }, Ready, Ready);

        Assert.That(requests.Verbs(), Is.EqualTo("POST POST"));
    }

    [Test]
    public async Task Publish_FirstEventIsGone_MakesANewOne()
    {
        var requests = await PublishAsync(new() { PatchCode = 404 }, Ready, Ready);

        Assert.That(requests.Verbs(), Is.EqualTo("POST PATCH POST"));
    }

    [Test]
    public async Task Publish_ServerRefuses_LogsAndDoesNotThrow()
    {
        await PublishAsync(new() { PostCode = 500 }, Ready);

        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Warning));
    }

    [TestCase(404, "NotFound", "{}")]
    [TestCase(403, "Forbidden", """{"causes":[{"reason":"NamespaceTerminating"}]}""")]
    public async Task Publish_NamespaceIsGoing_IsNoMatterForTheLog(int code, string reason, string details)
    {
        await PublishAsync(new() { PostCode = code, PostBody = Samples.Failure(code, reason, details: details) }, Ready);

        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Debug));
    }

    [Test]
    public async Task Publish_MayNotWriteEvents_IsLoggedAsAWarning()
    {
        await PublishAsync(new() { PostCode = 403, PostBody = Samples.Failure(403, "Forbidden") }, Ready);

        Assert.That(_log.Entries.Single().Level, Is.EqualTo(LogLevel.Warning));
    }

    [Test]
    public async Task Publish_Cancelled_DoesNotThrow()
    {
        await using var server = await FakeApiServer.StartAsync((200, "{}"));
        using var client = server.Client(_time);

        var publishing = new EventPublisher(client, _time, _log).PublishAsync(
            Samples.Resource(), Ready, new CancellationToken(canceled: true));

        Assert.That(async () => await publishing.Soon(), Throws.Nothing);
    }

    [Test]
    public async Task Publish_LongResourceName_StillMakesAValidName()
    {
        var resource = Samples.Resource();
        resource = resource with { Metadata = resource.Metadata with { Name = new string('a', 235) + "-" + new string('b', 17) } };
        await using var server = await FakeApiServer.StartAsync((201, "{}"));
        using var client = server.Client(_time);

        await new EventPublisher(client, _time, _log).PublishAsync(resource, Ready, CancellationToken.None);

        var name = JsonNode.Parse(server.Requests.Single().Body)!["metadata"]!["name"]!.GetValue<string>();
        Assert.That(name, Has.Length.LessThanOrEqualTo(253).And.Matches("^a+\\.[0-9a-f]{16}$"));
    }

    private async Task<SeenRequest[]> PublishAsync(Answers answers, params PlannedEvent[] events)
    {
        await using var server = await FakeApiServer.StartAsync((context, seen) =>
        {
            context.Response.StatusCode = seen.Method == HttpMethods.Post ? answers.PostCode : answers.PatchCode;
            return context.Response.WriteAsync(seen.Method == HttpMethods.Post ? answers.PostBody : "{}");
        });
        using var client = server.Client(_time);
        var publisher = new EventPublisher(client, _time, _log);
        foreach (var @event in events)
        {
            answers.BeforeEach();
            await publisher.PublishAsync(Samples.Resource(), @event, CancellationToken.None).Soon();
        }

        return [.. server.Requests];
    }

    private sealed record Answers
    {
        public int PostCode { get; init; } = (int)HttpStatusCode.Created;

        public string PostBody { get; init; } = "{}";

        public int PatchCode { get; init; } = (int)HttpStatusCode.OK;

        public Action BeforeEach { get; init; } = () => { };
    }
}
