using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Kubernetes.Releases;

[TestFixture]
internal sealed class ReleaseCreationTests
{
    private const string Path = "/apis/helm.toolkit.fluxcd.io/v2/namespaces/envs/helmreleases/relpr-22";

    private static readonly (int Code, string Body) Created = (201, Samples.Release());
    private static readonly (int Code, string Body) Conflict = (409, Samples.Failure(409, "Conflict"));
    private static readonly (int Code, string Body) Missing = (404, Samples.Failure(404, "NotFound"));

    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task Apply_New_IsRefusedByAnObjectThatIsThere()
    {
        var (result, requests) = await ApplyAsync(Created);

        Assert.That(result.Object?.Metadata.Uid, Is.EqualTo("uid-1"));
        var seen = requests.Single();
        var body = JsonNode.Parse(seen.Body)!;
        Assert.Multiple(() =>
        {
            Assert.That((seen.Method, seen.Path), Is.EqualTo(("PATCH", Path)));
            Assert.That(seen.ContentType, Is.EqualTo("application/apply-patch+yaml"));
            Assert.That(
                seen.Query, Is.EqualTo(new Dictionary<string, string>(StringComparer.Ordinal) { ["fieldManager"] = "prenv-controller" }));
            Assert.That(body["apiVersion"]!.GetValue<string>(), Is.EqualTo("helm.toolkit.fluxcd.io/v2"));
            Assert.That(body["kind"]!.GetValue<string>(), Is.EqualTo("HelmRelease"));
            Assert.That(body["metadata"]!["resourceVersion"]!.GetValue<string>(), Is.EqualTo("1"));
            Assert.That(body["metadata"]!["uid"], Is.Null);
            Assert.That(body["metadata"]!["labels"]![OwnerLabels.Uid]!.GetValue<string>(), Is.EqualTo(Samples.OwnerUid));
            Assert.That(body["spec"]!["values"]!["prNumber"]!.GetValue<int>(), Is.EqualTo(22));
            Assert.That(body["spec"]!.AsObject().ContainsKey("suspend"), Is.False, "a field without a value is not ours");
        });
    }

    [Test]
    public async Task Apply_NewButThere_FailsWithoutChangingIt()
    {
        var (result, requests) = await ApplyAsync(Conflict, (200, Samples.Release(uid: "theirs")));

        Assert.That(result.Failure, Has.Property("Code").EqualTo(409).And.Property("Reason").EqualTo("AlreadyExists"));
        Assert.That(requests.Verbs(), Is.EqualTo("PATCH GET"));
    }

    [Test]
    public async Task Apply_NewAndTheServerWillNotCreateWhatNamesAVersion_AppliesWithoutOne()
    {
        var (result, requests) = await ApplyAsync(Conflict, Missing, Created);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(requests.Verbs(), Is.EqualTo("PATCH GET PATCH"));
        Assert.That(requests[2].Body, Does.Not.Contain("resourceVersion"));
        Assert.That(requests[2].Query, Does.Not.ContainKey("force"));
    }

    [Test]
    public async Task Apply_NewButItWasChangedInsteadOfCreated_FailsAsAConflict()
    {
        var (result, _) = await ApplyAsync((200, Samples.Release()));

        Assert.That(result.Failure?.IsConflict, Is.True);
    }

    [Test]
    public async Task Apply_NewAndItCannotBeSeenWhatIsThere_FailsWithThat()
    {
        var (result, _) = await ApplyAsync(Conflict, (503, ""));

        Assert.That(result.Failure?.Code, Is.EqualTo(503));
    }

    [Test]
    public async Task Apply_TwoOwnersAtTheSameTime_RefusesTheSecondWithoutARequest()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync(async (context, _) =>
        {
            arrived.TrySetResult();
            await answer.Task;
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync(Samples.Release());
        });
        using var client = server.Client();
        var applier = new ReleaseApplier(client, _time);

        var first = applier.ApplyAsync(Samples.Desired(ownerUid: "a"), uid: null, CancellationToken.None);
        await arrived.Task.Soon();
        var second = await applier.ApplyAsync(Samples.Desired(ownerUid: "b"), uid: null, CancellationToken.None).Soon();
        answer.SetResult();

        Assert.That(second.Failure?.IsConflict, Is.True);
        Assert.That((await first.Soon()).Succeeded, Is.True);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Apply_OtherOwnerAfterAwhile_MayTry()
    {
        await using var server = await FakeApiServer.StartAsync(Created, Created);
        using var client = server.Client();
        var applier = new ReleaseApplier(client, _time);
        await applier.ApplyAsync(Samples.Desired(ownerUid: "a"), uid: null, CancellationToken.None);

        _time.Advance(NameClaims.Lifetime);
        var second = await applier.ApplyAsync(Samples.Desired(ownerUid: "b"), uid: null, CancellationToken.None);

        Assert.That(second.Succeeded, Is.True);
    }

    [TestCase(422, true, TestName = "Apply_OtherOwnerAfterARefusal_MayTryAtOnce")]
    [TestCase(504, false, TestName = "Apply_OtherOwnerAfterAnUncertainEnd_MayNot")]
    public async Task Apply_OtherOwnerAfterAFailure(int code, bool mayTry)
    {
        await using var server = await FakeApiServer.StartAsync((code, ""), (404, ""), Created);
        using var client = server.Client();
        var applier = new ReleaseApplier(client, _time);
        await applier.ApplyAsync(Samples.Desired(ownerUid: "a"), uid: null, CancellationToken.None);
        var before = server.Requests.Count;

        await applier.ApplyAsync(Samples.Desired(ownerUid: "b"), uid: null, CancellationToken.None);

        Assert.That(server.Requests.Count > before, Is.EqualTo(mayTry));
    }

    [Test]
    public async Task Apply_SameOwnerAgain_IsNotInItsOwnWay()
    {
        await using var server = await FakeApiServer.StartAsync((504, ""), Created);
        using var client = server.Client();
        var applier = new ReleaseApplier(client, _time);
        await applier.ApplyAsync(Samples.Desired(), uid: null, CancellationToken.None);

        Assert.That((await applier.ApplyAsync(Samples.Desired(), uid: null, CancellationToken.None)).Succeeded, Is.True);
    }

    private async Task<(ApplyResult Result, SeenRequest[] Requests)> ApplyAsync(params (int Code, string Body)[] answers)
    {
        await using var server = await FakeApiServer.StartAsync(answers);
        using var client = server.Client();
        var result = await new ReleaseApplier(client, _time).ApplyAsync(Samples.Desired(), uid: null, CancellationToken.None);
        return (result, [.. server.Requests]);
    }
}
