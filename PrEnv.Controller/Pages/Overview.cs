using System.Collections.Immutable;

namespace PrEnv.Controller.Pages;

/// <summary>Everything.</summary>
/// <param name="Version">Of what is shown, see <see cref="PageChanges.Version"/>.</param>
/// <param name="Resources">The resources.</param>
/// <param name="Environments">Their environments.</param>
internal sealed record Overview(string Version, ImmutableArray<ResourceEntry> Resources, ImmutableArray<EnvironmentEntry> Environments);
