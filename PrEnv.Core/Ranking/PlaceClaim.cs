namespace PrEnv.Core.Ranking;

/// <summary>What a pull request has to do with the limit of environments.</summary>
internal enum PlaceClaim
{
    /// <summary>Nothing: it has no environment, and cannot get one now.</summary>
    None,

    /// <summary>It has an environment, even if that is being removed.</summary>
    Holds,

    /// <summary>It has none, and is to get one.</summary>
    Wants,
}
