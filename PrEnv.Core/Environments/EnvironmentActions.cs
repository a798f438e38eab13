using System.Collections.Immutable;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Environments;

/// <summary>What is to be written to the cluster for a pull request in a state. Pure.</summary>
internal static class EnvironmentActions
{
    public static ImmutableArray<PlannedAction> Of(EnvironmentInput input, EnvironmentState state) => state switch
    {
        EnvironmentState.Closed or EnvironmentState.Rejected or EnvironmentState.Expired => Removal(input),
        EnvironmentState.Unapproved { Approval.State: ApprovalState.Missing } => Removal(input),
        EnvironmentState.Misplaced when input.MayMove => Deletions(input.PrNumber, input.Misplaced),
        EnvironmentState.NamespaceLeaving => NamespaceActions.Deletions(
            input.PrNumber, input.Name, input.Created.Where(n => n.Metadata.Name != input.NamespaceName)),
        EnvironmentState.Absent absent =>
            [.. NamespaceActions.Ensure(input), new PlannedAction.Apply(
                input.PrNumber, absent.Desired, null, "", EventNotes.Created(input.PrNumber))],
        // Labels and annotations start no rollout.
        EnvironmentState.Drifted { Rollout.IsEmpty: true } drifted =>
            [.. NamespaceActions.Ensure(input), Update(input, drifted), .. Rebuild(input, drifted.Release)],
        EnvironmentState.Drifted drifted => [.. NamespaceActions.Ensure(input), Update(input, drifted)],
        EnvironmentState.Current current => [.. NamespaceActions.Ensure(input), .. Rebuild(input, current.Release)],
        EnvironmentState.Overridden overridden when !Overrides.BreakIdentity(overridden.Fields) =>
            [.. NamespaceActions.Ensure(input), .. Rebuild(input, overridden.Release)],
        _ => [],
    };

    /// <summary>Deletions of the releases that are not already being deleted.</summary>
    public static ImmutableArray<PlannedAction> Deletions(int prNumber, IEnumerable<HelmRelease> releases) =>
    [
        .. releases.Where(r => r.Metadata.DeletionTimestamp is null).Select(r => new PlannedAction.Delete(
            prNumber, r.Metadata.Key, r.Metadata.Uid, Unsuspend: r.Spec.Suspend == true, EventNotes.Deleted(prNumber))
        {
            Version = r.Metadata.ResourceVersion,
        }),
    ];

    // The namespace outlives its release: Flux uninstalls from it.
    private static ImmutableArray<PlannedAction> Removal(EnvironmentInput input) => !input.Owned.IsEmpty
        ? Deletions(input.PrNumber, input.Owned)
        : NamespaceActions.Deletions(input.PrNumber, input.Name, input.Created);

    private static PlannedAction.Apply Update(EnvironmentInput input, EnvironmentState.Drifted drifted)
    {
        // That it falls asleep or wakes up is an event of its own.
        var isSleep = input.IsAsleep != input.IsToSleep && ReleaseValues.Read(drifted.Release.Spec).PrSha == drifted.Sha;
        var note = drifted.IsAdoption ? EventNotes.Adopted(input.PrNumber)
            : drifted.Rollout.IsEmpty || isSleep ? null
            : EventNotes.Updated(input.PrNumber, drifted.Release, drifted.Sha, drifted.Rollout);
        return new PlannedAction.Apply(
            input.PrNumber, drifted.Desired, drifted.Release.Metadata.Uid, string.Join(", ", drifted.Fields), note);
    }

    // Creating, changing or deleting a release reconciles it anyway.
    private static ImmutableArray<PlannedAction> Rebuild(EnvironmentInput input, HelmRelease release) =>
        input.Rebuild is { } token && release.Metadata.Annotation(PlannedAction.Rebuild.ForceAtAnnotation) != token
            ? [new PlannedAction.Rebuild(
                input.PrNumber, input.Name, release.Metadata.Uid, token, EventNotes.RebuildRequested(input.PrNumber))]
            : [];
}
