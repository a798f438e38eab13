using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>The resource as a whole.</summary>
internal static class ResourceRows
{
    private static readonly World Had = World.Plain.Open(22).Release(22, change: r => r.PostedSubmitted()).Row(22, "Ready", "Applied");

    public static RuleRow[] All { get; } =
    [
        new("Suspended_DoesNothing", (Had with { WasAsked = false }).Spec(s => s with { Suspend = true }), """
            Ready=Unknown Suspended: spec.suspend is true: nothing is read, written or deleted.
            rows stay
            """),
        new("Invalid_DoesNothingAndSaysWhat", Had.Spec(s => s with { Interval = "often" }), """
            Ready=False InvalidSpec Stalled: spec.interval is "often", which is not a valid duration; use a form such as 90s, 5m or 1h30m.
            rows stay
            event Warning InvalidSpec: spec.interval is "often", which is not a valid duration; use a form such as 90s, 5m or 1h30m.
            """),
        new("Invalid_KnownAlready_IsNoNews",
            Had.Spec(s => s with { Interval = "often" }).Status(s => s with
            {
                Conditions =
                [
                    new()
                    {
                        Type = "Ready", Status = "False", Reason = "InvalidSpec", ObservedGeneration = 1,
                        Message = "spec.interval is \"often\", which is not a valid duration; use a form such as 90s, 5m or 1h30m.",
                    },
                ],
            }), """
            Ready=False InvalidSpec Stalled: spec.interval is "often", which is not a valid duration; use a form such as 90s, 5m or 1h30m.
            rows stay
            """),
        new("Invalid_Empty_SaysEverything", World.Plain.Spec(_ => new PREphemeralEnvControllerSpec()), """
            Ready=False InvalidSpec Stalled: spec.githubPRRepository.user is required: a GitHub user or organisation. spec.githubPRRepository.repo is required: the name of a GitHub repository. spec.envCreationHelmRepo.fluxSourceRepoName is required: the name of a Flux GitRepository. spec.envCreationHelmRepo.helmChartPath is required: the path of the chart in the source.
            rows stay
            event Warning InvalidSpec: spec.githubPRRepository.user is required: a GitHub user or organisation. spec.githubPRRepository.repo is required: the name of a GitHub repository. spec.envCreationHelmRepo.fluxSourceRepoName is required: the name of a Flux GitRepository. spec.envCreationHelmRepo.helmChartPath is required: the path of the chart in the source.
            """),
        new("InvalidTemplate_NamesThePlaceholder",
            Had.Spec(s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NO>>.test" }), """
            Ready=False InvalidTemplate Stalled: spec.envHealthCheckURLTemplate has the unknown placeholder <<PR_NO>>; the known placeholders are PR_AUTHOR, PR_BRANCH, PR_BRANCH_SLUG, PR_HEAD_SHA, PR_HEAD_SHORT_SHA, PR_NUMBER, PR_TARGET_BRANCH, PR_TARGET_BRANCH_SLUG, PR_TITLE, REPO_NAME, REPO_OWNER.
            rows stay
            event Warning InvalidSpec: spec.envHealthCheckURLTemplate has the unknown placeholder <<PR_NO>>; the known placeholders are PR_AUTHOR, PR_BRANCH, PR_BRANCH_SLUG, PR_HEAD_SHA, PR_HEAD_SHORT_SHA, PR_NUMBER, PR_TARGET_BRANCH, PR_TARGET_BRANCH_SLUG, PR_TITLE, REPO_NAME, REPO_OWNER.
            """),
        new("FluxNotInstalled_SaysWhatToInstall", Had with { Flux = FluxState.NotInstalled, WasAsked = false }, """
            Ready=False FluxNotInstalled Reconciling: The cluster has no HelmRelease API (helm.toolkit.fluxcd.io/v2). Install Flux's helm-controller and source-controller; PrEnv will then continue by itself.
            rows stay
            event Warning FluxNotInstalled: The cluster has no HelmRelease API (helm.toolkit.fluxcd.io/v2). Install Flux's helm-controller and source-controller; PrEnv will then continue by itself.
            """),
        new("FluxSyncing_Waits", Had with { Flux = FluxState.Syncing, WasAsked = false }, """
            Ready=Unknown Starting Reconciling: Reading the HelmReleases of the cluster.
            rows stay
            """),
        new("Interval_TooShort_IsRaisedAndSaysSoOnce",
            Had.Spec(s => s with { Interval = "3s" }).Status(s => s with { ObservedGeneration = 0 }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning InvalidSpec: spec.interval 3s is shorter than the minimum of 10s, which is used instead.
            """),
        new("Interval_TooShortAndKnown_IsNoNews", Had.Spec(s => s with { Interval = "3s" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        new("Interval_TooShortWithoutFlux_SaysSoAllTheSame",
            (Had with { Flux = FluxState.NotInstalled }).Spec(s => s with { Interval = "3s" }).Status(s => s with { ObservedGeneration = 0 }), """
            Ready=False FluxNotInstalled Reconciling: The cluster has no HelmRelease API (helm.toolkit.fluxcd.io/v2). Install Flux's helm-controller and source-controller; PrEnv will then continue by itself.
            rows stay
            event Warning FluxNotInstalled: The cluster has no HelmRelease API (helm.toolkit.fluxcd.io/v2). Install Flux's helm-controller and source-controller; PrEnv will then continue by itself.
            event Warning InvalidSpec: spec.interval 3s is shorter than the minimum of 10s, which is used instead.
            """),
    ];
}
