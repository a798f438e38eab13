using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.GitHub.PullRequests;

/// <summary>
/// Lists pull requests, separately for each caller. Resources on one repository do not share a listing, as that would save nothing: the
/// requests of a credential are sent one after the other, so that all but the first request pages that are cached by then and get 304,
/// which does not count. Measured: of twenty listings of 250 pull requests at once, 3 requests were charged and 57 were not.
/// </summary>
internal sealed partial class PullRequestSource(
    GitHubChannelPool channels, PageSizes sizes, GitHubClientOptions options, TimeProvider timeProvider, ILogger<PullRequestSource> logger)
    : IPullRequestSource
{
    private const string MissingPermission =
        "GitHub refused access (403): the token needs read access to the repository's pull requests, "
        + "and the organisation's approval if it requires one.";

    public async Task<PullRequestListing> ListAsync(RepositoryAccess access, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ListingTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var lease = channels.Rent(access);
            return await sizes.ReadAsync(
                access, size => RepositoryUrls.OpenPullRequests(access, size),
                (first, size) => ReadPagesAsync(lease.Channel, access, first, size, either.Token));
        }
        catch (GitHubFaultException e)
        {
            return Unavailable(access, e.Fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unavailable(access, TransportFaults.ListingTimeout);
        }
    }

    public Task<PullRequestState> GetStateAsync(RepositoryAccess access, int number, CancellationToken cancellationToken) =>
        GetAsync(access, number, body => PullRequestParser.ReadState(body, number), static state => state, cancellationToken);

    public Task<PullRequestReading> GetAsync(RepositoryAccess access, int number, CancellationToken cancellationToken) =>
        GetAsync(
            access, number, body => PullRequestParser.Read(body, number), static state => new PullRequestReading(state, null),
            cancellationToken);

    public void Doubt(RepositoryAccess access, int? number = null)
    {
        using var lease = channels.Rent(access);
        lease.Channel.ForgetFrom(
            number is { } one
                ? RepositoryUrls.PullRequest(access, one)
                : RepositoryUrls.OpenPullRequests(access, sizes.Of(access)));
    }

    public PollSlowdown? Pace(RepositoryAccess access, ResourceKey poller, TimeSpan interval)
    {
        using var lease = channels.Rent(access);
        var budget = lease.Channel.Budget;
        var (now, quota) = (timeProvider.GetUtcNow(), budget.Limits.Quota);
        return budget.Polls.Slow(poller, interval, quota, now) is { } wait
            ? new PollSlowdown(quota!.Remaining, quota.Limit, quota.ResetAt, now + wait)
            : null;
    }

    private async Task<T> GetAsync<T>(
        RepositoryAccess access, int number, Func<Stream, T> read, Func<PullRequestState, T> without, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var page = await lease.Channel.GetAsync(RepositoryUrls.PullRequest(access, number), read, cancellationToken);
            return page.Value;
        }
        catch (GitHubFaultException e)
        {
            StateUnknown(logger, access.Owner, access.Name, number, e.Fault.Reason, e.Fault.Message);
            return without(e.Fault.Kind == GitHubFaultKind.NotFound ? PullRequestState.Hidden : PullRequestState.Unknown);
        }
    }

    private async Task<PullRequestListing> ReadPagesAsync(
        GitHubChannel github, RepositoryAccess access, Uri first, int size, CancellationToken cancellationToken)
    {
        var listing = new ListingCollector(PageSizes.Pages(options.MaxPages, size));
        for (var next = first; next is not null;)
        {
            listing.Begin(next);
            var page = await github.GetAsync(next, PullRequestParser.ReadPage, cancellationToken);
            listing.Add(page.Value);
            next = page.Next;
        }

        var complete = listing.Complete() with { MovedTo = await MovedToAsync(github, access, cancellationToken) };
        Listed(logger, complete.PullRequests.Length, access.Owner, access.Name, listing.Pages);
        return complete;
    }

    /// <summary>The repository's present owner and name; null when they are the requested ones, or are not available.</summary>
    private static async Task<string?> MovedToAsync(GitHubChannel github, RepositoryAccess access, CancellationToken cancellationToken)
    {
        if (github.MovedTo(RepositoryUrls.Repository(access)) is not { } repository)
            return null;
        try
        {
            var uri = new Uri(repository.AbsoluteUri.TrimEnd('/'));
            var page = await github.GetAsync(
                uri, body => JsonSerializer.Deserialize(body, GitHubJson.Default.RepositoryNameJson)?.FullName, cancellationToken);
            return RepositoryUrls.IsFullName(page.Value) ? page.Value : null;
        }
        catch (GitHubFaultException)
        {
            // This is only a hint for people; the listing is complete without it.
            return null;
        }
    }

    private PullRequestListing.Unavailable Unavailable(RepositoryAccess access, GitHubFault fault)
    {
        var message = fault.Kind == GitHubFaultKind.AccessDenied ? MissingPermission + fault.PermissionHint : fault.Message;
        NotListed(logger, access.Owner, access.Name, fault.Reason, message);
        return new PullRequestListing.Unavailable(fault.Reason, message, fault.Until);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Listed {Count} open pull requests of {Owner}/{Repository} in {Pages} pages")]
    private static partial void Listed(ILogger logger, int count, string owner, string repository, int pages);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not list the pull requests of {Owner}/{Repository}: {Reason}. {Message}")]
    private static partial void NotListed(ILogger logger, string owner, string repository, UnavailableReason reason, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Could not determine the state of {Owner}/{Repository}#{Number}: {Reason}. {Message}")]
    private static partial void StateUnknown(
        ILogger logger, string owner, string repository, int number, UnavailableReason reason, string message);
}
