namespace PrEnv.Core.Ranking;

/// <summary>Decides what depends on all pull requests together, between the inputs and the rules. Pure.</summary>
internal static class Ranker
{
    /// <summary>
    /// The standing of each candidate, by number of the pull request. A health check URL belongs to the lowest number that renders it.
    /// </summary>
    public static IReadOnlyDictionary<int, Standing> Rank(IReadOnlyCollection<Candidate> candidates)
    {
        var standings = new Dictionary<int, Standing>(candidates.Count);
        var owners = new Dictionary<string, Candidate>(candidates.Count, StringComparer.Ordinal);
        foreach (var candidate in candidates.OrderBy(c => c.Number))
        {
            var isFirst = candidate.HealthUrl is not { } url || owners.TryAdd(url, candidate);
            standings.Add(candidate.Number, isFirst ? Standing.Placed : new Standing(owners[candidate.HealthUrl!]));
        }

        return standings;
    }
}
