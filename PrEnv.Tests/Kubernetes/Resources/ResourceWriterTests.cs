using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Kubernetes.Resources;

[TestFixture]
internal sealed class ResourceWriterTests
{
    private const string Path = "/apis/prcontroller.controllers.ephemeralenv.io/v1alpha1/namespaces/envs/prephemeralenvcontrollers/owner";
    private const string Ours = PREphemeralEnvController.Finalizer;

    [Test]
    public async Task SetFinalizer_Missing_AddsItToTheOthersOfThatVersion()
    {
        var (_, requests) = await RunAsync(
            w => w.SetFinalizerAsync(Samples.Resource(finalizers: ["a/b"]), true, CancellationToken.None), (200, Answer()));

        var seen = requests.Single();
        Assert.That((seen.Method, seen.Path, seen.ContentType), Is.EqualTo(("PATCH", Path, "application/merge-patch+json")));
        Assert.That(seen.Body, Is.EqualTo($$$"""{"metadata":{"resourceVersion":"5","finalizers":["a/b","{{{Ours}}}"]}}"""));
    }

    [Test]
    public async Task SetFinalizer_ToRemove_LeavesTheOthers()
    {
        var (left, requests) = await RunAsync(
            w => w.SetFinalizerAsync(Samples.Resource(finalizers: [Ours, "a/b"]), false, CancellationToken.None),
            (200, Answer(""","deletionTimestamp":"2026-01-01T00:00:00Z","finalizers":["a/b"]""")));

        Assert.That(requests.Single().Body, Does.Contain("""{"resourceVersion":"5","finalizers":["a/b"]}"""));
        Assert.That(left, Is.Not.Null);
    }

    [Test]
    public async Task SetFinalizer_LastOneOfADeletedResource_LeavesNothing()
    {
        var (left, _) = await RunAsync(
            w => w.SetFinalizerAsync(Samples.Resource(finalizers: [Ours]), false, CancellationToken.None),
            (200, Answer(""","deletionTimestamp":"2026-01-01T00:00:00Z" """)));

        Assert.That(left, Is.Null);
    }

    [Test]
    public async Task SetFinalizer_NothingToChange_AsksNothing([Values] bool present)
    {
        var resource = Samples.Resource(finalizers: present ? [Ours] : []);

        var (left, requests) = await RunAsync(w => w.SetFinalizerAsync(resource, present, CancellationToken.None));

        Assert.That(left, Is.SameAs(resource));
        Assert.That(requests, Is.Empty);
    }

    [Test]
    public async Task SetFinalizer_Gone_IsNull()
    {
        var (left, _) = await RunAsync(w => w.SetFinalizerAsync(Samples.Resource(), true, CancellationToken.None), (404, ""));

        Assert.That(left, Is.Null);
    }

    [Test]
    public void SetFinalizer_ChangedMeanwhile_Throws()
    {
        Assert.That(
            async () => await RunAsync(w => w.SetFinalizerAsync(Samples.Resource(), true, CancellationToken.None), (409, "")),
            Throws.InstanceOf<ApiStatusException>().With.Property(nameof(ApiStatusException.Status))
            .Property(nameof(ApiStatus.IsConflict)).True);
    }

    [Test]
    public async Task PatchStatus_OfThatResource_ReplacesTheStatusAndNothingElse()
    {
        var status = new PREphemeralEnvControllerStatus { ObservedGeneration = 2, Message = "Ready" };

        var (left, requests) = await RunAsync(w => w.PatchStatusAsync(Samples.Resource(), status, CancellationToken.None), (200, Answer()));

        Assert.That(left, Is.Not.Null);
        var seen = requests.Single();
        Assert.That((seen.Method, seen.Path, seen.ContentType), Is.EqualTo(("PATCH", Path + "/status", "application/json-patch+json")));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(seen.Body), JsonNode.Parse("""
            [
              {"op": "test", "path": "/metadata/uid", "value": "owner-1"},
              {"op": "add", "path": "/status", "value": {"observedGeneration": 2, "message": "Ready"}}
            ]
            """)), Is.True, seen.Body);
    }

    [Test]
    public async Task PatchStatus_Gone_IsNull()
    {
        Assert.That((await PatchStatusAsync((404, ""))).Left, Is.Null);
    }

    [Test]
    public async Task PatchStatus_AnotherResourceBearsTheName_IsNull()
    {
        Assert.That((await PatchStatusAsync((422, ""), (200, Answer(uid: "owner-2")))).Left, Is.Null);
    }

    [Test]
    public void PatchStatus_SchemaRefuses_Throws()
    {
        Assert.That(
            async () => await PatchStatusAsync((422, Samples.Failure(422, "Invalid")), (200, Answer())),
            Throws.InstanceOf<ApiStatusException>().With.Property(nameof(ApiStatusException.Status)).Property(nameof(ApiStatus.Code))
            .EqualTo(422));
    }

    private static Task<(PREphemeralEnvController? Left, SeenRequest[] Requests)> PatchStatusAsync(
        params (int Code, string Body)[] answers) =>
        RunAsync(w => w.PatchStatusAsync(Samples.Resource(), new PREphemeralEnvControllerStatus(), CancellationToken.None), answers);

    private static string Answer(string metadata = "", string uid = Samples.OwnerUid) =>
        $$$"""{"metadata":{"namespace":"envs","name":"owner","uid":"{{{uid}}}","resourceVersion":"6"{{{metadata}}}}}""";

    private static async Task<(PREphemeralEnvController? Left, SeenRequest[] Requests)> RunAsync(
        Func<ResourceWriter, Task<PREphemeralEnvController?>> act, params (int Code, string Body)[] answers)
    {
        await using var server = await FakeApiServer.StartAsync(answers);
        using var client = server.Client();
        var left = await act(new ResourceWriter(client));
        return (left, [.. server.Requests]);
    }
}
