using System.Net;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.PullRequests;

/// <inheritdoc cref="IPullRequestSource"/>
internal sealed class PullRequestSource(
    GitHubChannelPool channels, GitHubClientOptions options, TimeProvider timeProvider, ILogger<PullRequestSource> logger)
    : IPullRequestSource
{
    private const string MissingPermission =
        "GitHub refused access (403): the token needs read access to the repository's pull requests, "
        + "and the approval of the repository's organisation where it asks for one.";

    public async Task<PullRequestListing> ListAsync(RepositoryAccess access, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ListingTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ReadPagesAsync(access, either.Token);
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

    public async Task<PullRequestState> GetStateAsync(RepositoryAccess access, int number, CancellationToken cancellationToken)
    {
        try
        {
            using var lease = channels.Rent(access);
            var uri = RepositoryUrls.PullRequest(access, number);
            var page = await lease.Channel.GetAsync(uri, body => PullRequestReader.ReadState(body, number), cancellationToken);
            return page.Value;
        }
        catch (GitHubFaultException e)
        {
            GitHubLog.StateUnknown(logger, access.Owner, access.Name, number, e.Fault.Reason, e.Fault.Message);
            return PullRequestState.Unknown;
        }
    }

    private async Task<PullRequestListing> ReadPagesAsync(RepositoryAccess access, CancellationToken cancellationToken)
    {
        using var lease = channels.Rent(access);
        var listing = new ListingCollector(options.MaxPages);
        for (var next = RepositoryUrls.OpenPullRequests(access); next is not null;)
        {
            listing.Begin(next);
            var page = await lease.Channel.GetAsync(next, PullRequestReader.ReadPage, cancellationToken);
            listing.Add(page.Value);
            next = page.Next;
        }

        var complete = listing.Complete();
        GitHubLog.Listed(logger, complete.PullRequests.Length, access.Owner, access.Name, listing.Pages);
        return complete;
    }

    private PullRequestListing.Unavailable Unavailable(RepositoryAccess access, GitHubFault fault)
    {
        var message = fault.Status is HttpStatusCode.Forbidden ? MissingPermission : fault.Message;
        GitHubLog.NotListed(logger, access.Owner, access.Name, fault.Reason, message);
        return new PullRequestListing.Unavailable(fault.Reason, message, fault.Until);
    }
}
