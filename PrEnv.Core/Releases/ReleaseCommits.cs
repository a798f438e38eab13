using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>
/// Which commits a release was given before the present one. Flux names generations and digests of values, never a commit: what belongs
/// to which is noted on the release with each change of its commit.
/// </summary>
internal static class ReleaseCommits
{
    // Enough for several pushes during one installation, and for the history that Flux keeps.
    private const int MaxNoted = 5;

    /// <summary>The commit that Flux attempted last, if that is an earlier one whose name is known; otherwise null.</summary>
    public static string? AttemptedBefore(HelmRelease release) =>
        release.Status?.LastAttemptedGeneration is { } attempted && attempted < release.Metadata.Generation
            ? Read(release).FirstOrDefault(c => c.Generation == attempted)?.Commit
            : null;

    /// <summary>The commit of the revision that Helm has deployed, if that is an earlier one whose name is known; otherwise null.</summary>
    public static string? DeployedBefore(HelmRelease release) =>
        release.Status?.History?.FirstOrDefault(h => h.IsDeployed)?.ConfigDigest is { Length: > 0 } digest
            ? Read(release).LastOrDefault(c => c.Digest == digest)?.Commit
            : null;

    /// <summary>Has the release had that commit, and no other, ever since that generation?</summary>
    public static bool IsSince(HelmRelease release, long generation, string sha) =>
        generation <= release.Metadata.Generation && Read(release).All(c => c.Generation < generation || c.Commit == sha);

    /// <summary>What is to be noted when the release is given another commit: the one that it has now, and those before it.</summary>
    public static string? After(HelmRelease release)
    {
        var (generation, status, sha) = (release.Metadata.Generation, release.Status, ReleaseValues.Read(release.Spec).Commit);
        if (sha is null)
            return release.Metadata.Annotation(OwnerLabels.CommitsAnnotation);
        // Flux has no digest of what it has not attempted.
        var digest = status?.LastAttemptedGeneration == generation ? status.LastAttemptedConfigDigest : null;
        var noted = Read(release).Where(c => c.Generation != generation).Append(new Noted(generation, sha, digest)).TakeLast(MaxNoted);
        return string.Join(' ', noted);
    }

    private static ImmutableArray<Noted> Read(HelmRelease release) =>
    [
        .. (release.Metadata.Annotation(OwnerLabels.CommitsAnnotation) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(Noted.Parse).OfType<Noted>(),
    ];

    // Its text is what the annotation has of it: generation, commit and digest.
    private sealed record Noted(long Generation, string Commit, string? Digest)
    {
        public static Noted? Parse(string text)
        {
            var parts = text.Split('/');
            return parts.Length is 2 or 3
                && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
                && Sha.IsCommit(parts[1])
                ? new Noted(generation, parts[1], parts.Length == 3 ? parts[2] : null)
                : null;
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Generation}/{Commit}{(Digest is { Length: > 0 } ? "/" + Digest : "")}");
    }
}
