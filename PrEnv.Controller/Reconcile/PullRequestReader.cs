using System.Collections.Immutable;
using PrEnv.Controller.GitHub;
using PrEnv.Controller.Kubernetes;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

/// <summary>
/// Asks GitHub when it is time to, and gives the last answer otherwise: a release's change of state is no reason for a request.
/// </summary>
internal sealed class PullRequestReader(IPullRequestSource source, ISecretReader secrets, TimeProvider time, Random jitter)
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    /// <summary>The listing to plan from.</summary>
    public async Task<PullRequestListing> ListAsync(
        PREphemeralEnvController resource, EnvironmentSpec spec, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var wanted = new ListingSource(spec.ApiUrl, spec.Owner, spec.Repository, spec.Token);
        var request = resource.Metadata.Annotation(PREphemeralEnvController.ReconcileRequestAnnotation);
        if (memory.Listing is { } last && last.Source == wanted && time.GetUtcNow() < last.Due
            && (last.Request == request || last.Result is PullRequestListing.Unavailable { Until: not null }))
        {
            return last.Result;
        }

        if (memory.Listing is { } other && other.Source != wanted) memory.FailedListings = 0;
        var (access, problem) = await AccessAsync(spec, cancellationToken);
        var result = access is null
            ? new PullRequestListing.Unavailable(UnavailableReason.TokenLoadFailed, problem!)
            : await source.ListAsync(access, cancellationToken);
        memory.FailedListings = result is PullRequestListing.Complete ? 0 : memory.FailedListings + 1;
        memory.Listing = new ListingMemory(wanted, access, result, request, Due(result, spec.Interval, memory.FailedListings));
        memory.Confirmations.Clear();
        memory.Reviews.Clear();
        if (result is PullRequestListing.Complete complete) memory.Remembered = complete.PullRequests.ToImmutableDictionary(p => p.Number);
        return result;
    }

    /// <summary>Asks for each pull request alone, once for each listing.</summary>
    public async Task<ImmutableDictionary<int, PullRequestState>> ConfirmAsync(
        ImmutableArray<int> numbers, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (numbers.IsEmpty || memory.Listing?.Access is not { } access) return ImmutableDictionary<int, PullRequestState>.Empty;
        foreach (var number in numbers.Where(n => !memory.Confirmations.ContainsKey(n)))
        {
            memory.Confirmations[number] = await source.GetStateAsync(access, number, cancellationToken);
        }

        return numbers.ToImmutableDictionary(n => n, n => memory.Confirmations[n]);
    }

    private async Task<(RepositoryAccess? Access, string? Problem)> AccessAsync(EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Token is not { } key) return (new RepositoryAccess(spec.ApiUrl, spec.Owner, spec.Repository, GitHubCredential.Anonymous), null);
        var secret = await secrets.ReadAsync(key.Namespace, key.Name, key.Key, cancellationToken);
        return secret.Value is null
            ? (null, secret.Problem)
            : (new RepositoryAccess(spec.ApiUrl, spec.Owner, spec.Repository, GitHubCredential.FromToken(secret.Value)), null);
    }

    private DateTimeOffset Due(PullRequestListing result, TimeSpan interval, int failures)
    {
        var now = time.GetUtcNow();
        if (result is PullRequestListing.Unavailable { Until: { } until }) return until > now ? until : now + FirstRetry;
        if (result is PullRequestListing.Complete) return now + (interval * (1 - Jitter + (2 * Jitter * jitter.NextDouble())));
        var backoff = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10));
        var most = interval < LastRetry ? interval : LastRetry;
        return now + (backoff < most ? backoff : most);
    }
}
