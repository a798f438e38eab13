using System.Text.Json.Nodes;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Kubernetes.Releases;

[TestFixture]
internal sealed class ReleaseChangeTests
{
    private static readonly ResourceKey Key = new("envs", "relpr-22");
    private static readonly ReportedStatus Reported = new(new CommitStatus("0123", "ci/env", CommitState.Success, "Done", null), 3);

    private static readonly (int Code, string Body) Ok = (200, Samples.Release());
    private static readonly (int Code, string Body) Missing = (404, Samples.Failure(404, "NotFound"));
    private static readonly (int Code, string Body) WrongUid = (422, Samples.Failure(422, "Invalid", "metadata.uid: field is immutable"));
    private static readonly (int Code, string Body) Changed = (409, Samples.Failure(409, "Conflict"));
    private static readonly (int Code, string Body) Other = (200, Samples.Release(uid: "uid-2"));

    [Test]
    public async Task Apply_Existing_ChangesThatObjectByForce()
    {
        var (result, requests) = await RunAsync(a => a.ApplyAsync(Samples.Desired(), "uid-1", CancellationToken.None), Ok);

        Assert.That(result.Object?.Metadata.Name, Is.EqualTo("relpr-22"));
        var metadata = JsonNode.Parse(requests.Single().Body)!["metadata"]!;
        Assert.That(metadata["uid"]!.GetValue<string>(), Is.EqualTo("uid-1"));
        Assert.That(metadata["resourceVersion"], Is.Null);
        Assert.That(requests.Single().Query["force"], Is.EqualTo("true"));
    }

    [Test]
    public async Task Apply_AnotherObjectBearsTheName_IsAConflict()
    {
        var (result, _) = await RunAsync(a => a.ApplyAsync(Samples.Desired(), "uid-1", CancellationToken.None), WrongUid, Other);

        Assert.That(result.Failure, Has.Property("IsConflict").True.And.Property("Reason").EqualTo("UidMismatch"));
    }

    [Test]
    public async Task Apply_SchemaRefuses_IsThatRefusal()
    {
        var invalid = (422, Samples.Failure(422, "Invalid", "spec.interval: wrong"));

        var (result, _) = await RunAsync(a => a.ApplyAsync(Samples.Desired(), "uid-1", CancellationToken.None), invalid, Ok);

        Assert.That(result.Failure, Has.Property("Code").EqualTo(422).And.Property("Message").EqualTo("spec.interval: wrong"));
    }

    [Test]
    public async Task Delete_Existing_NamesTheUidAndLeavesDependentsToTheBackground()
    {
        var (result, requests) = await RunAsync(Delete(unsuspend: false), Ok);

        Assert.That(result, Is.EqualTo(default(ApplyResult)));
        Assert.That(requests.Single().Method, Is.EqualTo("DELETE"));
        Assert.That(requests.Single().Body, Is.EqualTo(
            """{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Background","preconditions":{"uid":"uid-1","resourceVersion":"7"}}"""));
    }

    [Test]
    public async Task Delete_OfAnyVersion_NamesTheUidAlone()
    {
        var (_, requests) = await RunAsync(a => a.DeleteAsync(Key, "uid-1", "", unsuspend: false, CancellationToken.None), Ok);

        Assert.That(JsonNode.Parse(requests.Single().Body)!["preconditions"]!.ToJsonString(), Is.EqualTo("""{"uid":"uid-1"}"""));
    }

    [Test]
    public async Task Delete_SuspendedSinceItWasSeen_IsReadResumedAndDeleted()
    {
        var suspended = (200, Samples.Release(version: "8", more: ""","spec":{"suspend":true}"""));

        var (result, requests) = await RunAsync(
            Delete(unsuspend: false), Changed, suspended, (200, Samples.Release(version: "9")), Ok);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(requests.Verbs(), Is.EqualTo("DELETE GET PATCH DELETE"));
        Assert.That(VersionIn(requests[^1]), Is.EqualTo("9"));
    }

    [Test]
    public async Task Delete_ChangedSinceItWasSeen_IsDeletedAsItIsNow()
    {
        var (result, requests) = await RunAsync(Delete(unsuspend: false), Changed, (200, Samples.Release(version: "8")), Ok);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(requests.Verbs(), Is.EqualTo("DELETE GET DELETE"));
        Assert.That(VersionIn(requests[^1]), Is.EqualTo("8"));
    }

    [Test]
    public async Task Delete_SuspendedAgainWhileItWasResumed_IsResumedOnceMore()
    {
        var suspended = (200, Samples.Release(version: "9", more: ""","spec":{"suspend":true}"""));

        var (result, requests) = await RunAsync(
            Delete(unsuspend: true), (200, Samples.Release(version: "8")), Changed, suspended, (200, Samples.Release(version: "10")), Ok);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(requests.Verbs(), Is.EqualTo("PATCH DELETE GET PATCH DELETE"));
    }

    [Test]
    public async Task Delete_ChangesEachTime_FailsAfterAFewTries()
    {
        var (result, requests) = await RunAsync(
            Delete(unsuspend: false), Changed, (200, Samples.Release(version: "8")), Changed, (200, Samples.Release(version: "9")), Changed,
            (200, Samples.Release(version: "10")));

        Assert.That(result.Failure?.IsConflict, Is.True);
        Assert.That(requests.Verbs(), Is.EqualTo("DELETE GET DELETE GET DELETE GET"));
    }

    [Test]
    public async Task Delete_CannotBeReadAfterAConflict_Fails()
    {
        var (result, _) = await RunAsync(Delete(unsuspend: false), Changed, (503, ""));

        Assert.That(result.Failure?.IsConflict, Is.True);
    }

