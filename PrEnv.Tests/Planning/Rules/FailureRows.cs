using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Writes to the cluster that fail.</summary>
internal static class FailureRows
{
    private static readonly ApiStatus NoNamespace = new(404, "NotFound", "namespaces \"envs\" not found", Kind: "namespaces");

    private static readonly ApiStatus Refused = new(422, "Invalid", "spec.chart: Invalid value");

    private static World Many(int count, Func<World, int, World> add) => Enumerable.Range(1, count).Aggregate(World.Plain, add);

    public static RuleRow[] All { get; } =
    [
        new("Failure_OfTheNamespace_SaysWhatToDoAndTellsGitHubNothing", World.Plain.Open(22), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to create HelmRelease envs/relpr-22: namespace envs does not exist; create it.
            PR 22 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-22: namespace envs does not exist; create it.
              create envs/relpr-22
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: PR 22: Unable to create HelmRelease envs/relpr-22: namespace envs does not exist; create it.
            """) { Failure = _ => NoNamespace },
        new("Failure_KnownAlready_IsNoNews",
            World.Plain.Open(22).Row(
                22, "Failed", "UnableToCreateHelmRelease",
                message: "Unable to create HelmRelease envs/relpr-22: namespace envs does not exist; create it."),
            """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to create HelmRelease envs/relpr-22: namespace envs does not exist; create it.
            PR 22 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-22: namespace envs does not exist; create it.
              create envs/relpr-22
              look again at 12:01:00
            """) { Failure = _ => NoNamespace },
        new("Failure_OfThree_IsOneEvent", Many(3, (w, n) => w.Open(n)), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 1 and 2 more: Unable to create HelmRelease envs/relpr-1: namespace envs does not exist; create it.
            PR 1 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-1: namespace envs does not exist; create it.
              create envs/relpr-1
              look again at 12:01:00
            PR 2 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-2: namespace envs does not exist; create it.
              create envs/relpr-2
              look again at 12:01:00
            PR 3 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-3: namespace envs does not exist; create it.
              create envs/relpr-3
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: Unable to create the HelmReleases of 3 pull requests in envs: namespace envs does not exist; create it.
            """) { Failure = _ => NoNamespace },
        new("Failure_OfOneOfTwo_LetsTheOtherThrough", World.Plain.Open(21).Open(22), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 21: Unable to create HelmRelease envs/relpr-21: spec.chart: Invalid value
            PR 21 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-21: spec.chart: Invalid value
              create envs/relpr-21
              look again at 12:01:00
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            event Warning UnableToCreateHelmRelease: PR 21: Unable to create HelmRelease envs/relpr-21: spec.chart: Invalid value
            """)
        {
            Failure = a => a.PrNumber == 21 ? Refused : null,
        },
        new("Failure_OfAnUpdate_KeepsTheRelease",
            World.Plain.Open(22, World.B).Release(22, change: r => r.Ready().PostedSubmitted()).Row(22, "Ready", "Applied"), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to update HelmRelease envs/relpr-22: spec.chart: Invalid value
            PR 22 Failed/UnableToCreateHelmRelease bbbbbbb by ApplyDesired: Unable to update HelmRelease envs/relpr-22: spec.chart: Invalid value
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: PR 22: Unable to update HelmRelease envs/relpr-22: spec.chart: Invalid value
            """) { Failure = _ => Refused },
        new("Failure_AlreadyExists_IsAConflict", World.Plain.Open(22), """
            Ready=False NameConflict Reconciling: PR 22: Unable to create HelmRelease envs/relpr-22: helmreleases "relpr-22" is being taken by team-b/other
            PR 22 Failed/NameConflict aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-22: helmreleases "relpr-22" is being taken by team-b/other
              create envs/relpr-22
              look again at 12:01:00
            event Warning NameConflict: PR 22: Unable to create HelmRelease envs/relpr-22: helmreleases "relpr-22" is being taken by team-b/other
            """)
        {
            Failure = _ => new ApiStatus(409, "AlreadyExists", "helmreleases \"relpr-22\" is being taken by team-b/other"),
        },
        new("Failure_ConflictOnUpdate_IsNoNameConflict",
            World.Plain.Open(22, World.B).Release(22, change: r => r.PostedSubmitted()), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to update HelmRelease envs/relpr-22: the UID in the precondition does not match
            PR 22 Failed/UnableToCreateHelmRelease bbbbbbb by ApplyDesired: Unable to update HelmRelease envs/relpr-22: the UID in the precondition does not match
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: PR 22: Unable to update HelmRelease envs/relpr-22: the UID in the precondition does not match
            """)
        {
            Failure = _ => new ApiStatus(409, "Conflict", "the UID in the precondition does not match"),
        },
        new("Failure_Forbidden_SaysSo", World.Plain.Open(22), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to create HelmRelease envs/relpr-22: the API server denied the request: helmreleases is forbidden:  no access
            PR 22 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-22: the API server denied the request: helmreleases is forbidden:  no access
              create envs/relpr-22
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: PR 22: Unable to create HelmRelease envs/relpr-22: the API server denied the request: helmreleases is forbidden:  no access
            """)
        {
            Failure = _ => new ApiStatus(403, "Forbidden", "helmreleases is forbidden:\n\tno access"),
        },
        new("Failure_Unreachable_SaysSo", World.Plain.Open(22), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to create HelmRelease envs/relpr-22: the API server could not be reached.
            PR 22 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-22: the API server could not be reached.
              create envs/relpr-22
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: PR 22: Unable to create HelmRelease envs/relpr-22: the API server could not be reached.
            """) { Failure = _ => new ApiStatus(0, "", "connection refused (10.0.0.1:443)") },
        new("Failure_OfADeletion_StaysDeleting",
            World.Plain.Release(22).Confirmed(22, PullRequestState.Closed), """
            Ready=False DeleteFailed Reconciling: PR 22: Unable to delete HelmRelease envs/relpr-22: spec.chart: Invalid value
            PR 22 Deleting/DeleteFailed aaaaaaa by DeleteClosed: Unable to delete HelmRelease envs/relpr-22: spec.chart: Invalid value
              delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Warning DeleteFailed: PR 22: Unable to delete HelmRelease envs/relpr-22: spec.chart: Invalid value
            """) { Failure = _ => Refused },
        new("Failure_InTeardown_IsTold", World.Plain.Release(22).Release(23).Deleted(), """
            Ready=False DeleteFailed Reconciling: PR 22 and 1 more: Unable to delete HelmRelease envs/relpr-22: spec.chart: Invalid value
            PR 22 Deleting/DeleteFailed aaaaaaa by Teardown: Unable to delete HelmRelease envs/relpr-22: spec.chart: Invalid value
              delete envs/relpr-22
            PR 23 Deleting/DeleteFailed aaaaaaa by Teardown: Unable to delete HelmRelease envs/relpr-23: spec.chart: Invalid value
              delete envs/relpr-23
            event Warning DeleteFailed: Unable to delete the HelmReleases of 2 pull requests in envs: spec.chart: Invalid value
            """) { Failure = _ => Refused },
        new("Failure_InOrphaning_IsTold", World.Plain.Release(22).Deleted("Orphan"), """
            Ready=False DeleteFailed Reconciling: PR 22: Unable to orphan HelmRelease envs/relpr-22: spec.chart: Invalid value
            PR 22 Held/DeleteFailed aaaaaaa by Teardown: Unable to orphan HelmRelease envs/relpr-22: spec.chart: Invalid value
              orphan envs/relpr-22
              look again at 12:00:01
            event Warning DeleteFailed: PR 22: Unable to orphan HelmRelease envs/relpr-22: spec.chart: Invalid value
            """) { Failure = _ => Refused },
        new("Failure_FixedSince_IsDeployingAndPending",
            World.Fluxed.Open(22).Release(22).Row(22, "Failed", "UnableToCreateHelmRelease"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:30:00
            """),
    ];
}
