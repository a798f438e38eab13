using System.Collections.Immutable;

namespace PrEnv.Controller.Commands;

/// <summary>What <c>prenv get -o json</c> prints.</summary>
internal sealed record EnvironmentList(ImmutableArray<EnvironmentLine> Environments);
