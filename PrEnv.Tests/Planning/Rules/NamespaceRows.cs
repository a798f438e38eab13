using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>A namespace for each environment.</summary>
internal static class NamespaceRows
{
    private static readonly World Own = World.Plain.Namespaced();

    private static readonly World Staged = World.Plain.Namespaced(n => n with
    {
        Labels = new Dictionary<string, string?>(StringComparer.Ordinal) { ["branch"] = "<<PR_BRANCH>>" },
    });

    private static readonly World Branches = World.Plain.Namespaced(n => n with { Template = "<<PR_BRANCH_SLUG>>" });

    public static RuleRow[] All { get; } =
    [
        new("Namespace_OfANewEnvironment_IsCreatedBeforeItsRelease", Own.Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create namespace pr-22
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Namespace_OfARunningEnvironment_IsLeftAsItIs", Own.Open(22).ReleaseIn(22).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Namespace_ThatIsGone_IsCreatedAgain", Own.Open(22).ReleaseIn(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              create namespace pr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Namespace_ThatIsBeingDeletedByHand_IsTold", Own.Open(22).ReleaseIn(22).Namespace(22, n => n.Leaving()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. Its namespace pr-22 is being deleted; it will be created again.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:00:05
            """),
        new("Namespace_WithAChangedLabel_IsCorrected", Staged.Open(22).ReleaseIn(22).Namespace(22, n => n.Labelled("branch", "x")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              update namespace pr-22 (metadata.labels.branch)
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Namespace_WhoseLabelAPolicyOverrides_IsLeftAsItIs", Overridden(), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Namespace_WithALabelThatIsNotValid_FailsItsEnvironment", Staged.Open(22, change: p => p with { HeadBranch = "a/b" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/NamespaceLabelInvalid aaaaaaa by WaitForNamespace: spec.namespace.labels.branch becomes "a/b", which is not a valid label value. Use a slug, or an annotation instead.
              tell failure aaaaaaa "Ephemeral environment for PR failed: NamespaceLabelInvalid"
            event Warning NamespaceLabelInvalid: No environment for PR 22: spec.namespace.labels.branch becomes "a/b", which is not a valid label value. Use a slug, or an annotation instead.
            """),
        new(
            "Namespace_WithALabelThatIsNotValidThatAnotherHas_IsThatOnes",
            Staged.Open(22, change: p => p with { HeadBranch = "a/b" }).Open(23, World.B).ReleaseIn(23, World.B, name: "pr-22"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/NamespaceNotUnique aaaaaaa by WaitForNamespace: Namespace pr-22 belongs to the environment of PR 23. Use <<PR_NUMBER>> in spec.namespace.template.
              tell failure aaaaaaa "Ephemeral environment for PR failed: NamespaceNotUnique"
            PR 23 Ready/Applied bbbbbbb by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              create namespace pr-22
              tell success bbbbbbb "Ephemeral environment creation request submitted"
            event Warning NamespaceNotUnique: No environment for PR 22: Namespace pr-22 belongs to the environment of PR 23. Use <<PR_NUMBER>> in spec.namespace.template.
            """),
        new(
            "Namespace_WhoseLabelHasBecomeInvalid_StaysAsItIs",
            Staged.Open(22, change: p => p with { HeadBranch = "a/b" }).ReleaseIn(22).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Namespace_OfSomebodyElse_IsNotTouched", Own.Open(22).Namespace(22, n => n.Foreign()), """
            Ready=False NameConflict Stalled: PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            PR 22 Failed/NameConflict aaaaaaa by WaitForNamespace: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            event Warning NameConflict: No environment for PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            """),
        new("Namespace_WithCopiedLabels_IsNotTouched", Own.Open(22).Namespace(22, n => n.Annotated([])), """
            Ready=False NameConflict Stalled: PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            PR 22 Failed/NameConflict aaaaaaa by WaitForNamespace: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            event Warning NameConflict: No environment for PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            """),
        new("Namespace_OfAnEarlierResource_IsNotTouched", Own.Open(22).Namespace(22, n => n.Labelled(OwnerLabels.Uid, "uid-before")), """
            Ready=False NameConflict Stalled: PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            PR 22 Failed/NameConflict aaaaaaa by WaitForNamespace: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            event Warning NameConflict: No environment for PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            """),
        new("Namespace_OfTwoPullRequests_BelongsToTheLowerNumber", Branches.Open(22).Open(23, World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create namespace topic
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            PR 23 Failed/NamespaceNotUnique bbbbbbb by WaitForNamespace: Namespace topic belongs to the environment of PR 22. Use <<PR_NUMBER>> in spec.namespace.template.
              tell failure bbbbbbb "Ephemeral environment for PR failed: NamespaceNotUnique"
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            event Warning NamespaceNotUnique: No environment for PR 23: Namespace topic belongs to the environment of PR 22. Use <<PR_NUMBER>> in spec.namespace.template.
            """),
        new(
            "Namespace_ThatAHigherNumberHas_StaysWithIt",
            Branches.Open(22).Open(23, World.B).ReleaseIn(23, World.B, name: "topic").Namespace(23, name: "topic"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/NamespaceNotUnique aaaaaaa by WaitForNamespace: Namespace topic belongs to the environment of PR 23. Use <<PR_NUMBER>> in spec.namespace.template.
              tell failure aaaaaaa "Ephemeral environment for PR failed: NamespaceNotUnique"
            PR 23 Ready/Applied bbbbbbb by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success bbbbbbb "Ephemeral environment creation request submitted"
            event Warning NamespaceNotUnique: No environment for PR 22: Namespace topic belongs to the environment of PR 23. Use <<PR_NUMBER>> in spec.namespace.template.
            """),
        new("Namespace_ThatIsRefused_HoldsNoPlace", Own.Limited(1).Open(22).Namespace(22, n => n.Foreign()).Open(23, World.B), """
            Ready=False NameConflict Stalled: PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            PR 22 Failed/NameConflict aaaaaaa by WaitForNamespace: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            PR 23 Ready/Applied bbbbbbb by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create namespace pr-23
              create envs/relpr-23
              tell success bbbbbbb "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 23
            event Warning NameConflict: No environment for PR 22: Namespace pr-22 exists and was not created by this resource. Choose another spec.namespace.template, or remove that namespace.
            """),
        new(
            "Namespace_ThatTwoWant_HoldsOnePlace",
            Branches.Limited(2).Open(22).Open(23, World.B).Open(24, new string('c', 40), p => p with { HeadBranch = "b" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create namespace topic
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            PR 23 Failed/NamespaceNotUnique bbbbbbb by WaitForNamespace: Namespace topic belongs to the environment of PR 22. Use <<PR_NUMBER>> in spec.namespace.template.
              tell failure bbbbbbb "Ephemeral environment for PR failed: NamespaceNotUnique"
            PR 24 Ready/Applied ccccccc by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create namespace b
              create envs/relpr-24
              tell success ccccccc "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 24
            event Warning NamespaceNotUnique: No environment for PR 23: Namespace topic belongs to the environment of PR 22. Use <<PR_NUMBER>> in spec.namespace.template.
            """),
        new("Namespaces_ThatMayNotBeListed_NameTheMissingPermission", Unread(Own.Open(22).Open(23).ReleaseIn(23)), """
            Ready=False NamespaceFailed Reconciling: PR 22: The namespaces could not be listed: the API server denied the request: namespaces is forbidden: User "x" cannot list resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            PR 22 Failed/NamespaceFailed aaaaaaa by WaitForNamespace: The namespaces could not be listed: the API server denied the request: namespaces is forbidden: User "x" cannot list resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            PR 23 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            event Warning NamespaceFailed: PR 22: The namespaces could not be listed: the API server denied the request: namespaces is forbidden: User "x" cannot list resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            """),
        new("Namespace_OfAnEnvironmentFromBefore_IsNotAdded", Own.Open(22).Release(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new(
            "Namespace_AfterTheTemplateChanged_StaysThatOfTheEnvironment",
            Own.Open(22).ReleaseIn(22, name: "old").Namespace(22, name: "old"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Namespace_AfterTheTemplateIsGone_StaysThatOfTheEnvironment", World.Plain.Open(22).ReleaseIn(22).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new(
            "Namespace_ChangedByHandInTheRelease_IsPutBack",
            Own.Open(22).ReleaseIn(22, change: r => r.Set("targetNamespace", "else")).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.targetNamespace)
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.targetNamespace at aaaaaaa
            """),
        new(
            "Namespace_WhoseReleaseHasLostTheAnnotation_IsStillItsOwn",
            Own.Open(22).ReleaseIn(22, change: r => r.Annotation(OwnerLabels.TargetNamespaceAnnotation, null)).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/target-namespace)
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new(
            "Namespace_OfAClosedPullRequest_OutlivesItsRelease",
            Own.Confirmed(22, PullRequestState.Closed).ReleaseIn(22).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new(
            "Namespace_WhoseReleaseIsBeingUninstalled_Waits",
            Own.Row(22, "Deleting", "PullRequestClosed").ReleaseIn(22, change: r => r.Deleting()).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              look again at 12:06:00
            event Normal NoActivePRs: No active PRs found
            """),
        new(
            "Namespace_WhoseReleaseIsGone_IsDeleted",
            Own.Row(22, "Deleting", "PullRequestClosed").Confirmed(22, PullRequestState.Closed).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Namespace pr-22 is being deleted.
              delete namespace pr-22
              look again at 12:00:02
            event Normal NoActivePRs: No active PRs found
            """),
        new(
            "Namespace_WhoseReleaseIsGone_IsHeldWithoutProof",
            Own.Row(22, "Deleting", "PullRequestClosed").Confirmed(22, PullRequestState.Unknown).Namespace(22), """
            Ready=False DeletionHeld Reconciling: PR 22: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its namespace stays; if you no longer need it, run: kubectl delete namespace pr-22
            PR 22 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its namespace stays; if you no longer need it, run: kubectl delete namespace pr-22
            event Warning DeletionHeld: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its namespace stays; if you no longer need it, run: kubectl delete namespace pr-22
            """),
        new("Namespace_WhilePullRequestsCannotBeListed_Stays", Own.Away(UnavailableReason.ServerError).Namespace(22), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new(
            "Namespace_ThatIsBeingDeleted_IsWaitedFor",
            Own.Row(22, "Deleting", "PullRequestClosed").Namespace(22, n => n.Leaving(20)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Namespace pr-22 is being deleted.
              look again at 12:00:10
            event Normal NoActivePRs: No active PRs found
            """),
        new(
            "Namespace_ThatCannotBeEmptied_SaysWhy",
            Own.Row(22, "Deleting", "PullRequestClosed").Namespace(
                22, n => n.Leaving(600).Waiting("Some resources are remaining: pods. has 1 resource instances")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Namespace pr-22 is being deleted. Kubernetes reports: Some resources are remaining: pods. has 1 resource instances.
              look again at 12:01:00
            event Normal NoActivePRs: No active PRs found
            """),
        new("Namespace_OfADeselectedPullRequest_IsDeletedAfterItsRelease", Own.Forks("Deny").Fork(22).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ForkDenied - by DeleteUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny. Namespace pr-22 is being deleted.
              delete namespace pr-22
              look again at 12:00:02
            """),
        new("Namespace_OfAReopenedPullRequest_IsUsedAgain", Own.Open(22).Namespace(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Namespace_OfAReopenedPullRequestThatIsBeingDeleted_IsWaitedFor", Own.Open(22).Namespace(22, n => n.Leaving()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/WaitingForDeletion aaaaaaa by WaitForNamespace: Namespace pr-22 of the previous environment is still being deleted; a new one will then be created.
              look again at 12:00:05
            """),
        new("Namespace_OfAReopenedPullRequestWithAnotherName_IsDeletedFirst", Own.Open(22).Namespace(22, name: "old"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/WaitingForDeletion aaaaaaa by WaitForNamespace: Namespace old of the previous environment is still being deleted; a new one will then be created.
              delete namespace old
              look again at 12:00:02
            """),
        new("Namespace_AtTheEndOfTheResource_OutlivesItsRelease", Own.Deleted().ReleaseIn(22).Namespace(22), """
            Ready=False Deleting Reconciling: 1 environment is being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Namespace_AtTheEndOfTheResource_IsDeletedWithoutARelease", Own.Deleted().Namespace(22).ReleaseIn(23).Namespace(23), """
            Ready=False Deleting Reconciling: 1 environment is being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted - by Teardown: The resource is being deleted. Namespace pr-22 is being deleted.
              delete namespace pr-22
              look again at 12:00:02
            PR 23 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              delete envs/relpr-23
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 23
            """),
        new("Namespace_AtTheEndOfTheResource_HoldsTheFinalizer", Own.Deleted().Namespace(22, n => n.Leaving()), """
            Ready=False Deleting Reconciling: 1 namespace is being deleted.
            PR 22 Deleting/ResourceDeleted - by Teardown: The resource is being deleted. Namespace pr-22 is being deleted.
              look again at 12:00:05
            """),
        new("Namespaces_AtTheEndOfTheResource_AreNotTakenForGone", Unread(Own.Deleted()), """
            Ready=False Deleting Reconciling: The namespaces could not be listed: the API server denied the request: namespaces is forbidden: User "x" cannot list resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            rows stay
            """),
        new("Namespace_OfSomebodyElse_DoesNotHoldTheFinalizer", Own.Deleted().Namespace(22, n => n.Annotated([])), """
            Ready=False Deleting Reconciling: The resource no longer has any HelmReleases.
            finalizer: Remove
            rows stay
            """),
        new("Namespace_WithPolicyOrphan_IsOrphaned", Own.Deleted("Orphan").ReleaseIn(22).Namespace(22), """
            Ready=False Deleting Reconciling: deletionPolicy is Orphan: 1 HelmRelease stays.
            PR 22 Held/Orphaned aaaaaaa by Teardown: deletionPolicy is Orphan: the HelmRelease stays.
              orphan envs/relpr-22
              orphan namespace pr-22
              look again at 12:00:01
            """),
        new("Namespace_WithPolicyOrphanAndWithoutARelease_IsOrphaned", Own.Deleted("Orphan").Namespace(22), """
            Ready=False Deleting Reconciling: deletionPolicy is Orphan: 1 namespace stays.
            PR 22 Held/Orphaned - by Teardown: deletionPolicy is Orphan: the namespace stays.
              orphan namespace pr-22
              look again at 12:00:01
            """),
        new("Namespace_ThatMayNotBeCreated_NamesTheMissingPermission", Own.Open(22), """
            Ready=False NamespaceFailed Reconciling: PR 22: Unable to create namespace pr-22: the API server denied the request: namespaces is forbidden: User "x" cannot create resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            PR 22 Failed/NamespaceFailed aaaaaaa by ApplyDesired: Unable to create namespace pr-22: the API server denied the request: namespaces is forbidden: User "x" cannot create resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
              create namespace pr-22
              create envs/relpr-22
              look again at 12:01:00
            event Warning NamespaceFailed: PR 22: Unable to create namespace pr-22: the API server denied the request: namespaces is forbidden: User "x" cannot create resource "namespaces". spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            """)
        {
            Failure = a => a is PlannedAction.CreateNamespace
                ? new ApiStatus(403, "Forbidden", "namespaces is forbidden: User \"x\" cannot create resource \"namespaces\"")
                : null,
        },
        new("Namespace_ThatAppearsAtTheLastMoment_IsNotTouched", Own.Open(22), """
            Ready=False NameConflict Reconciling: PR 22: Unable to create namespace pr-22: a namespace of that name exists, and this resource did not create it for this pull request.
            PR 22 Failed/NameConflict aaaaaaa by ApplyDesired: Unable to create namespace pr-22: a namespace of that name exists, and this resource did not create it for this pull request.
              create namespace pr-22
              create envs/relpr-22
              look again at 12:01:00
            event Warning NameConflict: PR 22: Unable to create namespace pr-22: a namespace of that name exists, and this resource did not create it for this pull request.
            """)
        {
            Failure = a => a is PlannedAction.CreateNamespace
                ? new ApiStatus(409, "AlreadyExists", "namespaces \"pr-22\" already exists")
                : null,
        },
        new(
            "Namespace_ThatMayNotBeChanged_LeavesTheEnvironmentAsItIs",
            Staged.Open(22).ReleaseIn(22).Namespace(22, n => n.Labelled("branch", "x")), """
            Ready=False NamespaceFailed Reconciling: PR 22: Unable to update namespace pr-22: the API server denied the request: no. spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            PR 22 Ready/NamespaceFailed aaaaaaa by EvaluateRelease: Unable to update namespace pr-22: the API server denied the request: no. spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
              update namespace pr-22 (metadata.labels.branch)
            event Warning NamespaceFailed: PR 22: Unable to update namespace pr-22: the API server denied the request: no. spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            """)
        {
            Failure = a => a is PlannedAction.UpdateNamespace ? new ApiStatus(403, "Forbidden", "no") : null,
        },
        new(
            "Namespace_ThatMayNotBeDeleted_SaysSo",
            Own.Row(22, "Deleting", "PullRequestClosed").Confirmed(22, PullRequestState.Closed).Namespace(22), """
            Ready=False DeleteFailed Reconciling: PR 22: Unable to delete namespace pr-22: the API server denied the request: no. spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            PR 22 Deleting/DeleteFailed aaaaaaa by DeleteClosed: Unable to delete namespace pr-22: the API server denied the request: no. spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
              delete namespace pr-22
              look again at 12:00:02
            event Normal NoActivePRs: No active PRs found
            event Warning DeleteFailed: PR 22: Unable to delete namespace pr-22: the API server denied the request: no. spec.namespace needs the permissions of the ClusterRole prenv-controller-namespaces: kubectl apply -k manifests/namespaces.
            """)
        {
            Failure = a => a is PlannedAction.DeleteNamespace ? new ApiStatus(403, "Forbidden", "no") : null,
        },
    ];

    private static World Unread(World world) => world with
    {
        Namespaces = new NamespaceReading
        {
            Failure = new ApiStatus(403, "Forbidden", "namespaces is forbidden: User \"x\" cannot list resource \"namespaces\""),
        },
    };

    private static World Overridden()
    {
        var world = Staged.Open(22).ReleaseIn(22).Namespace(22, n => n.Labelled("branch", "policy"));
        var update = world.Plan().Actions.OfType<PlannedAction.UpdateNamespace>().Single();
        return world with
        {
            Namespaces = world.Namespaces with
            {
                Overridden = new Dictionary<string, string>(StringComparer.Ordinal) { [update.Uid] = update.Desired.Fingerprint },
            },
        };
    }
}
