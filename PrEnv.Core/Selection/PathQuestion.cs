using PrEnv.Core.Model;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>
/// Does a pull request change files that count? The answer is the same as long as all of this is: another commit, another base branch or
/// another filter is another question.
/// </summary>
/// <param name="PrNumber">The pull request.</param>
/// <param name="HeadSha">Its head commit.</param>
/// <param name="BaseBranch">What it is compared with; empty if GitHub did not report it.</param>
/// <param name="Filter">Which files count.</param>
public sealed record PathQuestion(int PrNumber, string HeadSha, string BaseBranch, PathFilter Filter)
{
    /// <summary>What a spec wants to know of a pull request; null if it does not depend on files.</summary>
    public static PathQuestion? Of(PullRequest pullRequest, EnvironmentSpec spec) => spec.Filter.Files.IsEmpty
        ? null
        : new PathQuestion(pullRequest.Number, pullRequest.HeadSha, pullRequest.BaseBranch, spec.Filter.Files);
}
