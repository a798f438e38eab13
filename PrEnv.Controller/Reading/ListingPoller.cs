using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Asks GitHub when it is time to, and otherwise returns the last answer: a change of a release's state does not require a request.
/// </summary>
internal sealed class ListingPoller(
    IPullRequestSource source, CredentialReader credentials, PullRequestHints hints, TimeProvider time, Random jitter)
{
    private const double Jitter = 0.1;

    // If there are more, one listing is read instead, which costs fewer requests.
    private const int MostOneByOne = 3;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    /// <summary>The listing to plan from.</summary>
    public async Task<PullRequestListing> ListAsync(
        PREphemeralEnvController resource, EnvironmentSpec spec, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var announced = hints.Take(resource.Metadata.Key);
        if (!announced.IsEmpty)
            memory.Polling.Delivered();
        var wanted = new ListingSource(spec.ApiUrl, spec.Owner, spec.Repository, spec.Token, spec.App);
        var request = resource.Metadata.Annotation(PREphemeralEnvController.ReconcileRequestAnnotation);
        if (memory.Listing is { } last && last.Source == wanted && time.GetUtcNow() < last.Due
            && (last.Request == request || last.Result is PullRequestListing.Unavailable { Until: not null }))
        {
            if (announced.IsEmpty || last.Result is PullRequestListing.Unavailable { Until: not null })
                return last.Result;
            if (await RefreshAsync(last, announced, memory, cancellationToken) is { } refreshed)
                return refreshed;
        }

        if (memory.Listing is { } other && other.Source != wanted)
            memory.FailedListings = 0;
        var (access, problem) = await credentials.ReadAsync(spec, cancellationToken);
        var result = access is null
            ? new PullRequestListing.Unavailable(UnavailableReason.TokenLoadFailed, problem!)
            : await source.ListAsync(access, cancellationToken);
        if (access is not null && result is PullRequestListing.Complete read)
            result = read with { Slowdown = Pace(resource, access, spec) };
        memory.FailedListings = result is PullRequestListing.Complete ? 0 : memory.FailedListings + 1;
        if (result is PullRequestListing.Complete listed && memory.Listing is { Result: PullRequestListing.Complete known }
            && memory.Listing.Source == wanted)
        {
            memory.Polling.Listed(known.PullRequests, listed.PullRequests, announced);
        }

        memory.Listing = new ListingMemory(
            wanted, access, result, request, Due(result, spec.Interval * memory.Polling.Factor, memory.FailedListings));
        memory.Confirmations.Clear();
        memory.Reviews.Clear();
        if (result is PullRequestListing.Complete complete)
            memory.Remember(complete);
        return result;
    }

    // One pull request was announced: reading it alone is quicker than reading the whole list, and cheaper than all its pages.
    private async Task<PullRequestListing?> RefreshAsync(
        ListingMemory last, ImmutableHashSet<int> announced, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (last is not { Access: { } access, Result: PullRequestListing.Complete complete } || announced.Count > MostOneByOne)
            return null;
        var byNumber = complete.PullRequests.ToDictionary(p => p.Number);
        foreach (var number in announced)
        {
            var reading = await source.GetAsync(access, number, cancellationToken);
            if (reading.State == PullRequestState.Unknown)
                return null;
            memory.Confirmations[number] = reading.State;
            memory.Reviews.Remove(number);
            if (reading.PullRequest is { } open)
                byNumber[number] = open;
            else
                byNumber.Remove(number);
        }

        var refreshed = complete with { PullRequests = [.. byNumber.Values.OrderBy(p => p.Number)] };
        memory.Listing = last with { Result = refreshed };
        memory.Remember(refreshed);
        return refreshed;
    }

    /// <summary>Asks for each pull request individually, once for each listing.</summary>
    public async Task<ImmutableDictionary<int, PullRequestState>> ConfirmAsync(
        ImmutableArray<int> numbers, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (numbers.IsEmpty || memory.Listing?.Access is not { } access)
            return ImmutableDictionary<int, PullRequestState>.Empty;
        foreach (var number in numbers.Where(n => !memory.Confirmations.ContainsKey(n)))
            memory.Confirmations[number] = await source.GetStateAsync(access, number, cancellationToken);

        return numbers.ToImmutableDictionary(n => n, n => memory.Confirmations[n]);
    }

    private PollSlowdown? Pace(PREphemeralEnvController resource, RepositoryAccess access, EnvironmentSpec spec) =>
        source.Pace(access, resource.Metadata.Key, spec.Interval);

    private DateTimeOffset Due(PullRequestListing result, TimeSpan interval, int failures)
    {
        var now = time.GetUtcNow();
        if (result is PullRequestListing.Unavailable { Until: { } until })
            return until > now ? until : now + FirstRetry;
        if (result is PullRequestListing.Complete { Slowdown.NextLook: var late })
            return late;
        if (result is PullRequestListing.Complete)
            return now + (interval * (1 - Jitter + (2 * Jitter * jitter.NextDouble())));
        return now + new Backoff(FirstRetry, interval < LastRetry ? interval : LastRetry).After(failures);
    }
}
