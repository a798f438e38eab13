using System.Globalization;
using System.Text.Json;
using CsCheck;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning.Laws;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Planning;

/// <summary>What is written into a release and read back from it.</summary>
[TestFixture]
public sealed class ReleaseTests
{
    [TestCase("relpr-0")]
    [TestCase("relpr-01")]
    [TestCase("relpr--1")]
    [TestCase("relpr-+1")]
    [TestCase("relpr- 1")]
    [TestCase("relpr-1 ")]
    [TestCase("relpr-")]
    [TestCase("relpr-2147483648")]
    [TestCase("Relpr-1")]
    [TestCase("xrelpr-1")]
    [TestCase("relpr-1a")]
    [TestCase("")]
    public void PrNumberOf_ANameThatIsNeverGiven_IsNull(string name) => Assert.That(ReleaseNaming.PrNumberOf(name), Is.Null);

    [Test]
    public void PrNumberOf_EveryGivenName_IsItsNumber() =>
        Gen.Int[1, int.MaxValue].Sample(number => Assert.That(ReleaseNaming.PrNumberOf(ReleaseNaming.NameOf(number)), Is.EqualTo(number)));

    [Test]
    public void PrNumberOf_AnyText_IsNullOrGivesThatTextBack() =>
        Gen.OneOf(Hostile.Text, Hostile.Text.Select(t => "relpr-" + t)).Sample(name =>
            Assert.That(ReleaseNaming.PrNumberOf(name) is not { } number || ReleaseNaming.NameOf(number) == name, Is.True));

