using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Which pull requests get an environment.</summary>
internal static class SelectionRows
{
    private static readonly World Labelled = World.Plain.Selecting(s => s with { Labels = ["preview"] });

    private static readonly World Code = World.Plain.Selecting(s => s with { Paths = ["src/**"], ExcludePaths = ["**.md"] }).Open(22);

    private static readonly World Undecided = Labelled.Open(22, World.B);

    private static readonly World Succeeding = World.Fluxed.Selecting(p => p with { Drafts = "Skip" })
        .Spec(s => s with { Report = new Report { CommitStatus = new CommitStatusReport { Skipped = "Success" } } });

    public static RuleRow[] All { get; } =
    [
        new("Fork_Denied_IsSkippedAndSaysSo", World.Plain.Forks("Deny").Fork(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            event Normal PRSkipped: No environment for PR 22: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        new("Fork_SkippedBefore_IsNoNews", World.Plain.Forks("Deny").Fork(22).Row(22, "Skipped", "ForkDenied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        new("Fork_Allowed_IsCreated", World.Plain.Forks("Allow").Fork(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Fork_DeniedWithAnEnvironment_IsDeleted", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.Ready()).Row(
            22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ForkDenied aaaaaaa by DeleteUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Fork_DeniedAndBeingUninstalled_Waits", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.Deleting()).Row(
            22, "Deleting", "ForkDenied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ForkDenied aaaaaaa by DeleteUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny. Flux is uninstalling the environment.
              look again at 12:06:00
            """),
        new("Fork_DeniedWithSomebodyElsesRelease_IsSkipped", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.OfAnother()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            event Normal PRSkipped: No environment for PR 22: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        new("Label_Missing_IsSkippedAndSaysSo", Labelled.Labelled(22, "other"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/LabelMissing aaaaaaa by SkipUnselected: The pull request does not have the label "preview" of spec.pullRequests.labels.
            event Normal PRSkipped: No environment for PR 22: The pull request does not have the label "preview" of spec.pullRequests.labels.
            """),
        new("Label_TakenOff_IsDeleted", Labelled.Labelled(22).Release(22, change: r => r.Ready()).Row(22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/LabelMissing aaaaaaa by DeleteUnselected: The pull request does not have the label "preview" of spec.pullRequests.labels. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Label_PutOnAgain_IsCreated", Labelled.Labelled(22, "preview").Row(22, "Skipped", "LabelMissing"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Label_Unwanted_IsSkipped", World.Plain.Selecting(s => s with { ExcludeLabels = ["wip"] }).Labelled(22, "WIP"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/LabelExcluded aaaaaaa by SkipUnselected: The pull request has the label "wip" of spec.pullRequests.excludeLabels.
            event Normal PRSkipped: No environment for PR 22: The pull request has the label "wip" of spec.pullRequests.excludeLabels.
            """),
        new("Draft_Skipped_SaysSo", World.Plain.Selecting(s => s with { Drafts = "Skip" }).Open(
            22, change: p => p with { IsDraft = true }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/DraftSkipped aaaaaaa by SkipUnselected: The pull request is a draft, and spec.pullRequests.drafts is Skip.
            event Normal PRSkipped: No environment for PR 22: The pull request is a draft, and spec.pullRequests.drafts is Skip.
            """),
        new("Draft_SkippedWithASuccess_PostsIt", Succeeding.Open(22, change: p => p with { IsDraft = true }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/DraftSkipped aaaaaaa by SkipUnselected: The pull request is a draft, and spec.pullRequests.drafts is Skip.
              tell success aaaaaaa "No environment for this pull request: The pull request is a draft, and spec.pullRequests.drafts is Skip."
            event Normal PRSkipped: No environment for PR 22: The pull request is a draft, and spec.pullRequests.drafts is Skip.
            """),
        new("Draft_SkippedWithASuccessThatIsKnown_PostsNothing",
            Succeeding.Open(22, change: p => p with { IsDraft = true }).Row(22, "Skipped", "DraftSkipped")
                .Posted(22, PostedReasons.WithReason(new CommitStatus(
                    World.A, World.Context, CommitState.Success, "No environment for this pull request: It is a draft.", null))),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/DraftSkipped aaaaaaa by SkipUnselected: The pull request is a draft, and spec.pullRequests.drafts is Skip.
            """),
        new("Draft_ThatHasAnEnvironmentStill_IsToldTheSuccessOnceItIsGone",
            Succeeding.Open(22, change: p => p with { IsDraft = true }).Release(22, change: r => r.Ready().PostedReady()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/DraftSkipped aaaaaaa by DeleteUnselected: The pull request is a draft, and spec.pullRequests.drafts is Skip. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Author_Excluded_IsSkipped", World.Plain.Selecting(s => s with { ExcludeAuthors = ["mona"] }).Open(
            22, change: p => p with { Author = "Mona" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/AuthorExcluded aaaaaaa by SkipUnselected: The author of the pull request is in spec.pullRequests.excludeAuthors.
            event Normal PRSkipped: No environment for PR 22: The author of the pull request is in spec.pullRequests.excludeAuthors.
            """),
        new("TargetBranch_EditedToAnother_IsDeleted", World.Plain.Selecting(s => s with { TargetBranches = ["^main$"] }).Open(
            22, change: p => p with { BaseBranch = "old" }).Release(22, change: r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/TargetBranchNotIncluded aaaaaaa by DeleteUnselected: No pattern of spec.pullRequests.targetBranches matches the base branch of the pull request. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Branch_Excluded_IsSkipped", World.Plain.Selecting(s => s with { ExcludeBranches = ["^renovate/"] }).Open(
            22, change: p => p with { HeadBranch = "renovate/all" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/BranchExcluded aaaaaaa by SkipUnselected: The pattern "^renovate/" of spec.pullRequests.excludeBranches matches the branch of the pull request.
            event Normal PRSkipped: No environment for PR 22: The pattern "^renovate/" of spec.pullRequests.excludeBranches matches the branch of the pull request.
            """),
        new("Branch_OfAnotherKind_IsSkipped", World.Plain.Selecting(s => s with { Branches = ["^feature/"] }).Open(
            22, change: p => p with { HeadBranch = "fix/feature/1" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/BranchNotIncluded aaaaaaa by SkipUnselected: No pattern of spec.pullRequests.branches matches the branch of the pull request.
            event Normal PRSkipped: No environment for PR 22: No pattern of spec.pullRequests.branches matches the branch of the pull request.
            """),
        new("Title_Excluded_IsSkipped", World.Plain.Selecting(s => s with { ExcludeTitles = [@"(?i)\bwip\b"] }).Open(
            22, change: p => p with { Title = "WIP: a thing" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/TitleExcluded aaaaaaa by SkipUnselected: The pattern "(?i)\bwip\b" of spec.pullRequests.excludeTitles matches the title of the pull request.
            event Normal PRSkipped: No environment for PR 22: The pattern "(?i)\bwip\b" of spec.pullRequests.excludeTitles matches the title of the pull request.
            """),
        new("Title_OfAnotherKind_IsSkipped", World.Plain.Selecting(s => s with { Titles = ["^feat: "] }).Open(
            22, change: p => p with { Title = "fix: a" }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/TitleNotIncluded aaaaaaa by SkipUnselected: No pattern of spec.pullRequests.titles matches the title of the pull request.
            event Normal PRSkipped: No environment for PR 22: No pattern of spec.pullRequests.titles matches the title of the pull request.
            """),
        new("Title_NotReported_KeepsTheEnvironment", World.Plain.Selecting(s => s with { ExcludeTitles = ["a"] }).Open(
            22, World.B, p => p with { Title = "" }).Release(22, World.A, r => r.Ready()).Row(22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. It is not known whether the pull request is selected. GitHub did not report its title.
            """),
        new("Title_TooLongToMatch_CreatesNothing", World.Plain.Selecting(s => s with { Titles = ["a"] }).Open(
            22, change: p => p with { Title = new string('a', 1025) }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/SelectionUnknown aaaaaaa by WaitForApproval: It is not known whether the pull request is selected. Whether a pattern of spec.pullRequests.titles matches its title could not be found out: it is too long, or takes too long to match.
            event Normal PRQueued: PR 22 is waiting. It is not known whether the pull request is selected. Whether a pattern of spec.pullRequests.titles matches its title could not be found out: it is too long, or takes too long to match.
            """),
        new("Path_OfAnotherKind_IsSkipped", Code.Changing(22, "docs/a.md"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/PathNotIncluded aaaaaaa by SkipUnselected: The pull request changes no file that matches spec.pullRequests.paths.
            event Normal PRSkipped: No environment for PR 22: The pull request changes no file that matches spec.pullRequests.paths.
            """),
        new("Path_AllExcluded_IsDeleted", Code.Changing(22, "docs/a.md", "src/a.md").Release(22, change: r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PathExcluded aaaaaaa by DeleteUnselected: Every file that the pull request changes and that matches spec.pullRequests.paths also matches spec.pullRequests.excludePaths. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Path_OneCounts_IsCreated", Code.Changing(22, "docs/a.md", "src/a.cs"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Path_NotRead_CreatesNothing", Code.FilesUnread(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/SelectionUnknown aaaaaaa by WaitForApproval: It is not known whether the pull request is selected. GitHub returned an error (500); retrying.
            event Normal PRQueued: PR 22 is waiting. It is not known whether the pull request is selected. GitHub returned an error (500); retrying.
            """),
        new("Path_NotRead_KeepsTheEnvironmentAtItsCommit", Code.FilesUnread(22).Release(22, World.B, r => r.Ready()).Row(
            22, "Ready", "Applied", World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied bbbbbbb by EvaluateRelease: The HelmRelease has been applied; no health check is configured. It is not known whether the pull request is selected. GitHub returned an error (500); retrying.
            """),
        new("Path_NotAskedYet_CreatesNothing", Code, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/SelectionUnknown aaaaaaa by WaitForApproval: It is not known whether the pull request is selected. GitHub has not been asked yet which files it changes.
            event Normal PRQueued: PR 22 is waiting. It is not known whether the pull request is selected. GitHub has not been asked yet which files it changes.
            """),
        new("Undecided_WithoutAnEnvironment_Waits", Undecided, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/SelectionUnknown bbbbbbb by WaitForApproval: It is not known whether the pull request is selected. GitHub did not report its labels.
            event Normal PRQueued: PR 22 is waiting. It is not known whether the pull request is selected. GitHub did not report its labels.
            """),
        new("Undecided_WithAnEnvironment_StaysAtItsCommit", Undecided.Release(22, World.A, r => r.Ready()).Row(22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. It is not known whether the pull request is selected. GitHub did not report its labels.
            """),
        new("Undecided_InAFormerDestination_StaysThere", Undecided.Release(22, World.A, r => r.Ready().In("old")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving bbbbbbb by MoveMisplaced: The environment is still in namespace old; it will move to envs once GitHub answers.
            """),
        new("Undecided_ButExcluded_IsDeleted", Undecided.Selecting(s => s with { ExcludeAuthors = ["mona"] }).Release(
            22, World.A, r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/AuthorExcluded aaaaaaa by DeleteUnselected: The author of the pull request is in spec.pullRequests.excludeAuthors. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
    ];
}
