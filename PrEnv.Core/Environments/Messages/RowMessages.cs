using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What the rows of <c>status.environments</c> say, health aside.</summary>
internal static class RowMessages
{
    public static string StillOpen(int number) =>
        $"GitHub's listing leaves PR {number} out, but GitHub calls it open when asked for it alone. "
        + "Its environment stays; this mends itself when the listing does.";

    public static string NotConfirmed(int number, ResourceKey release) =>
        $"GitHub's listing leaves PR {number} out, and GitHub could not confirm that it is closed. "
        + $"Its environment stays; if it is not wanted, run: kubectl -n {release.Namespace} delete helmrelease {release.Name}";

    public static string Closed(int number) => $"PR {number} is closed.";

    public static string ReleaseDeleted(int number) => $"Its HelmRelease was deleted, and PR {number} is not among the open ones.";

    public static string ResourceDeleted { get; } = "The resource is being deleted.";

    public static string Orphaned { get; } = "deletionPolicy is Orphan: it is left to itself.";

    /// <param name="why">A sentence.</param>
    /// <param name="problem">What Flux says of it, when the deletion does not come to its end; else null.</param>
    public static string Uninstalling(string why, ReleaseState? problem) =>
        $"{why} Flux is uninstalling its environment.{Trouble(problem)}";

    public static string Moving(string from, string to, ReleaseState? problem) =>
        $"Is being uninstalled from namespace {from}; it is installed in {to} after that.{Trouble(problem)}";

    public static string WillMove(string from, string to) => $"Still in namespace {from}; it moves to {to} once GitHub answers.";

    public static string WaitingForDeletion(ReleaseState? problem) =>
        "The HelmRelease before it is still being uninstalled; if the pull request is open, a new one is made after that."
        + Trouble(problem);

    /// <param name="release">The name in question.</param>
    /// <param name="owner">The resource that its labels name; null: none.</param>
    /// <param name="resource">The resource that wants it.</param>
    public static string NameTaken(ResourceKey release, ResourceKey? owner, ResourceKey resource)
    {
        const string Advice = " Give this resource a destinationNamespace of its own, or remove that HelmRelease.";
        return $"HelmRelease {release} " + owner switch
        {
            null => "was not made by PrEnv." + Advice,
            // Restored from a backup, orphaned by a forced deletion, or relabelled by hand.
            { } same when same == resource =>
                "bears this resource's name, but not its labels as they should be: "
                + $"it may be of an earlier {same} with another UID. Remove that HelmRelease.",
            { } other => $"belongs to {other}." + Advice,
        };
    }

    public static string DeletedByCommand { get; } =
        "Its environment was deleted by a command in a comment. The next push, or the command /prenv rebuild, brings it back.";

    /// <summary>What a fork's head commit waits for.</summary>
    public static string Waits(string head, Approval approval) =>
        approval.State == ApprovalState.Unknown ? ApprovalUnknown(head, approval.Problem) : ApprovalRequired(head);

    public static string ApprovalRequired(string head) =>
        $"Comes from a fork: {Sha.Short(head)} has to be approved in a review by somebody with write permission.";

    private static string ApprovalUnknown(string head, string? problem) =>
        $"Comes from a fork, and it is not known whether {Sha.Short(head)} was approved. {Text.Sentence(problem ?? "")}";

    public static string Held(string why) => $"Nothing is deleted: {why}";

    private static string Trouble(ReleaseState? problem) => problem is { } state ? " " + HealthMessages.FluxSays(state) : "";
}