    [Test]
    public void Values_WrittenAndRead_AreTheSame() =>
        Gen.Select(Gen.Int.Positive, Gen.Char["0123456789abcdef"].Array[40].Select(c => new string(c))).Sample((number, sha) =>
        {
            var read = ReleaseValues.Read(Some.Desired(number, sha).Spec);
            Assert.That(read, Is.EqualTo(new ReleaseValues(number, sha)));
            Assert.That(read.Commit, Is.EqualTo(sha));
        });

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"prNumber":"22","prSHA":22}""")]
    [TestCase("""{"prNumber":22.5,"prSHA":null}""")]
    [TestCase("""{"prNumber":1e400,"prSHA":["a"]}""")]
    [TestCase("""{"prNumber":"22","prSHA":"\ud800"}""")]
    [TestCase("""{"\udc00":1}""")]
    public void Values_OfAnythingElse_AreNull(string json) =>
        Assert.That(ReleaseValues.Read(ReleaseExtensions.Spec($$"""{"values":{{json}}}""")), Is.EqualTo(default(ReleaseValues)));

    [Test]
    public void Values_OfNone_AreNull() => Assert.That(ReleaseValues.Read(null), Is.EqualTo(default(ReleaseValues)));

    [Test]
    public void Values_WithATextThatIsNoCommit_HaveNoCommit() =>
        Assert.That(
            ReleaseValues.Read(ReleaseExtensions.Spec("""{"values":{"prNumber":1,"prSHA":"main"}}""")),
            Has.Property("PrSha").EqualTo("main").And.Property("Commit").Null);

    [Test]
    public void For_APullRequest_IsWhatThePredecessorMadeAndMore()
    {
        var world = World.Plain;
        var spec = SpecReader.Read(world.Resource, world.Settings).Spec!;
        var wish = world.WishOf(World.PullRequest(22, World.A), spec) with { PreviewUrl = "https://pr-22.test/" };
        var desired = DesiredReleases.For(wish, World.Noon.AddMilliseconds(500));

        Assert.That(desired.Key, Is.EqualTo(new ResourceKey("envs", "relpr-22")));
        Assert.That(desired.Labels, Is.EquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["app.kubernetes.io/managed-by"] = "prenv-controller",
            ["prcontroller.controllers.ephemeralenv.io/name"] = "demo",
            ["prcontroller.controllers.ephemeralenv.io/namespace"] = "default",
            ["prcontroller.controllers.ephemeralenv.io/uid"] = "uid-demo",
            ["prcontroller.controllers.ephemeralenv.io/pr-number"] = "22",
        }));
        Assert.That(desired.Annotations, Is.EquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["prcontroller.controllers.ephemeralenv.io/head-sha"] = World.A,
            ["prcontroller.controllers.ephemeralenv.io/pr-url"] = "https://github.test/octo/app/pull/22",
            ["prcontroller.controllers.ephemeralenv.io/updated-at"] = "2026-03-01T12:00:00Z",
            ["event.toolkit.fluxcd.io/author"] = "mona",
            ["event.toolkit.fluxcd.io/branch"] = "topic",
            ["event.toolkit.fluxcd.io/change_request"] = "22",
            ["event.toolkit.fluxcd.io/commit"] = World.A,
            ["event.toolkit.fluxcd.io/preview-url"] = "https://pr-22.test/",
        }));
        Assert.That(JsonSerializer.Serialize(new HelmRelease { Spec = desired.Wish }, ResourceJson.Default.HelmRelease), Does.Contain(
            """{"interval":"5m","releaseName":"relpr-22","chart":{"spec":{"chart":"chart","version":"0.1.0","sourceRef":{"kind":"GitRepository","name":"infra","namespace":"flux-system"}}},"values":{"prNumber":22,"prSHA":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}"""));
        Assert.That(
            System.Text.Encoding.UTF8.GetString(desired.Spec.Json),
            Does.Contain(
                """
                "install":{"strategy":{"name":"RetryOnFailure"}},"upgrade":{"strategy":{"name":"RetryOnFailure"}},"values":
                """));
    }

    [Test]
    public void SpecDrift_OfWhatWasDesired_IsEmpty()
    {
        var release = World.Plain.Own(22, World.A);

        Assert.That(DesiredReleases.SpecDrift(Desired(22), release), Is.Empty);
        Assert.That(DesiredReleases.MetadataDrift(Desired(22), release), Is.Empty);
    }

    [TestCaseSource(nameof(Changes))]
    public void IsAsDesired_AnyChange_IsWhatTheDriftSays(Func<HelmRelease, HelmRelease> change)
    {
        var release = change(World.Plain.Own(22, World.A));
        var desired = Desired(22);
        var drift = DesiredReleases.SpecDrift(desired, release).AddRange(DesiredReleases.MetadataDrift(desired, release));
        var spec = SpecReader.Read(World.Plain.Resource, World.Plain.Settings).Spec!;

        Assert.That(
            DesiredReleases.IsAsDesired(World.Plain.WishOf(World.PullRequest(22, World.A), spec), release), Is.EqualTo(drift.IsEmpty),
            string.Join(' ', drift));
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        (string Name, Func<HelmRelease, HelmRelease> Change)[] changes =
        [
            ("nothing", r => r),
            ("a label of others", r => r.Label("theirs", "x")),
            ("values of others", r => r.Values($$$"""{"prNumber":22,"prSHA":"{{{World.A}}}","replicas":3}""")),
            ("account of others", r => r.Set("serviceAccountName", "theirs")),
            ("interval", r => r.Set("interval", "1m")),
            ("release name", r => r.Set("releaseName", "relpr-23")),
            ("release name in another form", r => r.Set("releaseName", "relpr-022")),
            ("no release name", r => r.Set("releaseName", null)),
            ("no chart", r => r.Set("chart", null)),
            ("chart", r => r.Chart("chart", "other")),
            ("version", r => r.Chart("version", "9")),
            ("no source", r => r.Chart("sourceRef", null)),
            ("source kind", r => r.Chart("sourceRef.kind", "HelmRepository")),
            ("source name", r => r.Chart("sourceRef.name", "other")),
            ("source namespace", r => r.Chart("sourceRef.namespace", "other")),
            ("number", r => r.Values($$"""{"prNumber":23,"prSHA":"{{World.A}}"}""")),
            ("commit", r => r.Values($$"""{"prNumber":22,"prSHA":"{{World.B}}"}""")),
            ("manager", r => r.Label(OwnerLabels.ManagedBy, "helm")),
            ("owner", r => r.Label(OwnerLabels.Name, "other")),
            ("owner's namespace", r => r.Label(OwnerLabels.Namespace, "other")),
            ("owner's uid", r => r.Label(OwnerLabels.Uid, "other")),
            ("label of the number", r => r.Label(OwnerLabels.PrNumber, "022")),
            ("annotated commit", r => r.Annotation(OwnerLabels.HeadShaAnnotation, World.B)),
            ("annotated page", r => r.Annotation(OwnerLabels.PrUrlAnnotation, "https://elsewhere.test/")),
            ("time", r => r.Annotation(OwnerLabels.UpdatedAtAnnotation, "yesterday")),
        ];
        return changes.Select(c => new TestCaseData(c.Change).SetArgDisplayNames(c.Name));
    }

    [TestCase(OwnerLabels.ManagedBy)]
    [TestCase(OwnerLabels.Name)]
    [TestCase(OwnerLabels.Namespace)]
    [TestCase(OwnerLabels.Uid)]
    [TestCase(OwnerLabels.PrNumber)]
    public void MetadataDrift_OfALabel_NamesIt(string label)
    {
        foreach (var value in new[] { null, "other" })
        {
            Assert.That(
                DesiredReleases.MetadataDrift(Desired(22), World.Plain.Own(22, World.A).Label(label, value)),
                Is.EqualTo(["metadata.labels." + label]));
        }
    }

    [TestCase("2026-03-01T11:59:59Z", "2026-03-01T11:59:59Z")]
    [TestCase("2026-03-01T11:59:59.5Z", null)]
    [TestCase("2026-03-01T11:59:59+02:00", null)]
    [TestCase("12:00", null)]
    [TestCase("today", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void UpdatedAt_OfAnAnnotation_IsExactlyWhatWasWritten(string? text, string? expected) =>
        Assert.That(
            DesiredReleases.UpdatedAt(World.Plain.Own(22, World.A).Annotation(OwnerLabels.UpdatedAtAnnotation, text)),
            Is.EqualTo(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture)));

    [Test]
    public void Reported_WrittenAndRead_IsTheSame()
    {
        var reported = new ReportedStatus(new CommitStatus(World.A, "c", CommitState.Success, "ü \"quoted\"", null), 7);

        Assert.That(
            ReportedStatus.Read(World.Plain.Own(22, World.A).Annotation(OwnerLabels.ReportedAnnotation, reported.ToJson())),
            Is.EqualTo(reported));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{\"status\":\"x\"}")]
    [TestCase("{\"status\":null,\"generation\":1}")]
    [TestCase("{\"status\":{\"sha\":\"a\",\"context\":\"c\",\"state\":\"error\",\"description\":\"\"},\"generation\":1}")]
    public void Reported_OfAnythingElse_IsNull(string? text) =>
        Assert.That(ReportedStatus.Read(World.Plain.Own(22, World.A).Annotation(OwnerLabels.ReportedAnnotation, text)), Is.Null);

    [Test]
    public void State_OfEachWordOfFlux_IsWhatItMeans()
    {
        var release = World.Plain.Own(22, World.A);

        Assert.That(Kind(release), Is.EqualTo(ReleaseStateKind.Progressing));
        Assert.That(Kind(release with { Status = new HelmReleaseStatus() }), Is.EqualTo(ReleaseStateKind.Progressing));
        Assert.That(Kind(release.Working()), Is.EqualTo(ReleaseStateKind.Progressing));
        Assert.That(Kind(release.Ready()), Is.EqualTo(ReleaseStateKind.Ready));
        Assert.That(Kind(release.Ready().NextGeneration()), Is.EqualTo(ReleaseStateKind.Progressing));
        Assert.That(Kind(release.Stalled()), Is.EqualTo(ReleaseStateKind.Failed));
        Assert.That(Kind(release.Stalled().NextGeneration()), Is.EqualTo(ReleaseStateKind.Progressing));
        Assert.That(Kind(release.NextGeneration().Failed()), Is.EqualTo(ReleaseStateKind.Failed));
        foreach (var waiting in new[] { "ArtifactFailed", "DependencyNotReady", "Progressing", "" })
            Assert.That(Kind(release.Failed(waiting)), Is.EqualTo(ReleaseStateKind.Progressing), waiting);
        foreach (
            var failed in new[]
            {
                "InstallFailed",
                "UpgradeFailed",
                "TestFailed",
                "RollbackFailed",
                "RollbackSucceeded",
                "UninstallFailed",
                "UninstallSucceeded",
            })
        {
            Assert.That(Kind(release.Failed(failed)), Is.EqualTo(ReleaseStateKind.Failed), failed);
        }
    }

    [Test]
    public void State_OfAVerdict_IsOfTheGenerationThatWasAttempted()
    {
        var first = World.Plain.Own(22, World.A);
        var second = first.NextGeneration();

        // Written after the push, about what was there before.
        foreach (var said in new[] { second.Ready(), second.Failed(), second.Failed("HealthCheckCanceled"), second.Stalled() })
        {
            Assert.That(Kind(said.Attempted(1)), Is.EqualTo(ReleaseStateKind.Progressing));
            Assert.That(ReleaseState.Of(said.Attempted(1)).Message, Is.Empty);
        }

        Assert.That(Kind(second.Ready().Attempted(2)), Is.EqualTo(ReleaseStateKind.Ready));
        Assert.That(Kind(second.Failed().Attempted(2)), Is.EqualTo(ReleaseStateKind.Failed));
        Assert.That(Kind(second.Stalled().Attempted(2)), Is.EqualTo(ReleaseStateKind.Failed));
    }

    [Test]
    public void State_StalledForWhatTheObjectIs_NeedsNoAttempt()
    {
        var refused = World.Plain.Own(22, World.A).NextGeneration().Failed("AccessDenied").Attempted(1);
        var stalled = refused.Status!.Conditions![0] with { Type = "Stalled", Status = "True" };

        Assert.That(
            Kind(refused with { Status = refused.Status with { Conditions = [.. refused.Status.Conditions, stalled] } }),
            Is.EqualTo(ReleaseStateKind.Failed));
    }

    [Test]
    public void State_CancelledForSomethingNewer_IsNoFailure()
    {
        var stalled = World.Plain.Own(22, World.A).Stalled().Attempted(1);
        var conditions = stalled.Status!.Conditions!.Select(c => c.Type == "Ready" ? c with { Reason = "HealthCheckCanceled" } : c);

        Assert.That(
            Kind(stalled with { Status = stalled.Status with { Conditions = [.. conditions] } }), Is.EqualTo(ReleaseStateKind.Progressing));
    }

    [Test]
    public void State_OfAConditionWithoutGeneration_SpeaksOfTheFirstOnly()
    {
        static HelmRelease Old(HelmRelease release) => release with
        {
            Status = release.Status! with { Conditions = [.. release.Status!.Conditions!.Select(c => c with { ObservedGeneration = 0 })] },
        };

        var release = World.Plain.Own(22, World.A).Failed();

        Assert.That(Kind(Old(release)), Is.EqualTo(ReleaseStateKind.Failed));
        Assert.That(Kind(Old(release.NextGeneration())), Is.EqualTo(ReleaseStateKind.Progressing));
    }

    private static ReleaseStateKind Kind(HelmRelease release) => ReleaseState.Of(release).Kind;

    private static DesiredRelease Desired(int number)
    {
        var spec = SpecReader.Read(World.Plain.Resource, World.Plain.Settings).Spec!;
        return DesiredReleases.For(World.Plain.WishOf(World.PullRequest(number, World.A), spec), World.Noon);
    }
}
