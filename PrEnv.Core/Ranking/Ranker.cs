namespace PrEnv.Core.Ranking;

/// <summary>Decides what depends on all pull requests together, between the inputs and the rules. Pure.</summary>
internal static class Ranker
{
    /// <summary>
    /// The standing of each candidate, by number of the pull request. Environments that exist keep their places; the free ones go to the
    /// lowest numbers, which have been open for longest, and the others wait in that order. A health check URL belongs to the lowest number
    /// that renders it and does not wait. A namespace belongs to the pull request that has it, else to the lowest number; the others wait
    /// for no place.
    /// </summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="limit">How many environments there may be at once; null: any number.</param>
    public static IReadOnlyDictionary<int, Standing> Rank(IReadOnlyCollection<Candidate> candidates, int? limit = null)
    {
        var standings = new Dictionary<int, Standing>(candidates.Count);
        var owners = new Dictionary<string, Candidate>(candidates.Count, StringComparer.Ordinal);
        var namespaces = candidates.Where(c => c.Namespace is not null)
            .OrderByDescending(c => c.HasNamespace).ThenBy(c => c.Number)
            .DistinctBy(c => c.Namespace, StringComparer.Ordinal)
            .ToDictionary(c => c.Namespace!, c => c.Number, StringComparer.Ordinal);
        var waiting = limit is { } most ? Waiting([.. candidates.Where(c => c.HasNamespace || OwnerOfNamespace(c) is null)], most) : [];
        foreach (var candidate in candidates.OrderBy(c => c.Number))
        {
            var ownerOfNamespace = OwnerOfNamespace(candidate);
            if (ownerOfNamespace is not null && !candidate.HasNamespace)
            {
                standings.Add(candidate.Number, new Standing(null) { OwnerOfNamespace = ownerOfNamespace });
                continue;
            }

            if (waiting.TryGetValue(candidate.Number, out var place))
            {
                standings.Add(candidate.Number, new Standing(null, place));
                continue;
            }

            var isFirst = candidate.HealthUrl is not { } url || owners.TryAdd(url, candidate);
            standings.Add(
                candidate.Number,
                isFirst && ownerOfNamespace is null
                    ? Standing.Placed
                    : new Standing(isFirst ? null : owners[candidate.HealthUrl!]) { OwnerOfNamespace = ownerOfNamespace });
        }

        return standings;

        int? OwnerOfNamespace(Candidate candidate) =>
            candidate.Namespace is { } name && namespaces[name] is var owner && owner != candidate.Number
                ? owner
                : null;
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
