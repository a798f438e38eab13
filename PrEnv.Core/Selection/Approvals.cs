using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Core.Selection;

/// <summary>Which commits are approved, and by whom.</summary>
internal static class Approvals
{
    /// <summary>
    /// Has a reviewer with write access approved exactly that commit? Only each person's last review counts, so that a reviewer who later
    /// asks for changes, or whose approval was dismissed, no longer approves.
    /// </summary>
    public static bool Cover(ImmutableArray<Review> reviews, string sha) => reviews
        .GroupBy(r => r.Reviewer, StringComparer.OrdinalIgnoreCase)
        .Select(person => person.Last())
        .Any(last => last is { Verdict: ReviewVerdict.Approved, MayWrite: true } && last.CommitSha == sha);
}
