using PrEnv.Core.Spec;

namespace PrEnv.Core.Ranking;

/// <summary>
/// Decides what needs all pull requests at once, between the inputs and the rules: today no field of the spec asks for it, and every
/// candidate has its place. Pure.
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
