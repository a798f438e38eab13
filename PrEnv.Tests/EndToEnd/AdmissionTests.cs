using System.Text.Json.Nodes;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.EndToEnd;

/// <summary>A policy of the cluster changes what the controller writes, on every write.</summary>
internal sealed class AdmissionTests : EndToEndTest
{
    private const string Manager = "prenv-controller";

    [Test]
    public async Task Policy_OverridesFieldsAndLabels_IsWrittenOnceToldOnceAndJudgedAsUsual()
    {
        await using var policy = await StartAsync(release =>
        {
            release["spec"]!["interval"] = "1h0m0s";
            release["spec"]!["timeout"] = "9m";
            release["spec"]!["chart"]?["spec"]?.AsObject().Remove("version");
            if (release["metadata"]!["labels"] is JsonObject labels)
                labels["app.kubernetes.io/managed-by"] = "flux";
        });
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: World.HealthCheck));
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilAsync(() => World.EventsAsync("FieldOverridden"), e => e.Count > 0, "the event");
        await World.UntilNothingIsToldAsync();
        await RestartAsync();
        await World.UntilNothingIsToldAsync();

        Assert.That(Applies(policy), Is.EqualTo(1));
        Assert.That(await World.EventsAsync("FieldOverridden"), Has.Count.EqualTo(1));
        Assert.That(World.StatesOf(pr.HeadSha), Is.EqualTo("pending success"));
        var row = (await World.GetResourceAsync())!.Status!.Environments!.Single();
        Assert.That(row.Phase, Is.EqualTo("Ready"));
        Assert.That(row.Message, Does.Contain(
            "spec.interval, spec.chart.spec.version, metadata.labels.app.kubernetes.io/managed-by"));

        var next = World.GitHub.Push(EndToEndWorld.Owner, EndToEndWorld.Repository, pr.Number);
        await World.UntilStatusAsync(next.HeadSha, "success");
        await World.UntilNothingIsToldAsync();
        Assert.That(Applies(policy), Is.EqualTo(2), "the wish has changed");
        Assert.That(await World.EventsAsync("FieldOverridden"), Has.Count.EqualTo(1), "the fields have not");

        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, pr.Number);
        await World.UntilReleaseAsync(pr.Number, null);
    }

    [Test]
    public async Task Policy_StripsTheOwnersLabels_IsWrittenOnceAndFails()
    {
        await using var policy = await StartAsync(release => release["metadata"]!.AsObject().Remove("labels"));
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilMessageAsync("FieldOverridden");
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();

        Assert.That(Applies(policy), Is.EqualTo(1));
        Assert.That(World.StatesOf(pr.HeadSha), Is.Empty);
        Assert.That(await World.EventsAsync("FieldOverridden"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Policy_OverridesTheCommit_FailsAndNeverTellsSuccess()
    {
        await using var policy = await StartAsync(release =>
        {
            if (release["spec"]!["values"] is JsonObject values)
                values["prSHA"] = new string('e', 40);
        });
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilStatusAsync(pr.HeadSha, "failure");
        await World.UntilListedAgainAsync();

        Assert.That(World.StatesOf(pr.HeadSha), Is.EqualTo("failure"));
        Assert.That(Applies(policy), Is.EqualTo(1));
        World.GitHub.Close(EndToEndWorld.Owner, EndToEndWorld.Repository, pr.Number);
        await World.UntilReleaseAsync(pr.Number, null);
    }

    [Test]
    public async Task Policy_RestoresTheOwnersLabels_IsToldAndHoldsTheEndUntilItIsGone()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: "  deletionPolicy: Orphan"));
        await World.UntilStatusAsync(pr.HeadSha, "success");
        var labels = (await World.GetReleaseAsync(pr.Number))!.Metadata.Labels!;
        await using (await StartAsync(release =>
            release["metadata"]!["labels"] = new JsonObject(labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value)))))
        {
            await World.DeleteResourceAsync();
            var resource = await World.UntilResourceAsync(
                r => r.Status?.Environments is [{ Reason: "FieldOverridden" }], "the cause in the row");
            Assert.That(resource!.Status!.Environments!.Single().Message, Does.Contain("restores the controller's labels"));
        }

        await World.UntilAsync(() => World.GetResourceAsync(), r => r is null, "its end");
        Assert.That((await World.GetReleaseAsync(pr.Number))!.Metadata.Label(OwnerLabels.Uid), Is.Null);
    }

    [Test]
    public async Task Policy_RemovesTheFinalizer_IsWrittenOnceAndTold()
    {
        await using var policy = await StartAsync(item => item["metadata"]!.AsObject().Remove("finalizers"), World.Namespace);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource());
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilListedAgainAsync();
        await World.UntilNothingIsToldAsync();
        await World.UntilListedAgainAsync();

        Assert.That(Applies(policy), Is.EqualTo(1));
        var told = await World.EventsAsync("FieldOverridden");
        Assert.That(told.Single(), Does.Contain("metadata.finalizers"));
    }

    [Test]
    public async Task Policy_RemovesTheRecordOfExpiry_NothingExpiresAndItIsTold()
    {
        await using var policy = await StartAsync(
            item => (item["metadata"]!["annotations"] as JsonObject)?.Remove(PREphemeralEnvController.CommandEffectsAnnotation),
            World.Namespace);
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        World.StartController();
        await World.ApplyAsync(World.Resource(more: "  expiry: {idleTimeout: 20s}"));
        await World.UntilStatusAsync(pr.HeadSha, "success");
        await World.UntilAsync(() => World.EventsAsync("FieldOverridden"), events => events.Count > 0, "that it is told");
        var uid = (await World.GetReleaseAsync(pr.Number))!.Metadata.Uid;
        await World.UntilListedAgainAsync();
        await World.UntilListedAgainAsync();

        Assert.That(Applies(policy), Is.EqualTo(2), "the finalizer and, in vain, the record");
        Assert.That((await World.GetReleaseAsync(pr.Number))?.Metadata.Uid, Is.EqualTo(uid));
        Assert.That(await World.EventsAsync("EnvExpired"), Is.Empty);
        Assert.That((await World.EventsAsync("FieldOverridden")).Single(), Does.Contain(PREphemeralEnvController.CommandEffectsAnnotation));
    }

    private async Task<AdmissionPolicy> StartAsync(Action<JsonObject> change, string? @namespace = null)
    {
        if (!Cluster.CanRestartApiServer)
            Assert.Ignore($"Left out: the API server of {Cluster.Name} cannot reach this process.");
        return await AdmissionPolicy.StartAsync(Cluster.Client, @namespace ?? World.Destination, change);
    }

    private async Task RestartAsync()
    {
        await World.Controller!.StopAsync();
        await World.Controller.DisposeAsync();
        World.StartController();
    }

    private static int Applies(AdmissionPolicy policy) => policy.Writes.Count(w => w.Manager == Manager);
}
