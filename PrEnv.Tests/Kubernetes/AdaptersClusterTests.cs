using k8s;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Kubernetes;

[TestFixture]
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class AdaptersClusterTests
{
    private RecordingLogger<EventPublisher> _log = null!;
    private ClusterClient _client = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _log = new RecordingLogger<EventPublisher>();
        _client = await ClusterClient.ConnectAsync(CancellationToken.None);
    }

    [TearDown]
    public void Disconnect() => _client.Dispose();

    [Test]
    public async Task SetFinalizer_OnAndOff_ChangesTheResource(CancellationToken ct)
    {
        var writer = new ResourceWriter(_client.Raw);
        var resource = await _client.CreateResourceAsync(ct);

        var kept = await writer.SetFinalizerAsync(resource, present: true, ct);
        Assert.That(kept!.Metadata.Finalizers, Has.Exactly(1).EqualTo(PREphemeralEnvController.Finalizer));

        var freed = await writer.SetFinalizerAsync(kept, present: false, ct);
        Assert.That(freed!.Metadata.Finalizers, Is.Null.Or.Empty);
    }

    [Test]
    public async Task SetFinalizer_OfAnOldVersion_IsAConflict(CancellationToken ct)
    {
        var writer = new ResourceWriter(_client.Raw);
        var resource = await _client.CreateResourceAsync(ct);
        await writer.PatchStatusAsync(resource, new PREphemeralEnvControllerStatus { Message = "Starting" }, ct);

        Assert.That(
            async () => await writer.SetFinalizerAsync(resource, present: true, ct),
            Throws.InstanceOf<ApiStatusException>().With.Matches<ApiStatusException>(e => e!.Status.IsConflict));
    }

    [Test]
    public async Task SetFinalizer_LastOneOfADeletedResource_LetsItGo(CancellationToken ct)
    {
        var writer = new ResourceWriter(_client.Raw);
        await writer.SetFinalizerAsync(await _client.CreateResourceAsync(ct), present: true, ct);
        await _client.Cluster.Client.CustomObjects.DeleteNamespacedCustomObjectAsync(
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, _client.Namespace, PREphemeralEnvController.Plural, "owner",
            cancellationToken: ct);
        var deleted = await _client.FindResourceAsync(ct);
        Assert.That(deleted?.Metadata.DeletionTimestamp, Is.Not.Null);

        Assert.That(await writer.SetFinalizerAsync(deleted!, present: false, ct), Is.Null);

        Assert.That(await _client.FindResourceAsync(ct), Is.Null);
    }

    [Test]
    public async Task PatchStatus_LessThanBefore_LeavesNothingOfTheOldOne(CancellationToken ct)
    {
        var writer = new ResourceWriter(_client.Raw);
        var resource = await _client.CreateResourceAsync(ct);
        await writer.PatchStatusAsync(
            resource,
            new PREphemeralEnvControllerStatus
            {
                ObservedGeneration = 1,
                LastHandledReconcileAt = "then",
                OpenPullRequests = 3,
                Environments = [new EnvironmentStatus { PrNumber = 22, Phase = EnvironmentPhase.Ready, Reason = "Ready" }],
            },
            ct);

        await writer.PatchStatusAsync(resource, new PREphemeralEnvControllerStatus { ObservedGeneration = 2, Message = "Ready" }, ct);

        var now = await _client.FindResourceAsync(ct);
        Assert.That(now!.Status, Is.EqualTo(new PREphemeralEnvControllerStatus { ObservedGeneration = 2, Message = "Ready" }));
        Assert.That(now.Metadata.Generation, Is.EqualTo(1), "the spec is not touched");
    }

    [Test]
    public async Task PatchStatus_OfAPredecessorOfThatName_LeavesTheNewOneAlone(CancellationToken ct)
    {
        var resource = await _client.CreateResourceAsync(ct);
        var predecessor = resource with { Metadata = resource.Metadata with { Uid = Guid.Empty.ToString() } };

        var left = await new ResourceWriter(_client.Raw).PatchStatusAsync(
            predecessor, new PREphemeralEnvControllerStatus { Message = "Ready" }, ct);

        Assert.That(left, Is.Null);
        Assert.That((await _client.FindResourceAsync(ct))!.Metadata.ResourceVersion, Is.EqualTo(resource.Metadata.ResourceVersion));
    }

    // kubectl describe asks for the events of an object in the same way.
    [Test]
    public async Task Publish_Twice_ShowsOneEventOfTheResourceThatIsASeries(CancellationToken ct)
    {
        var resource = await _client.CreateResourceAsync(ct);
        var publisher = new EventPublisher(_client.Raw, TimeProvider.System, _log);
        var planned = PlannedEvent.Warning(
            Reasons.EnvFailed, "Deploy", "Environment for PR 22 failed: \u001b[31m" + new string('x', 2000), 22);

        await publisher.PublishAsync(resource, planned, ct);
        await publisher.PublishAsync(resource, planned, ct);

        Assert.That(_log.Entries, Is.Empty);
        var selector =
            $"involvedObject.kind={PREphemeralEnvController.Kind},involvedObject.name=owner,involvedObject.uid={resource.Metadata.Uid}";
        var shown = await _client.Cluster.Client.CoreV1.ListNamespacedEventAsync(
            _client.Namespace, fieldSelector: selector, cancellationToken: ct);
        var @event = shown.Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That((@event.Type, @event.Reason, @event.Action), Is.EqualTo(("Warning", "EnvFailed", "Deploy")));
            Assert.That(@event.Message, Does.StartWith("Environment for PR 22 failed: [31mx").And.EndsWith("x…"));
            Assert.That(@event.ReportingComponent, Is.EqualTo(OwnerLabels.Manager));
            Assert.That(@event.Series.Count, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Publish_NamespaceIsNotThere_IsNoWarning(CancellationToken ct)
    {
        var planned = PlannedEvent.Normal(Reasons.EnvReady, "Probe", "Ready");

        await new EventPublisher(_client.Raw, new FakeTimeProvider(DateTimeOffset.UnixEpoch), _log).PublishAsync(
            new PREphemeralEnvController { Metadata = new ObjectMeta { Namespace = "not-there", Name = "owner", Uid = "u" } }, planned, ct);

        Assert.That(_log.Entries.Single().Level, Is.EqualTo(Microsoft.Extensions.Logging.LogLevel.Debug));
    }

    [Test]
    public async Task Read_Secret_GivesTheValueOrWhatToDo(CancellationToken ct)
    {
        await _client.Cluster.ApplyAsync(
            $$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: github, namespace: {{_client.Namespace}}}
            stringData: {token: "abc\n", empty: ""}
            """,
            ct);
        var reader = new SecretReader(_client.Raw);

        Assert.That((await reader.ReadAsync(_client.Namespace, "github", "token", ct)).Value, Is.EqualTo("abc"));
        Assert.That((await reader.ReadAsync(_client.Namespace, "github", "empty", ct)).Problem, Does.Contain("is empty"));
        Assert.That((await reader.ReadAsync(_client.Namespace, "github", "other", ct)).Problem, Does.Contain("has no key \"other\""));
        Assert.That((await reader.ReadAsync(_client.Namespace, "other", "token", ct)).Problem, Does.Contain("does not exist"));
    }
}
