using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Recorded;

/// <summary>What the controller did and said when it looked.</summary>
/// <param name="At">When it looked.</param>
/// <param name="Log">For people.</param>
/// <param name="Posted">The commit statuses that it posted.</param>
/// <param name="Rows">The rows of its status afterwards.</param>
/// <param name="Attempts">What Flux had said of each release by then.</param>
internal sealed record RecordedMoment(
    DateTimeOffset At, ImmutableArray<string> Log, ImmutableArray<CommitStatus> Posted, IReadOnlyList<EnvironmentStatus> Rows,
    IReadOnlyDictionary<string, RecordedAttempt> Attempts);
