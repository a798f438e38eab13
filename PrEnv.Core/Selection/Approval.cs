using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Which commit of a pull request may be installed.</summary>
/// <param name="State">May the head commit be installed?</param>
/// <param name="InstallSha">The head commit, or the one that was approved last; null if no commit may be installed.</param>
/// <param name="Problem">Why <see cref="ApprovalState.Unknown"/> or <see cref="ApprovalState.Undecided"/>.</param>
internal sealed record Approval(ApprovalState State, string? InstallSha, string? Problem = null)
{
    /// <summary>Why the head commit is <see cref="ApprovalState.Unchecked"/>; null otherwise.</summary>
    public CheckWait? Checks { get; init; }

    /// <summary>Has a fork's head commit been approved, whatever else it waits for?</summary>
    public bool IsApproved { get; init; } = State == ApprovalState.Given;

    /// <summary>Has GitHub said enough to tell whether the head commit may be installed?</summary>
    public bool IsAnswered => State is not (ApprovalState.Unknown or ApprovalState.Undecided) && Checks is not { IsKnown: false };

    /// <summary>The head commit waits while an older one stays installed.</summary>
    public bool IsPinned =>
        State is ApprovalState.Missing or ApprovalState.Unknown or ApprovalState.Undecided or ApprovalState.Unchecked
        && InstallSha is not null;

    /// <param name="pullRequest">As it is listed.</param>
    /// <param name="spec">Decides whether an approval is needed.</param>
    /// <param name="existing">Its release; null if it has none.</param>
    /// <param name="reading">Its reviews; null when they were not asked for.</param>
    /// <param name="effects">What was approved by command.</param>
    public static Approval Of(
        PullRequest pullRequest, EnvironmentSpec spec, HelmRelease? existing, ReviewReading? reading, CommandEffects effects)
    {
        var head = pullRequest.HeadSha;
        if (!IsNeeded(pullRequest, spec))
            return new Approval(ApprovalState.NotNeeded, head);
        if (IsKnown(pullRequest, existing, effects))
            return new Approval(ApprovalState.Given, head);
        var pinned = existing is null ? null : ApprovedOf(existing);
        if (reading is not ReviewReading.Known known)
        {
            var problem = (reading as ReviewReading.Unknown)?.Message ?? "GitHub has not been asked yet.";
            return new Approval(ApprovalState.Unknown, pinned ?? (existing is null ? null : RolledOut(existing)), problem);
        }

        if (Approvals.Cover(known.Reviews, head))
            return new Approval(ApprovalState.Given, head);
        var older = existing is null ? null : RolledOut(existing);
        return new Approval(ApprovalState.Missing, pinned ?? (older is not null && Approvals.Cover(known.Reviews, older) ? older : null));
    }

    /// <summary>Whether the pull request is selected is not known: what is installed stays, and nothing else is installed.</summary>
    /// <param name="existing">Its release; null if it has none.</param>
    /// <param name="problem">A sentence.</param>
    public static Approval Undecided(HelmRelease? existing, string problem) =>
        new(ApprovalState.Undecided, existing is null ? null : RolledOut(existing), problem);

    /// <summary>
    /// The same of a head commit that waits for its checks: until then what is installed stays, if it may be installed.
    /// </summary>
    /// <param name="wait">What it waits for.</param>
    /// <param name="existing">Its release; null if it has none.</param>
    /// <param name="reading">Its reviews; null when they were not asked for.</param>
    public Approval Until(CheckWait wait, HelmRelease? existing, ReviewReading? reading)
    {
        var installed = existing is null ? null : RolledOut(existing);
        var mayStay = State == ApprovalState.NotNeeded
            || (existing is not null && installed is not null && (ApprovedOf(existing) == installed
                || (reading is ReviewReading.Known known && Approvals.Cover(known.Reviews, installed))));
        return new Approval(ApprovalState.Unchecked, mayStay ? installed : null)
        {
            Checks = wait,
            IsApproved = IsApproved,
        };
    }

    public static bool IsNeeded(PullRequest pullRequest, EnvironmentSpec spec) =>
        pullRequest.IsFork && spec.Forks == ForkPolicy.RequireApproval;

    /// <summary>Is the head commit known to be approved, so that GitHub need not be asked?</summary>
    public static bool IsKnown(PullRequest pullRequest, HelmRelease? existing, CommandEffects effects) =>
        effects.Approved.GetValueOrDefault(pullRequest.Number) == pullRequest.HeadSha
        || (existing is not null && ApprovedOf(existing) == pullRequest.HeadSha);

    /// <summary>The commit of a fork that the release was allowed to install; null if it records none.</summary>
    public static string? ApprovedOf(HelmRelease release) =>
        release.Metadata.Annotation(OwnerLabels.ApprovedShaAnnotation) is { } sha && Sha.IsCommit(sha) ? sha : null;

    /// <summary>The commit that the controller itself rolled out last, regardless of manual edits of the values.</summary>
    public static string? RolledOut(HelmRelease release) =>
        release.Metadata.Annotation(OwnerLabels.HeadShaAnnotation) is { } noted && Sha.IsCommit(noted)
            ? noted
            : ReleaseValues.Read(release.Spec).Commit;
}

/// <summary>May the head commit be installed?</summary>
internal enum ApprovalState
{
    /// <summary>It need not be.</summary>
    NotNeeded,

    /// <summary>It was.</summary>
    Given,

    /// <summary>It was not.</summary>
    Missing,

    /// <summary>GitHub did not say.</summary>
    Unknown,

    /// <summary>It need not be or it was, but its checks have not concluded well.</summary>
    Unchecked,

    /// <summary>GitHub has not said enough to decide whether the pull request gets an environment at all.</summary>
    Undecided,
}
