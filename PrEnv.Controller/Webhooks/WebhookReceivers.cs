using System.Collections.Immutable;
using PrEnv.Controller.Memory;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// Finds the resources that a delivery is for: those on its repository, or its organisation's, whose secret it was signed with.
/// </summary>
/// <param name="resources">With <see cref="Indexes"/>.</param>
/// <param name="isReady">Are all resources known?</param>
/// <param name="specs">Checks their specs.</param>
/// <param name="secrets">Reads them.</param>
internal sealed class WebhookReceivers(
    Store<PREphemeralEnvController> resources, Func<bool> isReady, CheckedSpecs specs, WebhookSecrets secrets)
{
    /// <summary>Name of the index of resources by repository.</summary>
    public const string ByRepository = "repository";

    /// <summary>Name of the index of resources by the repository's owner.</summary>
    public const string ByOwner = "owner";

    /// <summary>The indexes that the store of resources needs.</summary>
    public static IReadOnlyDictionary<string, Func<PREphemeralEnvController, IEnumerable<string>>> Indexes { get; } =
        new Dictionary<string, Func<PREphemeralEnvController, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            [ByRepository] = r => r.Spec.GitHubPRRepository is { User: { } owner, Repo: { } name } ? [IndexOf($"{owner}/{name}")] : [],
            [ByOwner] = r => r.Spec.GitHubPRRepository is { User: { } owner } ? [IndexOf(owner)] : [],
        };

    /// <summary>Are all resources known?</summary>
    public bool IsReady => isReady();

    /// <summary>
    /// Null when no resource expects deliveries from that repository; empty when the signature does not match any of their secrets.
    /// </summary>
    /// <exception cref="ApiStatusException">A Secret could not be read.</exception>
    public Task<ImmutableArray<ResourceKey>?> FindAsync(
        string repository, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken) =>
        FindAsync(ByRepository, repository, body, signature, cancellationToken);

    /// <summary>The same for all repositories of an owner.</summary>
    /// <exception cref="ApiStatusException">A Secret could not be read.</exception>
    public Task<ImmutableArray<ResourceKey>?> FindByOwnerAsync(
        string owner, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken) =>
        FindAsync(ByOwner, owner, body, signature, cancellationToken);

    /// <summary>Does a resource wait for checks with that name? Null: for any.</summary>
    public bool WaitsFor(ResourceKey key, string? check) =>
        resources.Get(key) is { } resource && specs.Of(resource).Spec is { Checks: { IsEmpty: false } checks }
        && (check is null || checks.Contains(check, StringComparer.OrdinalIgnoreCase));

    /// <summary>Does a resource post commit statuses on merge groups?</summary>
    public bool ReportsToMergeQueue(ResourceKey key) =>
        resources.Get(key) is { } resource && specs.Of(resource).Spec is { ReportsToMergeQueue: true };

    private async Task<ImmutableArray<ResourceKey>?> FindAsync(
        string index, string name, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        var bySecret = resources.ByIndex(index, IndexOf(name))
            .Select(resource => (Key: resource.Metadata.Key, Secret: SecretOf(resource)))
            .Where(receiver => receiver.Secret is not null)
            .GroupBy(receiver => receiver.Secret!.Value, receiver => receiver.Key)
            .ToList();
        if (bySecret.Count == 0)
            return null;

        var found = ImmutableArray.CreateBuilder<ResourceKey>();
        foreach (var receivers in bySecret)
        {
            if (await IsSignedAsync(receivers.Key, body, signature, cancellationToken))
                found.AddRange(receivers);
        }

        return found.ToImmutable();
    }

    private async Task<bool> IsSignedAsync(SecretKey key, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        var known = await secrets.GetAsync(key, isDoubted: false, cancellationToken);
        if (known is not null && WebhookSignature.IsValid(body.Span, signature, known))
            return true;
        var present = await secrets.GetAsync(key, isDoubted: true, cancellationToken);
        return present is not null && present != known && WebhookSignature.IsValid(body.Span, signature, present);
    }

    private SecretKey? SecretOf(PREphemeralEnvController resource) => specs.Of(resource).Spec?.WebhookSecret;

    // GitHub's names are not case-sensitive.
    private static string IndexOf(string name) => name.ToUpperInvariant();
}
