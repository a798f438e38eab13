using System.Collections.Immutable;

namespace PrEnv.Core.Ranking;

/// <summary>Who waits for a free environment, and who is in their way.</summary>
/// <param name="Limit">How many environments there may be at once.</param>
/// <param name="Holders">The pull requests that have one or get one now, the oldest environment first.</param>
/// <param name="Failed">Those of them whose environment has failed, in the same order.</param>
/// <param name="Waiting">How many pull requests wait.</param>
internal sealed record Queue(int Limit, ImmutableArray<int> Holders, ImmutableArray<int> Failed, int Waiting);

/// <summary>A place in the queue.</summary>
/// <param name="Queue">All of it.</param>
/// <param name="Position">From 1.</param>
internal readonly record struct QueuePlace(Queue Queue, int Position);
