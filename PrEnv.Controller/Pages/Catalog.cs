using System.Collections.Immutable;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Memory;
using PrEnv.Core.Explaining;
using PrEnv.Core.Informers;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>
/// What can be shown, from the caches and the memory of this process alone: looking at it costs neither GitHub nor the API server a
/// request. Thread-safe.
/// </summary>
/// <param name="resources">All resources.</param>
/// <param name="releases">All HelmReleases, with the index <see cref="ClusterView.ByOwner"/>.</param>
/// <param name="latest">What this process knows beyond them.</param>
/// <param name="changes">Notes every change of the three, after it has happened.</param>
/// <param name="leadership">Open while this process reconciles.</param>
/// <param name="defaultApiUrl">GitHub's API for resources that name none.</param>
internal sealed class Catalog(
    Store<PREphemeralEnvController> resources, Store<HelmRelease> releases, LatestReconciles latest, PageChanges changes,
    IWriteFence leadership, Uri defaultApiUrl)
{
    private Overview? _overview;

    /// <summary>Does another instance reconcile, which knows more?</summary>
    public bool IsOfFollower => !leadership.IsOpen;

    /// <summary>
    /// Every resource by namespace and name, and with each its environments, the newest pull request first. Made once for all viewers,
    /// until something changes.
    /// </summary>
    public Overview Overview()
    {
        // Read first: what changes while it is made is made again.
        var version = changes.Version;
        if (Volatile.Read(ref _overview) is { } made && made.Version == version)
            return made;
        var entries = ImmutableArray.CreateBuilder<ResourceEntry>();
        var environments = ImmutableArray.CreateBuilder<EnvironmentEntry>();
        foreach (var resource in resources.List().OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal)
            .ThenBy(r => r.Metadata.Name, StringComparer.Ordinal))
        {
            entries.Add(Entries.Of(resource));
            var facts = FactsOf(resource);
            environments.AddRange(facts.Numbers.OrderDescending().Select(facts.Entry));
        }

        var overview = new Overview(version, entries.ToImmutable(), environments.ToImmutable());
        Volatile.Write(ref _overview, overview);
        return overview;
    }

    /// <summary>The phase of one environment; null if there is none.</summary>
    public string? Phase(ResourceKey key, int number) =>
        resources.Get(key) is { } resource && FactsOf(resource, number) is var facts && facts.Numbers.Any()
            ? facts.Entry(number).Phase
            : null;

    /// <summary>One environment; null if there is none.</summary>
    public EnvironmentDetails? Details(ResourceKey key, int number)
    {
        var version = changes.Version;
        if (resources.Get(key) is not { } resource)
            return null;
        var facts = FactsOf(resource, number);
        if (!facts.Numbers.Any())
            return null;
        return new EnvironmentDetails(
            version, resource, facts.Entry(number), facts.Row(number), facts.PullRequest(number), facts.Release(number))
        {
            Earlier = facts.Earlier(number),
            Why = latest.Of(resource) is { } known && Explainer.Environment(known.Snapshot, known.Plan, number) is { } why
                ? WithoutValues(why)
                : null,
        };
    }

    // Whoever reaches the page sees it, without a login: what is done to which object, but nothing that is written into it.
    private static EnvironmentExplanation WithoutValues(EnvironmentExplanation why) => why with
    {
        Next = why.Next with { Actions = [.. why.Next.Actions.Select(action => action with { Spec = null, Changes = [] })] },
    };

    private EnvironmentFacts FactsOf(PREphemeralEnvController resource, int? only = null) => new(
        resource, releases.ByIndex(ClusterView.ByOwner, resource.Metadata.Key.ToString()), latest.Of(resource), defaultApiUrl, only);
}
