namespace PrEnv.Core.Ranking;

/// <summary>What the ranking of all pull requests says about one of them.</summary>
internal enum Standing
{
    /// <summary>It may have an environment.</summary>
    Placed,
}
