using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Releases;

/// <summary>Which commit is behind a generation or a digest of Flux's.</summary>
public sealed class ReleaseCommitsTests
{
    private static readonly string C = new('c', 40);

    [Test]
    public void After_EachCommit_NotesItsGenerationAndTheDigestIfItWasAttempted()
    {
        var first = Of(World.A, generation: 1, attempted: 1, "sha256:a");
        var second = Next(first, World.B);
        var third = Next(second, C);

        Assert.That(ReleaseCommits.After(first), Is.EqualTo($"1/{World.A}/sha256:a"));
        Assert.That(ReleaseCommits.After(second), Is.EqualTo($"1/{World.A}/sha256:a 2/{World.B}"), "Flux never came to it");
        Assert.That(ReleaseCommits.AttemptedBefore(third), Is.EqualTo(World.A));
    }

    [Test]
    public void After_ReleaseWithoutACommit_KeepsWhatIsNoted()
    {
        var release = Of(World.A, generation: 2, attempted: 1, "sha256:a").Annotation(OwnerLabels.CommitsAnnotation, $"1/{World.B}");

        Assert.That(ReleaseCommits.After(release.Set("values", null)), Is.EqualTo($"1/{World.B}"));
    }

    [Test]
    public void After_ManyCommits_KeepsTheLastFive()
    {
        var release = Of(World.A, 1, 1, "sha256:a");
        for (var i = 0; i < 7; i++)
            release = Next(release, i % 2 == 0 ? World.B : C);

        Assert.That(ReleaseCommits.After(release)!.Split(' ').Select(c => c.Split('/')[0]), Is.EqualTo(["4", "5", "6", "7", "8"]));
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public void AttemptedBefore_TheGenerationThatFluxIsAt_IsNamedIfItIsNoted(long attempted, bool isKnown)
    {
        var release = Next(Next(Of(World.A, 1, 1, "sha256:a"), World.A), World.B).Attempted(attempted);

        Assert.That(
            ReleaseCommits.AttemptedBefore(release.Annotation(OwnerLabels.CommitsAnnotation, $"1/{World.A}/sha256:a")),
            Is.EqualTo(isKnown ? World.A : null));
    }

    [Test]
    public void DeployedBefore_TheRevisionInPlace_IsNamedByItsDigest()
    {
        var release = Next(Of(World.A, 1, 1, "sha256:a"), World.B);

        Assert.That(ReleaseCommits.DeployedBefore(History(release, ("failed", "sha256:b"), ("deployed", "sha256:a"))), Is.EqualTo(World.A));
        Assert.That(ReleaseCommits.DeployedBefore(History(release, ("deployed", "sha256:x"))), Is.Null);
        Assert.That(ReleaseCommits.DeployedBefore(History(release, ("failed", "sha256:a"))), Is.Null);
        Assert.That(ReleaseCommits.DeployedBefore(release), Is.Null);
    }

    [Test]
    public void IsSince_AnotherCommitInBetween_IsFalse()
    {
        var release = Next(Next(Of(World.A, 1, 1, "sha256:a"), World.B), World.A);

        Assert.That(ReleaseCommits.IsSince(release, 1, World.A), Is.False);
        Assert.That(ReleaseCommits.IsSince(release, 3, World.A), Is.True);
        Assert.That(ReleaseCommits.IsSince(release, 4, World.A), Is.False, "that is yet to come");
    }

    [TestCase("x")]
    [TestCase("1/abc/d")]
    [TestCase("-1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [TestCase("1/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/d/e")]
    [TestCase("")]
    public void Read_WhatAHandHasWritten_IsIgnored(string noted) => Assert.That(
        ReleaseCommits.AttemptedBefore(Of(World.B, 2, 1, "d").Annotation(OwnerLabels.CommitsAnnotation, noted)), Is.Null);

    private static HelmRelease Of(string sha, long generation, long attempted, string digest)
    {
        var release = World.Plain.Own(22, sha).Meta(m => m with { Generation = generation }).Attempted(attempted);
        return release with { Status = release.Status! with { LastAttemptedConfigDigest = digest } };
    }

    private static HelmRelease Next(HelmRelease release, string sha) => World.Plain.Own(22, sha)
        .Meta(m => m with { Generation = release.Metadata.Generation + 1 })
        .Annotation(OwnerLabels.CommitsAnnotation, ReleaseCommits.After(release)) with
    { Status = release.Status };

    private static HelmRelease History(HelmRelease release, params (string Status, string Digest)[] items) => release with
    {
        Status = release.Status! with
        {
            History = [.. items.Select(i => new HelmReleaseSnapshot { Status = i.Status, ConfigDigest = i.Digest })],
        },
    };
}
