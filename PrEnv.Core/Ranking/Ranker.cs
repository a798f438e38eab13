using PrEnv.Core.Spec;

namespace PrEnv.Core.Ranking;

/// <summary>
/// Decides what depends on all pull requests together, between the inputs and the rules: so far no field of the spec needs it, and every
/// candidate is placed. Pure.
/// </summary>
internal static class Ranker
{
    /// <summary>The standing of each candidate, by number of the pull request.</summary>
    public static IReadOnlyDictionary<int, Standing> Rank(EnvironmentSpec spec, IReadOnlyCollection<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return candidates.ToDictionary(c => c.PullRequest.Number, _ => Standing.Placed);
    }
}
