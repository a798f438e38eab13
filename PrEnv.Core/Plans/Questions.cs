using System.Collections.Immutable;

namespace PrEnv.Core.Plans;

/// <summary>What else GitHub has to be asked before a snapshot is complete.</summary>
/// <param name="Confirmations">
/// Pull requests that have an environment but are missing from a complete listing: each is to be read individually, for
/// <see cref="Snapshot.Confirmations"/>. By number.
/// </param>
/// <param name="Reviews">
/// Pull requests from forks whose head commit needs an approval that is not known yet: their reviews are to be read, for
/// <see cref="Snapshot.Reviews"/>. By number.
/// </param>
/// <param name="Commands">Are comments to be searched for commands, for <see cref="Snapshot.NewCommands"/>?</param>
public sealed record Questions(ImmutableArray<int> Confirmations, ImmutableArray<int> Reviews, bool Commands)
{
    /// <summary>Nothing is to be asked.</summary>
    public static Questions None { get; } = new([], [], false);
}
