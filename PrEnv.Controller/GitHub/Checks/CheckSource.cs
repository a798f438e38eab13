using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Checks;

/// <inheritdoc cref="ICheckSource"/>
internal sealed class CheckSource(
    GitHubChannelPool channels, PageSizes sizes, GitHubClientOptions options, TimeProvider time, ILogger<CheckSource> logger)
    : ICheckSource
{
    /// <summary>The most check runs, or statuses, of one commit that are read.</summary>
    public const int Most = 1000;

    private const string RunsNeed =
        "GitHub refused to list the check runs (403): the token needs read access to the repository's checks. GitHub cannot grant that to "
        + "a fine-grained token for a private repository: use a GitHub App, a classic token, or a check that posts a commit status.";

    private const string StatusesNeed =
        "GitHub refused to list the commit statuses (403): the token needs read access to the repository's commit statuses.";

    public Task<CheckAnswer> ReadRunsAsync(
        RepositoryAccess access, string headSha, string? name, CancellationToken cancellationToken) =>
        ReadAsync(
            access, size => RepositoryUrls.CheckRuns(access, headSha, name, size), CheckParser.ReadRuns,
            new Wanted("the check runs", "checks: read", RunsNeed), cancellationToken);

    public Task<CheckAnswer> ReadStatusesAsync(RepositoryAccess access, string headSha, CancellationToken cancellationToken) =>
        ReadAsync(
            access, size => RepositoryUrls.CombinedStatus(access, headSha, size), CheckParser.ReadStatuses,
            new Wanted("the commit statuses", "statuses: read", StatusesNeed), cancellationToken);

    private async Task<CheckAnswer> ReadAsync(
        RepositoryAccess access, Func<int, Uri> first, Func<Stream, CheckResult[]> parse, Wanted wanted,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ChecksTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var lease = channels.Rent(access);
            var results = await sizes.ReadAsync(
                access, first,
                (uri, size) => PageWalk.ReadAsync(
                    lease.Channel, uri, size, Most / RepositoryUrls.PageSize, parse, Most, either.Token));
            return results.Length < Most
                ? new CheckAnswer(results)
                : new CheckAnswer(
                    results, GitHubFault.Malformed($"there are more than {Most} of {wanted.What}, and no more are read"));
        }
        catch (GitHubFaultException e)
        {
            return NotRead(access, Explain(e.Fault, access, wanted), wanted);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotRead(access, TransportFaults.Timeout, wanted);
        }
    }

    private static GitHubFault Explain(GitHubFault fault, RepositoryAccess access, Wanted wanted)
    {
        if (fault.Kind != GitHubFaultKind.AccessDenied)
            return fault;
        return fault with
        {
            Message = access.Credential.App is { } app
                ? $"GitHub refused to list {wanted.What} (403): the installation of App {app.AppId} has not granted {wanted.Permission}. "
                    + "Add it in the App's settings, and accept the change where the App is installed."
                : wanted.Needs + fault.PermissionHint,
        };
    }

    private CheckAnswer NotRead(RepositoryAccess access, GitHubFault fault, Wanted wanted)
    {
        ReadLog.NotRead(logger, wanted.What, access, fault);
        return new CheckAnswer([], fault);
    }

    /// <param name="What">With its article.</param>
    /// <param name="Permission">What an App must be granted.</param>
    /// <param name="Needs">What is said of a token that may not read it.</param>
    private sealed record Wanted(string What, string Permission, string Needs);
}
