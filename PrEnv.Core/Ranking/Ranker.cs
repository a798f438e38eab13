namespace PrEnv.Core.Ranking;

/// <summary>Decides what depends on all pull requests together, between the inputs and the rules. Pure.</summary>
internal static class Ranker
{
    /// <summary>
    /// The standing of each candidate, by number of the pull request. Environments that exist keep their places; the free ones go to the
    /// lowest numbers, which have been open for longest, and the others wait in that order. A health check URL belongs to the lowest number
    /// that renders it and does not wait.
    /// </summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="limit">How many environments there may be at once; null: any number.</param>
    public static IReadOnlyDictionary<int, Standing> Rank(IReadOnlyCollection<Candidate> candidates, int? limit = null)
    {
        var standings = new Dictionary<int, Standing>(candidates.Count);
        var owners = new Dictionary<string, Candidate>(candidates.Count, StringComparer.Ordinal);
        var waiting = limit is { } most ? Waiting(candidates, most) : [];
        foreach (var candidate in candidates.OrderBy(c => c.Number))
        {
            if (waiting.TryGetValue(candidate.Number, out var place))
            {
                standings.Add(candidate.Number, new Standing(null, place));
                continue;
            }

            var isFirst = candidate.HealthUrl is not { } url || owners.TryAdd(url, candidate);
            standings.Add(candidate.Number, isFirst ? Standing.Placed : new Standing(owners[candidate.HealthUrl!]));
        }

        return standings;
    }

    private static Dictionary<int, QueuePlace> Waiting(IReadOnlyCollection<Candidate> candidates, int limit)
    {
        var holders = candidates.Where(c => c.Claim == PlaceClaim.Holds).OrderBy(c => c.Since).ThenBy(c => c.Number).ToList();
        var wanting = candidates.Where(c => c.Claim == PlaceClaim.Wants).Select(c => c.Number).Order().ToList();
        var free = Math.Max(0, limit - holders.Count);
        var waiting = wanting.Skip(free).ToList();
        var queue = new Queue(
            limit, [.. holders.Select(c => c.Number), .. wanting.Take(free)], [.. holders.Where(c => c.HasFailed).Select(c => c.Number)],
            waiting.Count);
        return waiting.Index().ToDictionary(w => w.Item, w => new QueuePlace(queue, w.Index + 1));
    }
}
