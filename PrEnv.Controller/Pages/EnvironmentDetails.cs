using System.Collections.Immutable;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>One environment and what is known of it.</summary>
/// <param name="Version">Of what is shown, see <see cref="PageChanges.Version"/>.</param>
/// <param name="Resource">Its resource.</param>
/// <param name="Entry">What the overview shows.</param>
/// <param name="Row">Its row in the status; null if it has none.</param>
/// <param name="PullRequest">As GitHub listed it; null if this process does not know.</param>
/// <param name="Release">Its HelmRelease; null if it has none.</param>
internal sealed record EnvironmentDetails(
    string Version, PREphemeralEnvController Resource, EnvironmentEntry Entry, EnvironmentStatus? Row, PullRequest? PullRequest,
    HelmRelease? Release)
{
    /// <summary>What its row has said before, as far as this process knows, the oldest first.</summary>
    public ImmutableArray<EnvironmentStatus> Earlier { get; init; } = [];

    /// <summary>What the last reconcile knew of it; null if this process has made none.</summary>
    public EnvironmentExplanation? Why { get; init; }
}
