using PrEnv.Core.Environments;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Explaining;

/// <summary>A HelmRelease as data for people.</summary>
internal static class ReleaseFacts
{
    /// <summary>The release that a decision is about, else the one that has the name; null: there is none.</summary>
    public static HelmRelease? Find(EnvironmentInput? input, EnvironmentDecision? decision) =>
        input is null
            ? null
            : input.Owned.FirstOrDefault(r => r.Metadata.Key == decision?.Release) ?? input.Owned.FirstOrDefault() ?? input.Occupant;

    public static ReleaseExplanation Of(Snapshot snapshot, HelmRelease release)
    {
        var (metadata, status) = (release.Metadata, release.Status);
        var isOwned = snapshot.PrNumberOf(release) is not null;
        return new ReleaseExplanation
        {
            Name = metadata.Key,
            Uid = metadata.Uid,
            IsOwned = isOwned,
            OtherOwner = isOwned ? null : Ownership.OwnerOf(release),
            Commit = ReleaseValues.Read(release.Spec).Commit,
            CreatedAt = metadata.CreationTimestamp,
            UpdatedAt = DesiredReleases.UpdatedAt(release),
            DeletedAt = metadata.DeletionTimestamp,
            IsSuspended = release.Spec.Suspend == true,
            Generation = metadata.Generation,
            AttemptedGeneration = status?.LastAttemptedGeneration,
            State = ReleaseState.Of(release).Kind switch
            {
                ReleaseStateKind.Ready => ReleaseVerdict.Ready,
                ReleaseStateKind.Failed => ReleaseVerdict.Failed,
                _ => ReleaseVerdict.Progressing,
            },
            Conditions = [.. (status?.Conditions ?? []).OfType<Condition>()],
            History = [.. (status?.History ?? []).OfType<HelmReleaseSnapshot>()],
            ChartProblem = ChartProblem(snapshot, release),
            OverriddenFields = [.. snapshot.OverriddenOf(release)?.Fields ?? []],
        };
    }

    private static string? ChartProblem(Snapshot snapshot, HelmRelease release) =>
        SourceProblem.Of(release)?.Chart is { } chart && snapshot.Charts.GetValueOrDefault(chart) is { Message.Length: > 0 } reading
            ? reading.Message
            : null;
}