    [Test]
    public async Task Delete_Suspended_ResumesItFirst()
    {
        var (result, requests) = await RunAsync(Delete(unsuspend: true), Ok, Ok);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(requests.Verbs(), Is.EqualTo("PATCH DELETE"));
        Assert.That(requests[0].ContentType, Is.EqualTo("application/merge-patch+json"));
        Assert.That(requests[0].Body, Is.EqualTo(
            """{"metadata":{"namespace":"envs","name":"relpr-22","uid":"uid-1"},"spec":{"suspend":false}}"""));
    }

    [Test]
    public async Task Delete_CannotBeResumed_IsNotDeletedForNothingWouldBeUninstalled()
    {
        var (result, requests) = await RunAsync(Delete(unsuspend: true), (403, Samples.Failure(403, "Forbidden")));

        Assert.That(result.Failure?.Code, Is.EqualTo(403));
        Assert.That(requests.Verbs(), Is.EqualTo("PATCH"));
    }

    [Test]
    public async Task Delete_Gone_Succeeds([Values] bool unsuspend)
    {
        var (result, _) = await RunAsync(Delete(unsuspend), Missing);

        Assert.That(result.Succeeded, Is.True);
    }

    [Test]
    public async Task Delete_AnotherObjectBearsTheName_SucceedsAndLeavesThatAlone([Values] bool unsuspend)
    {
        var refusal = unsuspend ? WrongUid : (409, Samples.Failure(409, "Conflict"));

        var (result, requests) = await RunAsync(Delete(unsuspend), refusal, Other);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(requests[^1].Method, Is.EqualTo("GET"));
    }

    [Test]
    public async Task Delete_ConflictThoughItIsThere_Fails()
    {
        var (result, _) = await RunAsync(Delete(unsuspend: false), (409, Samples.Failure(409, "Conflict")), Ok);

        Assert.That(result.Failure?.IsConflict, Is.True);
    }

    [Test]
    public async Task Disown_Existing_TakesTheOwnerLabelsOffAndNothingElse()
    {
        var (result, requests) = await RunAsync(a => a.OrphanAsync(Key, "uid-1", CancellationToken.None), Ok);

        Assert.That(result.Succeeded, Is.True);
        var body = JsonNode.Parse(requests.Single().Body)!.AsObject();
        Assert.That(body.Select(p => p.Key), Has.Exactly(1).EqualTo("metadata"));
        Assert.That(body["metadata"]!["uid"]!.GetValue<string>(), Is.EqualTo("uid-1"));
        Assert.That(
            body["metadata"]!["labels"]!.AsObject().Select(p => (p.Key, p.Value)),
            Is.EquivalentTo(new[] { OwnerLabels.ManagedBy, OwnerLabels.Name, OwnerLabels.Namespace, OwnerLabels.Uid, OwnerLabels.PrNumber }
                .Select(label => (label, (JsonNode?)null))));
    }

    [Test]
    public async Task Disown_Gone_Succeeds()
    {
        Assert.That((await RunAsync(a => a.OrphanAsync(Key, "uid-1", CancellationToken.None), Missing)).Result.Succeeded, Is.True);
        Assert.That((await RunAsync(a => a.OrphanAsync(Key, "uid-1", CancellationToken.None), WrongUid, Other)).Result.Succeeded, Is.True);
    }

    [Test]
    public async Task RecordReport_Existing_AppliesTheAnnotationByItsOwnManager()
    {
        var (result, requests) = await RunAsync(
            a => a.NoteAsync(Key, "uid-1", OwnerLabels.ReportedAnnotation, Reported.ToJson(), CancellationToken.None), Ok);

        Assert.That(result.Succeeded, Is.True);
        var seen = requests.Single();
        var body = JsonNode.Parse(seen.Body)!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(seen.Query["fieldManager"], Is.EqualTo("prenv-controller-report"));
            Assert.That(body.ContainsKey("spec"), Is.False);
            Assert.That(body["metadata"]!["uid"]!.GetValue<string>(), Is.EqualTo("uid-1"));
            Assert.That(
                body["metadata"]!["annotations"]!.ToJsonString(),
                Is.EqualTo(new JsonObject { [OwnerLabels.ReportedAnnotation] = Reported.ToJson() }.ToJsonString()));
        });
    }

    [Test]
    public async Task RecordReport_Gone_IsAConflict()
    {
        var (result, _) = await RunAsync(
            a => a.NoteAsync(Key, "uid-1", OwnerLabels.ReportedAnnotation, Reported.ToJson(), CancellationToken.None),
            (409, Samples.Failure(409, "Conflict")), Missing);

        Assert.That(result.Failure?.IsConflict, Is.True);
    }

    [Test]
    public async Task Writes_ServerFails_AreResultsAndNoExceptions()
    {
        var (result, _) = await RunAsync(a => a.ApplyAsync(Samples.Desired(), "uid-1", CancellationToken.None), (503, ""));

        Assert.That(result.Failure?.Code, Is.EqualTo(503));
    }

    private static Func<ReleaseApplier, Task<ApplyResult>> Delete(bool unsuspend) =>
        applier => applier.DeleteAsync(Key, "uid-1", "7", unsuspend, CancellationToken.None);

    private static string? VersionIn(SeenRequest request) =>
        JsonNode.Parse(request.Body)!["preconditions"]!["resourceVersion"]?.GetValue<string>();

    private static async Task<(ApplyResult Result, SeenRequest[] Requests)> RunAsync(
        Func<ReleaseApplier, Task<ApplyResult>> act, params (int Code, string Body)[] answers)
    {
        await using var server = await FakeApiServer.StartAsync(answers);
        using var client = server.Client();
        var result = await act(new ReleaseApplier(client, TimeProvider.System));
        return (result, [.. server.Requests]);
    }
}
