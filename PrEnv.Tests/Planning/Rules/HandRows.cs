using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>People edit releases.</summary>
internal static class HandRows
{
    private static readonly string Url = World.UrlOf(22, World.A);

    private static World Edited(string phase, string reason, Func<Core.Resources.HelmRelease, Core.Resources.HelmRelease> release) =>
        World.Probing.Open(22).Row(22, phase, reason).Later(TimeSpan.FromHours(5)).Release(22, change: release);

    public static RuleRow[] All { get; } =
    [
        new("HandEdit_OfAReadyRelease_StartsTheClockAnew", Edited("Ready", "EnvReady", r => r.Ready().PostedReady(Url).NextGeneration()),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              look again at 17:30:00
            """),
        new("HandEdit_OfAFailedRelease_StartsTheClockAnew", Edited(
            "Failed", "InstallFailed", r => r.Failed().PostedFailed(url: Url).NextGeneration()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              look again at 17:30:00
            """),
        new("HandEdit_OfTheReport_IsIgnored",
            World.Fluxed.Open(22).Row(22, "Deploying", "Progressing")
            .Release(22, change: r => r.Ready().Annotation(OwnerLabels.ReportedAnnotation, "{\"status\":null}")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("HandEdit_OfTheReportIntoNonsense_IsIgnored",
            World.Fluxed.Open(22).Row(22, "Deploying", "Progressing")
            .Release(22, change: r => r.Working().Annotation(OwnerLabels.ReportedAnnotation, "[]")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:25:00
            """),
        new("HandEdit_OfALabelOfTheOwner_LosesTheRelease", World.Plain.Open(22).Release(
            22, change: r => r.Label(OwnerLabels.PrNumber, "23")),
            """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.
            """),
        new("HandEdit_OfTheManager_IsMended", World.Plain.Open(22).Row(22, "Ready", "Applied").Release(
            22, change: r => r.PostedSubmitted().Label(OwnerLabels.ManagedBy, "Helm")),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (metadata.labels.app.kubernetes.io/managed-by)
            """),
        new("HandMadeCopy_UnderAnotherName_IsNobodys",
            World.Plain.Open(22).Release(22, change: r => r.PostedSubmitted()).Row(22, "Ready", "Applied")
                .Release(22, change: r => r.Meta(m => m with { Name = "relpr-99", Uid = "copy" })), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        new("Status_WithANullAmongItsRows_IsReadAllTheSame",
            World.Plain.Open(22).Row(22, "Ready", "Applied").Release(22, change: r => r.Ready().PostedSubmitted())
                .Status(s => s with { Environments = [null!, .. s.Environments!] }),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
    ];
}
