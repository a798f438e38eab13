using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Core.Selection;

/// <summary>Who has approved what.</summary>
public static class Approvals
{
    /// <summary>
    /// Is it exactly that commit which somebody with write permission approved? Of each person the last review counts, so that one
    /// who asks for changes afterwards, or whose approval was dismissed, approves no more.
    /// </summary>
    public static bool Cover(ImmutableArray<Review> reviews, string sha) => reviews
        .GroupBy(r => r.Reviewer, StringComparer.OrdinalIgnoreCase)
        .Select(person => person.Last())
        .Any(last => last is { Verdict: ReviewVerdict.Approved, MayWrite: true } && last.CommitSha == sha);
}
