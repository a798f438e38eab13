using System.Collections.Immutable;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>
/// What is known of the pull requests of one resource: the rows of its status, the rows that had no room there, and the HelmReleases.
/// </summary>
internal sealed class EnvironmentFacts
{
    private readonly PREphemeralEnvController _resource;
    private readonly Dictionary<int, EnvironmentStatus> _rows = [];
    private readonly Dictionary<int, HelmRelease> _releases = [];
    private readonly LatestReconcile? _latest;
    private readonly Uri _defaultApiUrl;

    /// <param name="resource">The resource.</param>
    /// <param name="releases">The HelmReleases that its name is on.</param>
    /// <param name="latest">What this process knows beyond them; null: nothing.</param>
    /// <param name="defaultApiUrl">GitHub's API for a resource that names none.</param>
    /// <param name="only">The only pull request that is asked for; null: all of them.</param>
    public EnvironmentFacts(
        PREphemeralEnvController resource, IEnumerable<HelmRelease> releases, LatestReconcile? latest, Uri defaultApiUrl, int? only)
    {
        (_resource, _latest, _defaultApiUrl) = (resource, latest, defaultApiUrl);
        // A server without the schema keeps what it is given, nulls among it.
        foreach (var row in (resource.Status?.Environments ?? []).OfType<EnvironmentStatus>().Concat(latest?.Rest ?? []))
        {
            if (only is null || row.PrNumber == only)
                _rows.TryAdd(row.PrNumber, row);
        }

        foreach (var release in releases)
        {
            if ((Ownership.PrNumberIfOwned(release, resource) ?? Ownership.PrNumberIfStray(release, resource)) is not { } number
                || (only is not null && number != only))
            {
                continue;
            }

            // While an environment moves, it has two.
            if (!_releases.TryAdd(number, release) && Row(number)?.HelmRelease == release.Metadata.Key.ToString())
                _releases[number] = release;
        }
    }

    /// <summary>The pull requests that there is something to be said of.</summary>
    public IEnumerable<int> Numbers => _rows.Keys.Union(_releases.Keys);

    public EnvironmentStatus? Row(int number) => _rows.GetValueOrDefault(number);

    public HelmRelease? Release(int number) => _releases.GetValueOrDefault(number);

    public PullRequest? PullRequest(int number) => _latest?.Snapshot.Remembered.GetValueOrDefault(number);

    /// <summary>What its row has said before, as far as this process knows, the oldest first.</summary>
    public ImmutableArray<EnvironmentStatus> Earlier(int number) => _latest?.Earlier.Of(number) ?? [];

    public EnvironmentEntry Entry(int number) =>
        Entries.Of(_resource, number, Row(number), PullRequest(number), Release(number), _defaultApiUrl);
}
