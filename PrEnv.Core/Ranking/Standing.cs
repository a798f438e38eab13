namespace PrEnv.Core.Ranking;

/// <summary>What the ranking of all pull requests says about one of them.</summary>
/// <param name="OwnerOfUrl">
/// The pull request whose environment has the same health check URL, so that an answer may be that one's; null if the URL is its own.
/// </param>
/// <param name="Place">Where it waits for a free environment; null: it does not.</param>
internal sealed record Standing(Candidate? OwnerOfUrl, QueuePlace? Place = null)
{
    /// <summary>The pull request that has the namespace which this one is to get; null if it is this one's own.</summary>
    public int? OwnerOfNamespace { get; init; }

    /// <summary>It may have an environment, and nothing stands against it.</summary>
    public static Standing Placed { get; } = new(OwnerOfUrl: null);
}
