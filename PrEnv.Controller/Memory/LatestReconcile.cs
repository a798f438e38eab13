using System.Collections.Immutable;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Memory;

/// <summary>What a reconcile has known.</summary>
/// <param name="Snapshot">What the plan was made from.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Rest">The rows that the status has no room for.</param>
/// <param name="Earlier">What the rows have said before.</param>
internal sealed record LatestReconcile(Snapshot Snapshot, Plan Plan, ImmutableArray<EnvironmentStatus> Rest, EarlierRows Earlier);
