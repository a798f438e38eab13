using System.Collections.Immutable;

namespace PrEnv.Controller.Pages;

/// <summary><c>/api/environments</c>.</summary>
internal sealed record OverviewJson(ImmutableArray<ResourceEntry> Resources, IEnumerable<EnvironmentEntry> Environments);
