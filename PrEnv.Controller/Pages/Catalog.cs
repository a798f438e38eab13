using System.Collections.Immutable;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Memory;
using PrEnv.Core.Explaining;
using PrEnv.Core.Informers;
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
/// <param name="defaultApiUrl">GitHub's API for resources that name none.</param>
internal sealed class Catalog(
    Store<PREphemeralEnvController> resources, Store<HelmRelease> releases, LatestReconciles latest, Uri defaultApiUrl)
{
    /// <summary>Every resource by namespace and name, and with each its environments, the newest pull request first.</summary>
    public Overview Overview()
    {
        var entries = ImmutableArray.CreateBuilder<ResourceEntry>();
        var environments = ImmutableArray.CreateBuilder<EnvironmentEntry>();
        foreach (var resource in resources.List().OrderBy(r => r.Metadata.Namespace, StringComparer.Ordinal)
            .ThenBy(r => r.Metadata.Name, StringComparer.Ordinal))
        {
            entries.Add(Entries.Of(resource));
            var facts = FactsOf(resource);
            environments.AddRange(facts.Numbers.OrderDescending().Select(facts.Entry));
        }

        return new Overview(entries.ToImmutable(), environments.ToImmutable());
    }

    /// <summary>One environment; null if there is none.</summary>
    public EnvironmentDetails? Details(ResourceKey key, int number)
    {
        if (resources.Get(key) is not { } resource)
            return null;
        var facts = FactsOf(resource);
        if (!facts.Numbers.Contains(number))
            return null;
        return new EnvironmentDetails(
            resource, facts.Entry(number), facts.Row(number), facts.PullRequest(number), facts.Release(number))
        {
            Why = latest.Of(resource) is { } known && Explainer.Environment(known.Snapshot, known.Plan, number) is { } why
                ? WithoutValues(why)
                : null,
        };
    }

    /// <summary>Is there anything that only the instance that reconciles would know?</summary>
    public bool IsOfFollower => latest.IsEmpty && resources.Count > 0;

    // Whoever reaches the page sees it, without a login: what is done to which object, but nothing that is written into it.
    private static EnvironmentExplanation WithoutValues(EnvironmentExplanation why) => why with
    {
        Next = why.Next with { Actions = [.. why.Next.Actions.Select(action => action with { Spec = null, Changes = [] })] },
    };

    private EnvironmentFacts FactsOf(PREphemeralEnvController resource) => new(
        resource, releases.ByIndex(ClusterView.ByOwner, resource.Metadata.Key.ToString()), latest.Of(resource), defaultApiUrl);
}

/// <summary>Everything.</summary>
/// <param name="Resources">The resources.</param>
/// <param name="Environments">Their environments.</param>
internal sealed record Overview(ImmutableArray<ResourceEntry> Resources, ImmutableArray<EnvironmentEntry> Environments);
