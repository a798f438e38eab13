using System.Collections.Immutable;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Plans;

/// <summary>
/// Which health check URLs the environments of all resources have, so that none becomes ready because one of another resource answers.
/// Immutable.
/// </summary>
public sealed class UrlClaims
{
    private readonly ImmutableDictionary<ResourceKey, ImmutableHashSet<UrlClaim>> _byResource;
    private readonly ImmutableDictionary<string, ImmutableArray<UrlClaim>> _byUrl;

    private UrlClaims(
        ImmutableDictionary<ResourceKey, ImmutableHashSet<UrlClaim>> byResource,
        ImmutableDictionary<string, ImmutableArray<UrlClaim>> byUrl) =>
        (_byResource, _byUrl) = (byResource, byUrl);

    /// <summary>No resource has any.</summary>
    public static UrlClaims None { get; } = new(
        ImmutableDictionary<ResourceKey, ImmutableHashSet<UrlClaim>>.Empty,
        ImmutableDictionary.Create<string, ImmutableArray<UrlClaim>>(StringComparer.Ordinal));

    /// <summary>The same with these as the only claims of a resource.</summary>
    public UrlClaims With(ResourceKey resource, ImmutableArray<UrlClaim> claims)
    {
        var before = _byResource.GetValueOrDefault(resource, []);
        if (before.SetEquals(claims))
            return this;
        var byUrl = _byUrl.ToBuilder();
        foreach (var gone in before.Except(claims))
        {
            var left = byUrl[gone.Url].Remove(gone);
            if (left.IsEmpty)
                byUrl.Remove(gone.Url);
            else
                byUrl[gone.Url] = left;
        }

        foreach (var claim in claims.Except(before))
            byUrl[claim.Url] = byUrl.GetValueOrDefault(claim.Url, []).Add(claim);
        var byResource = claims.IsEmpty ? _byResource.Remove(resource) : _byResource.SetItem(resource, [.. claims]);
        return new UrlClaims(byResource, byUrl.ToImmutable());
    }

    /// <summary>
    /// The environment of an older resource that has the URL of a claim; null if none has. Several resources may give one pull request an
    /// environment each that are judged by one URL together.
    /// </summary>
    public UrlClaim? Before(UrlClaim claim) => _byUrl.GetValueOrDefault(claim.Url, [])
        .Where(other => other.Claimant.IsOlderThan(claim.Claimant)
            && (other.Number != claim.Number || other.Claimant.Repository != claim.Claimant.Repository))
        .OrderBy(other => other.Claimant.Created).ThenBy(other => other.Claimant.Key.ToString(), StringComparer.Ordinal)
        .FirstOrDefault();
}

/// <summary>An environment and the URL that says whether it is ready.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Claimant">The resource.</param>
/// <param name="Number">The pull request.</param>
/// <param name="IsLeaving">The environment is being removed, and may still answer.</param>
public sealed record UrlClaim(string Url, UrlClaimant Claimant, int Number, bool IsLeaving);

/// <summary>A resource that has environments with a health check URL.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Created">When it was created: of two resources, a URL belongs to the older.</param>
/// <param name="Repository">What it watches; the same text for the same repository.</param>
public sealed record UrlClaimant(ResourceKey Key, DateTimeOffset Created, string Repository)
{
    /// <summary>Is it older than another resource? Of two that were created in the same second, the one whose name is first.</summary>
    public bool IsOlderThan(UrlClaimant other) => Created != other.Created
        ? Created < other.Created
        : string.CompareOrdinal(Key.ToString(), other.Key.ToString()) < 0;
}
