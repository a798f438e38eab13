namespace PrEnv.Benchmarks.Scale;

/// <summary>How large the world is, and for how long it is looked at.</summary>
/// <param name="Repositories">As many resources: one for each repository.</param>
/// <param name="PullRequests">Open ones in each repository.</param>
/// <param name="Settled">How long everything is watched while nothing changes.</param>
internal sealed record ScaleSize(int Repositories, int PullRequests, TimeSpan Settled)
{
    /// <summary>Shards in the last part.</summary>
    public const int Shards = 4;

    /// <summary>All environments.</summary>
    public int All => Repositories * PullRequests;

    /// <summary>Repositories of the small world that the whole is compared with: a tenth.</summary>
    public int Few => Math.Max(1, Repositories / 10);
}
