using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Kubernetes.Watching;

[TestFixture]
internal sealed class TrimmingTests
{
    [Test]
    public void Trim_Release_KeepsOurLabelsAndAnnotationsOnly()
    {
        var release = Release(
            [(OwnerLabels.Uid, "u"), (OwnerLabels.ManagedBy, OwnerLabels.Manager), ("app", "x")],
            [(OwnerLabels.ReportedAnnotation, "{}"), ("kubectl.kubernetes.io/last-applied-configuration", "big")]);

        var trimmed = Trimming.Trim(release);

        Assert.That(trimmed.Metadata.Labels!.Keys, Is.EquivalentTo(new[] { OwnerLabels.Uid, OwnerLabels.ManagedBy }));
        Assert.That(trimmed.Metadata.Annotations!.Keys, Is.EquivalentTo(new[] { OwnerLabels.ReportedAnnotation }));
        Assert.That(trimmed.Spec, Is.SameAs(release.Spec));
        Assert.That(trimmed.Status, Is.SameAs(release.Status));
    }

    [Test]
    public void Trim_History_KeepsTheNewestAndTheDigestOfWhatIsInPlace()
    {
        HelmReleaseSnapshot[] history =
        [
            new() { Status = "failed", ConfigDigest = "c" }, new() { Status = "deployed", ConfigDigest = "b" },
            new() { Status = "superseded", ConfigDigest = "a" },
        ];
        var release = Release([(OwnerLabels.ManagedBy, OwnerLabels.Manager)], []);
        var status = release.Status! with { History = history };

        Assert.That(
            Trimming.Trim(release with { Status = status }).Status!.History,
            Is.EqualTo([history[0] with { ConfigDigest = null }, history[1], history[2] with { ConfigDigest = null }]));
    }

    [Test]
    public void Trim_LongHistory_KeepsFiveAndWhatIsInPlace()
    {
        HelmReleaseSnapshot[] history =
        [
            .. Enumerable.Range(0, 8).Select(i => new HelmReleaseSnapshot { Version = 8 - i, Status = i == 6 ? "deployed" : "failed" }),
        ];
        var release = Release([(OwnerLabels.ManagedBy, OwnerLabels.Manager)], []);
        var status = release.Status! with { History = history };

        Assert.That(
            Trimming.Trim(release with { Status = status }).Status!.History!.Select(item => item.Version), Is.EqualTo([8, 7, 6, 5, 4, 2]));
    }

    [Test]
    public void Trim_ForeignRelease_KeepsItsIdentityOnly()
    {
        var release = Release([(OwnerLabels.ManagedBy, "Helm"), ("app", "x")], []);

        var trimmed = Trimming.Trim(release);

        Assert.That(trimmed.Metadata, Is.EqualTo(release.Metadata with
        {
            Labels = trimmed.Metadata.Labels,
            Annotations = null,
            Finalizers = null,
        }));
        Assert.That(trimmed.Metadata.Label(OwnerLabels.ManagedBy), Is.EqualTo("Helm"));
        Assert.That(trimmed.Spec, Is.SameAs(HelmReleaseSpec.Empty));
        Assert.That(trimmed.Status, Is.Null);
    }

    [Test]
    public void Trim_ReleaseThatMayBeThePredecessors_KeepsItsSpecForTheAdoption()
    {
        var release = Release([], []) with
        {
            Spec = ReleaseExtensions.Spec("""{"values":{"prNumber":22}}"""),
        };

        Assert.That(Trimming.Trim(release).Spec, Is.SameAs(release.Spec));
    }

    [Test]
    public void Trim_ValuesThatAreNoObject_AreNobodys()
    {
        var release = Release([], []) with { Spec = ReleaseExtensions.Spec("""{"values":"prNumber"}""") };

        Assert.That(Trimming.Trim(release).Spec, Is.SameAs(HelmReleaseSpec.Empty));
    }

    [Test]
    public void Trim_Resource_KeepsFinalizersAndTheRequestForAReconcile()
    {
        var resource = new PREphemeralEnvController
        {
            Metadata = new ObjectMeta
            {
                Finalizers = ["a/b"],
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [PREphemeralEnvController.ReconcileRequestAnnotation] = "now",
                    ["other"] = "x",
                },
            },
        };

        var trimmed = Trimming.Trim(resource);

        Assert.That(trimmed.Metadata.Finalizers, Is.SameAs(resource.Metadata.Finalizers));
        Assert.That(trimmed.Metadata.Annotations!.Keys, Is.EqualTo(new[] { PREphemeralEnvController.ReconcileRequestAnnotation }));
    }

    private static HelmRelease Release((string, string)[] labels, (string, string)[] annotations) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "envs",
            Name = "relpr-22",
            Uid = "u",
            Labels = Map(labels),
            Annotations = Map(annotations),
            Finalizers = ["f"],
        },
        Spec = ReleaseExtensions.Spec("""{"interval":"5m"}"""),
        Status = new HelmReleaseStatus { ObservedGeneration = 1 },
    };

    private static Dictionary<string, string> Map((string Name, string Value)[] entries) =>
        entries.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
}
