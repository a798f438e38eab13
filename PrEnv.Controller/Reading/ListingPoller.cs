using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Asks GitHub when it is time to, and otherwise returns the last answer: a change of a release's state does not require a request.
/// </summary>
internal sealed class ListingPoller(
    IPullRequestSource source, CredentialReader credentials, PullRequestHints hints, EnvironmentMetrics metrics, TimeProvider time,
    Random jitter)
{
    private const double Jitter = 0.1;

    // If there are more, one listing is read instead, which costs fewer requests.
    private const int MostOneByOne = 3;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    // How often a listing is read in full because GitHub itself contradicts it.
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    /// <summary>The listing to plan from.</summary>
    public async Task<PullRequestListing> ListAsync(
        PREphemeralEnvController resource, EnvironmentSpec spec, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var announced = hints.Take(resource.Metadata.Key);
        if (!announced.IsEmpty)
            memory.Polling.Delivered();
        foreach (var news in hints.TakeChecks(resource.Metadata.Key))
            memory.Checks.Announce(news);
        foreach (var (number, expected) in announced)
        {
            if (expected is not null)
                memory.Expected.Announce(number, expected, time.GetUtcNow());
        }

        var result = await ListAsync(resource, spec, [.. announced.Keys], memory, cancellationToken);
        var now = time.GetUtcNow();
        if (memory.Expected.Pass(now) && memory.Listing is { Result: PullRequestListing.Complete } listing)
        {
            memory.Polling.Missed();
            if (listing.Due > now + spec.Interval)
                memory.Listing = listing with { Due = now + spec.Interval };
        }

        return result;
    }

    /// <summary>Another listing, although the last one is not yet due for renewal.</summary>
    public Task<PullRequestListing> ListAgainAsync(
        PREphemeralEnvController resource, EnvironmentSpec spec, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Listing is { Result: PullRequestListing.Complete } listing)
            memory.Listing = listing with { Due = time.GetUtcNow() };
        return ListAsync(resource, spec, memory, cancellationToken);
    }

    private async Task<PullRequestListing> ListAsync(
        PREphemeralEnvController resource, EnvironmentSpec spec, ImmutableHashSet<int> announced, ResourceMemory memory,
        CancellationToken cancellationToken)
    {
        var wanted = new ListingSource(spec.ApiUrl, spec.Owner, spec.Repository, spec.Token, spec.App);
        var request = resource.Metadata.Annotation(PREphemeralEnvController.ReconcileRequestAnnotation);
        if (memory.Listing is { } last && last.Source == wanted && time.GetUtcNow() < last.Due
            && (last.Request == request || last.Result is PullRequestListing.Unavailable { Until: not null }))
        {
            var questions = announced.Union(memory.Expected.Due(time.GetUtcNow()));
            if (questions.IsEmpty || last.Result is PullRequestListing.Unavailable { Until: not null })
                return last.Result;
            if (await RefreshAsync(last, questions, announced, memory, cancellationToken) is { } refreshed)
                return refreshed;
        }

        if (memory.Listing?.Source != wanted)
        {
            memory.FailedListings = 0;
            memory.Files.Clear();
            memory.Checks.Clear();
        }

        if (memory.Listing?.Request != request)
        {
            memory.Hidden.Clear();
            memory.Files.RetryNow();
            memory.Checks.RetryNow();
        }

        var readAt = time.GetUtcNow();
        var (access, problem) = await credentials.ReadAsync(spec, cancellationToken);
        var result = access is null
            ? new PullRequestListing.Unavailable(UnavailableReason.TokenLoadFailed, problem!)
            : await source.ListAsync(access, cancellationToken);
        memory.Confirmations.Clear();
        memory.Reviews.Clear();
        if (access is not null && result is PullRequestListing.Complete read)
        {
            read = read with { ReadAt = readAt, Slowdown = Pace(resource, access, spec) };
            result = await CompareAsync(access, read, memory, cancellationToken);
        }

        memory.FailedListings = result is PullRequestListing.Complete ? 0 : memory.FailedListings + 1;
        if (result is PullRequestListing.Complete listed)
        {
            var missed = memory.Listing is { Result: PullRequestListing.Complete known } && memory.Listing.Source == wanted
                ? memory.Polling.Listed(known.PullRequests, listed.PullRequests, announced.Union(memory.Expected.Numbers))
                : 0;
            // Of the first listing too: a rate over a series that appears with its first event misses that event.
            if (spec.WebhookSecret is not null)
                metrics.Missed(resource.Metadata.Key, missed);
        }

        memory.Listing = new ListingMemory(
            wanted, access, result, request, Due(result, spec.Interval * memory.Polling.Factor, memory.FailedListings));
        if (result is PullRequestListing.Complete complete)
            memory.Remember(complete);
        return result;
    }

    // One pull request was announced: reading it alone is quicker than reading the whole list, and cheaper than all its pages.
    private async Task<PullRequestListing?> RefreshAsync(
        ListingMemory last, ImmutableHashSet<int> questions, ImmutableHashSet<int> announced, ResourceMemory memory,
        CancellationToken cancellationToken)
    {
        if (last is not { Access: { } access, Result: PullRequestListing.Complete complete } || questions.Count > MostOneByOne)
            return null;
        foreach (var number in questions)
        {
            // What GitHub has confirmed and the delivery contradicts is read in full.
            if (!announced.Contains(number))
                source.Doubt(access, number);
            var reading = await source.GetAsync(access, number, cancellationToken);
            if (!IsKnown(reading))
            {
                if (announced.Contains(number))
                    return null;
                continue;
            }

            complete = Take(complete, number, reading, memory);
        }

        memory.Listing = last with { Result = complete };
        memory.Remember(complete);
        return complete;
    }

    // A listing may be behind what was announced, and even behind what was read before: GitHub has more servers than one.
    private async Task<PullRequestListing.Complete> CompareAsync(
        RepositoryAccess access, PullRequestListing.Complete listing, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var contradicted = memory.Expected.Contradicted(listing);
        if (contradicted.Count > MostOneByOne)
            return listing;
        foreach (var number in contradicted)
        {
            source.Doubt(access, number);
            var reading = await source.GetAsync(access, number, cancellationToken);
            if (IsKnown(reading))
                listing = Take(listing, number, reading, memory);
            if (memory.Expected.Seen(number, reading.State, reading.PullRequest))
                DoubtListing(access, memory);
        }

        return listing;
    }

    private static bool IsKnown(PullRequestReading reading) => reading.State is PullRequestState.Open or PullRequestState.Closed;

    private static PullRequestListing.Complete Take(
        PullRequestListing.Complete listing, int number, PullRequestReading reading, ResourceMemory memory)
    {
        memory.Confirmations[number] = reading.State;
        memory.Reviews.Remove(number);
        memory.Hidden.Forget(number);
        memory.Expected.Seen(number, reading.State, reading.PullRequest);
        var others = listing.PullRequests.Where(p => p.Number != number);
        return listing with
        {
            PullRequests = [.. (reading.PullRequest is { } open ? others.Append(open) : others).OrderBy(p => p.Number)],
        };
    }

    /// <summary>
    /// Asks for each pull request individually, once for each listing; less often for those that GitHub does not find.
    /// </summary>
    public async Task<ImmutableDictionary<int, PullRequestState>> ConfirmAsync(
        ImmutableArray<int> numbers, ResourceMemory memory, CancellationToken cancellationToken)
    {
        memory.Hidden.Keep(numbers);
        if (numbers.IsEmpty || memory.Listing?.Access is not { } access)
            return ImmutableDictionary<int, PullRequestState>.Empty;
        foreach (var number in numbers.Where(n => !memory.Confirmations.ContainsKey(n)))
            memory.Confirmations[number] = await ConfirmAsync(access, number, memory, cancellationToken);
        return numbers.ToImmutableDictionary(n => n, n => memory.Confirmations[n]);
    }

    private async Task<PullRequestState> ConfirmAsync(
        RepositoryAccess access, int number, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (memory.Hidden.IsResting(number, time.GetUtcNow()))
            return PullRequestState.Hidden;
        var state = await source.GetStateAsync(access, number, cancellationToken);
        memory.Expected.Seen(number, state, null);
        if (state == PullRequestState.Hidden)
            memory.Hidden.Note(number, time.GetUtcNow());
        else
            memory.Hidden.Forget(number);
        // The listing says something else: one of its pages may be out of date, and GitHub may go on confirming it.
        if (state == PullRequestState.Open && DoubtListing(access, memory) && memory.Listing is { } listing)
            memory.Listing = listing with { Due = time.GetUtcNow() };
        return state;
    }

    // True when the next listing is read in full.
    private bool DoubtListing(RepositoryAccess access, ResourceMemory memory)
    {
        if (time.GetUtcNow() < memory.DoubtedUntil)
            return false;
        memory.DoubtedUntil = time.GetUtcNow() + Doubt;
        source.Doubt(access);
        return true;
    }

    private PollSlowdown? Pace(PREphemeralEnvController resource, RepositoryAccess access, EnvironmentSpec spec) =>
        source.Pace(access, resource.Metadata.Key, spec.Interval);

    private DateTimeOffset Due(PullRequestListing result, TimeSpan interval, int failures)
    {
        var now = time.GetUtcNow();
        if (result is PullRequestListing.Unavailable { Until: { } until })
            return until > now ? until : now + FirstRetry;
        if (result is PullRequestListing.Complete { Slowdown.NextCheck: var late })
            return late;
        if (result is PullRequestListing.Complete)
            return now + (interval * (1 - Jitter + (2 * Jitter * jitter.NextDouble())));
        return now + new Backoff(FirstRetry, interval < LastRetry ? interval : LastRetry).After(failures);
    }
}
