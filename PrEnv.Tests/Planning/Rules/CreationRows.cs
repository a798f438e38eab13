using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>A pull request that has no environment yet gets one, and its commit is told so.</summary>
internal static class CreationRows
{
    public static RuleRow[] All { get; } =
    [
        new("New_WithoutProof_IsCreatedAndSucceedsAtOnce", World.Plain.Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithReleaseReady_IsCreatedAndPending", World.Fluxed.Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithHealthCheck_IsCreatedAndPendingWithItsLink", World.Probing.Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithoutReports_IsCreatedInSilence", World.Fluxed.Silent().Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithoutFinalizer_AddsItFirst", World.Plain.Meta(m => m with { Finalizers = null }).Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            finalizer: Add
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_Three_AreThreeRowsByNumber", World.Plain.Open(7).Open(3, World.B).Open(22, new string('c', 40)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 3 Ready/Applied bbbbbbb by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-3
              tell success bbbbbbb "Ephemeral environment creation request submitted"
              look again at 12:01:00
            PR 7 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-7
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            PR 22 Ready/Applied ccccccc by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success ccccccc "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 3
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 7
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithAnEnvironmentUrl_LinksThereAndNotToTheHealthCheck",
            World.Probing.Spec(s => s with { EnvUrlTemplate = "https://<<PR_BRANCH_SLUG>>.test/?t=<<PR_TITLE>>" }).Open(
                22, change: p => p with { Title = "a&b #1" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://topic.test/?t=a%26b%20%231
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithAContextOfItsOwn_UsesIt",
            World.Plain.Spec(s => s with { Report = new Report { CommitStatus = new CommitStatusReport { Context = "preview" } } }).Open(
                22),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("New_WithAPageThatIsNoWebAddress_DoesNotNoteIt", World.Plain.Open(22, change: p => p with { HtmlUrl = "javascript:alert(1)" }),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Push_OfAHealthyEnvironment_StartsOverForTheNewCommit",
            World.Probing.Open(22, World.B).Release(22, change: r => r.Ready().PostedReady(World.UrlOf(22, World.A)))
                .Probed(22, succeeded: true).Row(22, "Ready", "EnvReady"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress" https://pr-22.test/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            """),
        new("Push_WithoutProof_SucceedsAtOnceAgain",
            World.Plain.Open(22, World.B).Release(22, change: r => r.Ready().PostedSubmitted()).Row(22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied bbbbbbb by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              tell success bbbbbbb "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            """),
        new("Push_OfAFailedEnvironment_IsPendingAndNotFailed",
            World.Fluxed.Open(22, World.B).Release(22, change: r => r.Failed().PostedFailed()).Row(22, "Failed", "InstallFailed"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            """),
    ];
}
