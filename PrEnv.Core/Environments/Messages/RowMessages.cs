using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What the rows of <c>status.environments</c> say, health aside.</summary>
internal static class RowMessages
{
    private const int MaxFields = 1000;

    public static string StillOpen(int number) =>
        $"GitHub's listing does not contain PR {number}, but GitHub reports it as open when asked for it alone. "
        + "Its environment stays; this resolves itself once the listing is complete again.";

    public static string NotConfirmed(int number, ResourceKey release) =>
        $"GitHub's listing does not contain PR {number}, and GitHub could not confirm that it is closed. "
        + $"Its environment stays; if you no longer need it, run: kubectl -n {release.Namespace} delete helmrelease {release.Name}";

    public static string Closed(int number) => $"PR {number} is closed.";

    public static string ReleaseDeleted(int number) => $"The HelmRelease was deleted, and PR {number} is not among the open pull requests.";

    public const string ResourceDeleted = "The resource is being deleted.";

    public static string Orphaned { get; } = "deletionPolicy is Orphan: the HelmRelease stays.";

    public static string OrphanedNamespace { get; } = "deletionPolicy is Orphan: the namespace stays.";

    /// <param name="why">A sentence.</param>
    /// <param name="release">What is being deleted.</param>
    /// <param name="progress">How far the deletion is; null before it has begun.</param>
    public static string Uninstalling(string why, HelmRelease release, DeletionProgress? progress)
    {
        var isUnderWay = progress?.State is null or DeletionState.Uninstalling or DeletionState.Failing or DeletionState.Overdue;
        return $"{why}{(isUnderWay ? " Flux is uninstalling the environment." : "")}{Trouble(release, progress)}";
    }

    public static string Moving(string from, string to, HelmRelease release, DeletionProgress? progress) =>
        $"The environment is being uninstalled from namespace {from} and will then be installed in {to}.{Trouble(release, progress)}";

    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it will be.</param>
    /// <param name="isUnchecked">Does it wait for checks? If not, it waits for GitHub's answer.</param>
    public static string WillMove(string from, string to, bool isUnchecked) =>
        $"The environment is still in namespace {from}; it will move to {to} once "
        + (isUnchecked ? "the checks have succeeded." : "GitHub answers.");

    public static string WaitingForDeletion(HelmRelease release, DeletionProgress? progress) =>
        "The previous HelmRelease is still being uninstalled; if the pull request is open, a new one will then be created."
        + Trouble(release, progress);

    /// <param name="release">The name in question.</param>
    /// <param name="owner">The resource that its labels name; null if they name none.</param>
    /// <param name="resource">The resource that wants it.</param>
    public static string NameTaken(ResourceKey release, ResourceKey? owner, ResourceKey resource)
    {
        const string Advice = " Choose another destinationNamespace for this resource, or remove that HelmRelease.";
        return $"HelmRelease {release} " + owner switch
        {
            null => "was not created by PrEnv." + Advice,
            // Relabelled by hand.
            { } same when same == resource =>
                "names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.",
            { } other => $"belongs to {other}." + Advice,
        };
    }

    /// <param name="fields">Paths.</param>
    public static string Overridden(IReadOnlyList<string> fields) =>
        $"{Policy(fields)} of the HelmRelease whenever it is written; the controller leaves that as it is.";

    /// <summary>The same for fields without which the release is not recognised.</summary>
    public static string Unrecognised(ResourceKey release, IReadOnlyList<string> fields) =>
        $"{Policy(fields)} of HelmRelease {release} whenever it is written, but this is what the controller recognises it by. "
        + "Exempt it from that policy, then delete it: it will be created again.";

    public static string NotOrphaned(ResourceKey release) =>
        $"An admission policy of the cluster restores the controller's labels of HelmRelease {release} whenever they are removed. "
        + "Exempt it from that policy.";

    public static string DeletedByCommand { get; } =
        "The environment was deleted by a command in a comment. The next push or the command /prenv rebuild will bring it back.";

    /// <param name="timeout">For how long nothing has happened.</param>
    /// <param name="commands">Are commands in comments carried out?</param>
    public static string Expired(TimeSpan timeout, bool commands) =>
        $"Nothing has happened on the pull request for {GoDuration.Format(timeout)} (spec.expiry.idleTimeout). A push, a label "
        + $"change{(commands ? ", an approval or the command /prenv rebuild" : " or an approval")} will bring the environment back.";

    /// <summary>What a head commit waits for.</summary>
    public static string Waits(string head, Approval approval) => approval.State switch
    {
        ApprovalState.Undecided => Text.Sentence(approval.Problem ?? ""),
        ApprovalState.Unchecked => CheckMessages.Waits(head, approval.Checks!),
        ApprovalState.Unknown => ApprovalUnknown(head, approval.Problem),
        _ => ApprovalRequired(head),
    };

    public static string ApprovalRequired(string head) =>
        $"From a fork: a reviewer with write access must approve {Sha.Short(head)}.";

    private static string ApprovalUnknown(string head, string? problem) =>
        $"From a fork, and it is not known whether {Sha.Short(head)} has been approved. {Text.Sentence(problem ?? "")}";

    public static string Held(string why) => $"Nothing is deleted: {why}";

    private static string Policy(IReadOnlyList<string> fields) =>
        $"An admission policy of the cluster overrides {Text.Excerpt(string.Join(", ", fields), MaxFields)}";

    // A sentence after a space; empty when there is nothing to say.
    private static string Trouble(HelmRelease release, DeletionProgress? progress) => progress switch
    {
        { State: DeletionState.Finishing, Until: { } until } =>
            $" Flux is finishing an action that it had begun before, until {OverallMessages.Clock(until)} at the latest, and will then "
            + "uninstall.",
        { State: DeletionState.Failing, Problem: { } problem } => " " + HealthMessages.FluxSays(problem),
        { State: DeletionState.Denied, Problem: { } problem } =>
            $" Flux cannot uninstall the environment. {HealthMessages.FluxSays(problem)} {Account(release)} must exist, read the Secrets "
            + "of Helm there, and delete what the chart has installed. If the HelmRelease is removed by force, all of that is left behind.",
        { State: DeletionState.Abandoned } =>
            " The HelmRelease is suspended: Flux removes it without uninstalling, and what the chart has installed is left behind.",
        { State: DeletionState.Overdue, Until: { } since } =>
            $" Flux should have finished by {OverallMessages.Clock(since)} and has not reported a problem: check that helm-controller is "
            + "running.",
        _ => "",
    };

    private static string Account(HelmRelease release) => release.Spec.ServiceAccountName is { Length: > 0 } name
        ? $"ServiceAccount {Text.Excerpt(name)} in namespace {release.Metadata.Namespace}"
        : "The ServiceAccount that Flux uses";
}
