using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Kubernetes.Releases;

/// <summary>What only a real API server can tell: preconditions, field ownership, and who wins a race.</summary>
[TestFixture]
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class ReleaseApplierClusterTests
{
    private static readonly ReportedStatus Reported = new(new CommitStatus("0123", "ci/env", CommitState.Success, "Done", null), 1);

    private ClusterClient _client = null!;

    [OneTimeSetUp]
    public async Task ConnectAsync() => _client = await ClusterClient.ConnectAsync(CancellationToken.None);

    [OneTimeTearDown]
    public void Disconnect() => _client.Dispose();

    [Test]
    public async Task Apply_New_MakesTheReleaseThatIsDesired(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-1", ct);

        Assert.That(release.Metadata.Label(OwnerLabels.Uid), Is.EqualTo(Samples.OwnerUid));
        Assert.That(release.Spec.PrNumber, Is.EqualTo(22));
        Assert.That(release.Status?.ObservedGeneration, Is.EqualTo(-1), "the definition's default");
    }

    // The definition gives the chart a field of its own, which no one has applied.
    [Test]
    [Category("Modern")]
    public async Task Apply_ChartThatBecomesAReferenceAndBack_ReplacesTheOtherInOneApply(CancellationToken ct)
    {
        if (!_client.Cluster.HasCrdServer)
            Assert.Ignore("Kubernetes 1.20 keeps the defaulted field of the chart, and refuses what is left of it");
        var release = await _client.CreateReleaseAsync("relpr-90", ct);
        var desired = Samples.Desired(_client.Namespace, "relpr-90");
        var reference = desired with
        {
            Spec = ReleaseExtensions.Spec(
                """{"interval":"5m","chartRef":{"kind":"OCIRepository","name":"chart","namespace":"flux-system"},"values":{"prNumber":22}}"""),
        };

        var there = await _client.NewApplier().ApplyAsync(reference, release.Metadata.Uid, ct);
        var back = await _client.NewApplier().ApplyAsync(desired, release.Metadata.Uid, ct);

        Assert.That(release.Spec.ReadChart()?.Source?.Kind, Is.EqualTo("GitRepository"));
        Assert.That(there.Failure, Is.Null);
        Assert.That(there.Object!.Spec.ReadChart()?.Source?.Kind, Is.EqualTo("OCIRepository"));
        Assert.That(back.Failure, Is.Null);
        Assert.That(back.Object!.Spec.ReadChart()?.Source?.Kind, Is.EqualTo("GitRepository"));
        Assert.That(System.Text.Encoding.UTF8.GetString(back.Object.Spec.Json), Does.Not.Contain("chartRef"));
    }

    [Test]
    public async Task Apply_NewButAnotherProcessHasMadeIt_LeavesThatUntouched(CancellationToken ct)
    {
        var theirs = await _client.CreateReleaseAsync("relpr-2", ct, ownerUid: "them");

        var result = await _client.NewApplier().ApplyAsync(Samples.Desired(_client.Namespace, "relpr-2", "us", sha: "4567"), uid: null, ct);

        Assert.That(result.Failure?.IsConflict, Is.True);
        var now = await _client.FindReleaseAsync("relpr-2", ct);
        Assert.That(now!.Metadata.ResourceVersion, Is.EqualTo(theirs.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Apply_ManyProcessesWantTheSameNames_GivesEachNameToOneOwner(CancellationToken ct)
    {
        string[] names = [.. Enumerable.Range(100, 10).Select(n => $"relpr-{n}")];
        var attempts = names.SelectMany(_ => Enumerable.Range(0, 4), (name, owner) => (Name: name, Owner: $"owner-{owner}"));

        var results = await Task.WhenAll(attempts.Select(async a =>
            (a.Name, a.Owner, Result: await _client.NewApplier().ApplyAsync(
                Samples.Desired(_client.Namespace, a.Name, a.Owner), uid: null, ct))));

        Assert.That(results.Where(r => !r.Result.Succeeded).Select(r => r.Result.Failure!.Code), Is.All.EqualTo(409));
        var winners = results.Where(r => r.Result.Succeeded).ToDictionary(r => r.Name, r => r.Owner, StringComparer.Ordinal);
        Assert.That(winners.Keys, Is.EquivalentTo(names));
        foreach (var (name, owner) in winners)
        {
            var release = await _client.FindReleaseAsync(name, ct);
            Assert.That(release!.Metadata.Label(OwnerLabels.Uid), Is.EqualTo(owner));
        }
    }

    [Test]
    public async Task Apply_Existing_CorrectsWhatOthersChangedAndKeepsTheReport(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-3", ct);
        await _client.NewApplier().NoteAsync(
            release.Metadata.KeyOf(), release.Metadata.Uid, OwnerLabels.ReportedAnnotation, Reported.ToJson(), ct);
        await _client.Cluster.ApplyAsync(Yaml("relpr-3", "interval: 9m, maxHistory: 7"), ct);

        var result = await _client.NewApplier().ApplyAsync(
            Samples.Desired(_client.Namespace, "relpr-3", sha: "4567"), release.Metadata.Uid, ct);

        Assert.That(result.Failure, Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(SpecDifference.Of(ReleaseExtensions.Spec("""{"interval":"5m"}"""), result.Object!.Spec), Is.Empty);
            Assert.That(result.Object.Spec.PrSha, Is.EqualTo("4567"));
            Assert.That(ReportedStatus.Read(result.Object), Is.EqualTo(Reported));
        });
    }

    [Test]
    public async Task Apply_ThatUidIsGone_NeitherChangesNorMakesAnything([Values] bool madeAgain, CancellationToken ct)
    {
        var name = $"relpr-4{madeAgain}".ToLowerInvariant();
        var version = madeAgain ? (await _client.CreateReleaseAsync(name, ct)).Metadata.ResourceVersion : null;

        var applied = await _client.NewApplier().ApplyAsync(
            Samples.Desired(_client.Namespace, name, sha: "4567"), Guid.Empty.ToString(), ct);
        var reported = await _client.NewApplier().NoteAsync(
            new ResourceKey(_client.Namespace, name), Guid.Empty.ToString(), OwnerLabels.ReportedAnnotation, Reported.ToJson(), ct);

        Assert.That(applied.Failure?.IsConflict, Is.True);
        Assert.That(reported.Failure?.IsConflict, Is.True);
        Assert.That((await _client.FindReleaseAsync(name, ct))?.Metadata.ResourceVersion, Is.EqualTo(version));
    }

    [Test]
    public async Task Apply_SchemaRefuses_SaysWhichField(CancellationToken ct)
    {
        var desired = Samples.Desired(_client.Namespace, "relpr-5");

        var result = await _client.NewApplier().ApplyAsync(
            desired with { Spec = desired.Spec.With("interval", "1d") }, uid: null, ct);

        Assert.That(result.Failure, Has.Property("Code").EqualTo(422).And.Property("Message").Contains("spec.interval"));
    }

    [Test]
    public async Task Delete_Suspended_IsResumedAndThenMarkedForDeletion(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-6", ct);
        await _client.Cluster.ApplyAsync(Yaml("relpr-6", "interval: 5m, suspend: true", "finalizers: [finalizers.fluxcd.io]"), ct);

        var result = await _client.NewApplier().DeleteAsync(release.Metadata.KeyOf(), release.Metadata.Uid, "", unsuspend: true, ct);

        Assert.That(result.Succeeded, Is.True);
        var now = await _client.FindReleaseAsync("relpr-6", ct);
        Assert.That(now!.Metadata.DeletionTimestamp, Is.Not.Null);
        Assert.That(now.Spec.Suspend, Is.False);
    }

    [Test]
    public async Task Delete_SuspendedSinceItWasSeen_IsResumedAndThenMarkedForDeletion(CancellationToken ct)
    {
        var seen = await _client.CreateReleaseAsync("relpr-11", ct);
        await _client.Cluster.ApplyAsync(Yaml("relpr-11", "interval: 5m, suspend: true", "finalizers: [finalizers.fluxcd.io]"), ct);

        var result = await _client.NewApplier().DeleteAsync(
            seen.Metadata.KeyOf(), seen.Metadata.Uid, seen.Metadata.ResourceVersion, unsuspend: false, ct);

        Assert.That(result.Succeeded, Is.True);
        var now = await _client.FindReleaseAsync("relpr-11", ct);
        Assert.That(now!.Metadata.DeletionTimestamp, Is.Not.Null);
        Assert.That(now.Spec.Suspend, Is.False);
    }

    [Test]
    public async Task Delete_ChangedSinceItWasSeen_IsDeletedAllTheSame(CancellationToken ct)
    {
        var seen = await _client.CreateReleaseAsync("relpr-12", ct);
        await _client.Cluster.ApplyAsync(Yaml("relpr-12", "interval: 7m"), ct);

        var result = await _client.NewApplier().DeleteAsync(
            seen.Metadata.KeyOf(), seen.Metadata.Uid, seen.Metadata.ResourceVersion, unsuspend: false, ct);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(await _client.FindReleaseAsync("relpr-12", ct), Is.Null);
    }

    [Test]
    public async Task Delete_ThatUidIsGone_SucceedsAndSparesItsSuccessor([Values] bool unsuspend, CancellationToken ct)
    {
        var name = $"relpr-7{unsuspend}".ToLowerInvariant();
        var successor = await _client.CreateReleaseAsync(name, ct);

        var result = await _client.NewApplier().DeleteAsync(successor.Metadata.KeyOf(), Guid.Empty.ToString(), "", unsuspend, ct);

        Assert.That(result.Succeeded, Is.True);
        Assert.That((await _client.FindReleaseAsync(name, ct))?.Metadata.ResourceVersion, Is.EqualTo(successor.Metadata.ResourceVersion));
    }

    [Test]
    public async Task Delete_Missing_Succeeds([Values] bool unsuspend, CancellationToken ct)
    {
        var result = await _client.NewApplier().DeleteAsync(
            new ResourceKey(_client.Namespace, "relpr-8"), Guid.Empty.ToString(), "", unsuspend, ct);

        Assert.That(result.Succeeded, Is.True);
    }

    [Test]
    public async Task Disown_Existing_KeepsTheSpec(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-9", ct);

        var result = await _client.NewApplier().OrphanAsync(release.Metadata.KeyOf(), release.Metadata.Uid, ct);

        Assert.That(result.Failure, Is.Null);
        Assert.That(result.Object!.Metadata.Labels, Is.Null.Or.Empty);
        Assert.That(JsonSerializer.Serialize(result.Object.Spec), Is.EqualTo(JsonSerializer.Serialize(release.Spec)));
        Assert.That(result.Object.Metadata.Annotation(OwnerLabels.HeadShaAnnotation), Is.EqualTo("0123"));
    }

    [Test]
    public async Task Apply_NothingChanged_MakesNoNewVersion(CancellationToken ct)
    {
        var release = await _client.CreateReleaseAsync("relpr-10", ct);

        // The first apply after the creation does make one, on 1.20 as on 1.36, with the same content.
        var first = await _client.NewApplier().ApplyAsync(Samples.Desired(_client.Namespace, "relpr-10"), release.Metadata.Uid, ct);
        var second = await _client.NewApplier().ApplyAsync(Samples.Desired(_client.Namespace, "relpr-10"), release.Metadata.Uid, ct);

        Assert.That(second.Object?.Metadata.ResourceVersion, Is.EqualTo(first.Object?.Metadata.ResourceVersion));
        Assert.That(second.Object?.Metadata.Generation, Is.EqualTo(release.Metadata.Generation));
    }

    private string Yaml(string name, string spec, string metadata = "labels: {}") => $$$"""
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: {{{name}}}, namespace: {{{_client.Namespace}}}, {{{metadata}}}}
        spec: {{{{spec}}}}
        """;
}

internal static class ObjectMetaExtensions
{
    public static ResourceKey KeyOf(this ObjectMeta metadata) => new(metadata.Namespace, metadata.Name);
}
