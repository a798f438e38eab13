using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Plans;

/// <summary>What else has to be asked before a snapshot is complete.</summary>
/// <param name="Confirmations">
/// Pull requests that have an environment but are missing from a complete listing: each is to be read individually, for
/// <see cref="Snapshot.Confirmations"/>. By number.
/// </param>
/// <param name="Reviews">
/// Pull requests from forks whose head commit needs an approval that is not known yet: their reviews are to be read, for
/// <see cref="Snapshot.Reviews"/>. By number.
/// </param>
/// <param name="Commands">Are comments to be searched for commands, for <see cref="Snapshot.NewCommands"/>?</param>
/// <param name="Charts">
/// Releases that have waited for their chart for longer than usual: the HelmChart of each is to be read, for
/// <see cref="Snapshot.Charts"/>. In the order of the releases.
/// </param>
/// <param name="Files">
/// Pull requests that are selected, unless by the files that they change: those are to be read, for <see cref="Snapshot.Files"/>. What is
/// known already is not asked again. With the answers there may be other questions, and no more of these. By number.
/// </param>
public sealed record Questions(
    ImmutableArray<int> Confirmations, ImmutableArray<int> Reviews, bool Commands, ImmutableArray<ChartQuestion> Charts,
    ImmutableArray<PathQuestion> Files)
{
    /// <summary>
    /// Names of namespaces that environments need and the resource has not created: each is to be read, for
    /// <see cref="Snapshot.Namespaces"/>. In the order of the pull requests.
    /// </summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>
    /// Head commits that may be installed once their checks have concluded well: those are to be read, for <see cref="Snapshot.Checks"/>.
    /// What is known already is not asked again. In the order of the pull requests.
    /// </summary>
    public ImmutableArray<string> Checks { get; init; } = [];

    /// <summary>
    /// Is another listing to be read, because the present one was read before something was due that depends on what has happened since?
    /// With it there may be other questions, but not this one.
    /// </summary>
    public bool Listing { get; init; }

    /// <summary>Nothing is to be asked.</summary>
    public static Questions None { get; } = new([], [], false, [], []);
}

/// <summary>A HelmChart that is to be read.</summary>
/// <param name="Chart">Its name.</param>
/// <param name="Release">The release that waits for it.</param>
/// <param name="Since">Since when it waits: another time is another wait.</param>
public sealed record ChartQuestion(ResourceKey Chart, ResourceKey Release, DateTimeOffset Since);
