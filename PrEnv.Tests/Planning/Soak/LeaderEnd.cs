namespace PrEnv.Tests.Planning.Soak;

/// <summary>How a leader ends in the middle of a reconcile; another instance, which remembers nothing, takes over.</summary>
internal enum LeaderEnd
{
    /// <summary>It is gone before the write.</summary>
    Killed,

    /// <summary>It has not renewed its lease in time, and its own clock refuses the write.</summary>
    Fenced,

    /// <summary>It had sent the write, which arrives while the other one leads.</summary>
    Late,
}
