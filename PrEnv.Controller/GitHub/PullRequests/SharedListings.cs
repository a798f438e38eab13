using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.GitHub.PullRequests;

/// <summary>
/// One listing for all that want the same at the same time. A listing never begins before it was asked for: who comes while one is read
/// shares the next, so that what has just changed is in it. Thread-safe.
/// </summary>
internal sealed class SharedListings(PullRequestSource source) : IPullRequestSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ListingKey, Lane> _lanes = [];

    public async Task<PullRequestListing> ListAsync(RepositoryAccess access, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var listing = Join(ListingKey.Of(access), access);
        try
        {
            return await listing.Result.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(listing);
        }
    }

    public Task<PullRequestState> GetStateAsync(RepositoryAccess access, int number, CancellationToken cancellationToken) =>
        source.GetStateAsync(access, number, cancellationToken);

    public Task<PullRequestReading> GetAsync(RepositoryAccess access, int number, CancellationToken cancellationToken) =>
        source.GetAsync(access, number, cancellationToken);

    public PollSlowdown? Pace(RepositoryAccess access, ResourceKey poller, TimeSpan interval) => source.Pace(access, poller, interval);

    private Listing Join(ListingKey key, RepositoryAccess access)
    {
        Listing listing;
        lock (_lock)
        {
            if (_lanes.TryGetValue(key, out var lane))
            {
                // One that all have given up is given up.
                if (lane.Next is null or { Wanted: 0 }) lane.Next = new Listing(access);
                lane.Next.Wanted++;
                return lane.Next;
            }

            listing = new Listing(access) { Wanted = 1 };
            _lanes.Add(key, new Lane());
        }

        // Its result is awaited by those who want it; it throws nothing itself.
        _ = ReadAsync(key, listing);
        return listing;
    }

    private void Leave(Listing listing)
    {
        lock (_lock)
        {
            // Once it has a result, it is being disposed of.
            if (--listing.Wanted == 0 && !listing.Result.Task.IsCompleted) _ = listing.AbandonAsync();
        }
    }

    private async Task ReadAsync(ListingKey key, Listing? listing)
    {
        while (listing is not null)
        {
            await ReadAsync(listing);
            lock (_lock)
            {
                listing.Dispose();
                var lane = _lanes[key];
                listing = lane.Next;
                lane.Next = null;
                if (listing is null) _lanes.Remove(key);
            }
        }
    }

    private async Task ReadAsync(Listing listing)
    {
        try
        {
            listing.Result.TrySetResult(await source.ListAsync(listing.Access, listing.Abandoned));
        }
        catch (OperationCanceledException e)
        {
            listing.Result.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            // A bug of ours: whoever waits must not wait for ever.
            listing.Result.TrySetException(e);
        }
    }

    private readonly record struct ListingKey(Uri ApiUrl, string Repository, string CredentialId)
    {
        public static ListingKey Of(RepositoryAccess access) =>
            new(access.ApiUrl, $"{access.Owner}/{access.Name}".ToUpperInvariant(), access.Credential.Id);
    }

    /// <summary>A listing is being read; this one comes after it.</summary>
    private sealed class Lane
    {
        public Listing? Next { get; set; }
    }

    private sealed class Listing(RepositoryAccess access) : IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();

        public RepositoryAccess Access => access;

        public TaskCompletionSource<PullRequestListing> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Abandoned => _abandoned.Token;

        /// <summary>By how many.</summary>
        public int Wanted { get; set; }

        /// <summary>Nobody wants it any more.</summary>
        public Task AbandonAsync() => _abandoned.CancelAsync();

        public void Dispose() => _abandoned.Dispose();
    }
}
