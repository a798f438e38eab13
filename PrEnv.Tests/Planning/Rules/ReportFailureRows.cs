using PrEnv.Core.Plans;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Commit statuses that GitHub does not take.</summary>
internal static class ReportFailureRows
{
    private const string Denied = "GitHub does not let this token write commit statuses: give it the permission.";

    private static readonly HashSet<(int PrNumber, ReportKind What)> Known = [(22, ReportKind.CommitStatus)];

    private static readonly World Submitted = World.Plain.Open(22).Release(22);

    public static RuleRow[] All { get; } =
    [
        new("Untold_SaysSoInTheRowAndOnce", Submitted.Row(22, "Ready", "Applied"), """
            Ready=False StatusReportFailed Reconciling: PR 22: GitHub does not let this token write commit statuses: give it the permission.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: GitHub does not let this token write commit statuses: give it the permission.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            event Warning StatusReportFailed: PR 22: GitHub does not let this token write commit statuses: give it the permission.
            """)
        {
            Unreported = [new ReportFailure(22, Denied, Permanent: false)],
        },
        new("Untold_RefusedForGood_LeavesTheResourceReady", Submitted.Row(22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: It has 1,000 statuses.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            event Warning StatusReportFailed: PR 22: It has 1,000 statuses.
            """)
        {
            Unreported = [new ReportFailure(22, "It has 1,000 statuses.", Permanent: true)],
        },
        new("Untold_KnownAlready_IsNoNews",
            Submitted.Row(22, "Ready", "Applied") with { Unreported = Known },
            """
            Ready=False StatusReportFailed Reconciling: PR 22: GitHub does not let this token write commit statuses: give it the permission.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: GitHub does not let this token write commit statuses: give it the permission.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """) { Unreported = [new ReportFailure(22, Denied, Permanent: false)] },
        new("Untold_OfThree_IsOneEvent",
            Submitted.Open(23, World.B).Release(23, World.B).Open(24, new string('c', 40)).Release(24, new string('c', 40)), """
            Ready=False StatusReportFailed Reconciling: PR 22 and 2 more: GitHub does not let this token write commit statuses: give it the permission.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: GitHub does not let this token write commit statuses: give it the permission.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            PR 23 Ready/Applied bbbbbbb by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: GitHub does not let this token write commit statuses: give it the permission.
              tell success bbbbbbb "Ephemeral environment creation request submitted"
            PR 24 Ready/Applied ccccccc by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: GitHub does not let this token write commit statuses: give it the permission.
              tell success ccccccc "Ephemeral environment creation request submitted"
            event Warning StatusReportFailed: PR 22 and 2 more: GitHub does not let this token write commit statuses: give it the permission.
            """)
        {
            Unreported = [new ReportFailure(24, Denied, false), new ReportFailure(22, Denied, false), new ReportFailure(23, Denied, false)],
        },
        new("Untold_BesideAConflict_IsNotToldEachTime",
            Submitted.Open(23).Release(23, change: r => r.OfAnother()).Row(23, "Failed", "NameConflict")
                .Row(22, "Ready", "Applied") with { Unreported = Known },
            """
            Ready=False NameConflict Stalled: PR 23: HelmRelease envs/relpr-23 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. The commit status could not be posted: GitHub does not let this token write commit statuses: give it the permission.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            PR 23 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-23 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """) { Unreported = [new ReportFailure(22, Denied, Permanent: false)] },
        new("Untold_Once_DoesNotMakeAReadyEnvironmentNewsAgain",
            World.Fluxed.Open(22).Release(22, change: r => r.Working()).Row(22, "Ready", "EnvReady"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease was ready and is being reconciled by Flux.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            """),
        new("Untold_Failure_IsToldLaterInItsOwnWords",
            World.Fluxed.Open(22).Release(22, change: r => r.Working()).Row(22, "Failed", "InstallFailed"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InstallFailed"
            """),
    ];
}
