using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Files;

/// <inheritdoc cref="IFilesSource"/>
internal sealed class FilesSource(
    GitHubChannelPool channels, PageSizes sizes, GitHubClientOptions options, TimeProvider time, ILogger<FilesSource> logger) : IFilesSource
{
    /// <summary>
    /// The most files of one pull request that GitHub lists. See
    /// https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files.
    /// </summary>
    public const int MostFiles = 3000;

    public async Task<ChangedFiles> ReadAsync(
        RepositoryAccess access, int number, string headSha, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.FilesTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var lease = channels.Rent(access);
            var files = await sizes.ReadAsync(
                access, size => RepositoryUrls.Files(access, number, size),
                (first, size) => PageWalk.ReadAsync(
                    lease.Channel, first, size, MostFiles / RepositoryUrls.PageSize, FilesParser.ReadPage, MostFiles, either.Token));
            ImmutableArray<string> commits = [.. files.Select(f => f.Commit).OfType<string>().Distinct(StringComparer.Ordinal)];
            if (!commits.IsEmpty && !commits.Contains(headSha, StringComparer.Ordinal))
                lease.Channel.ForgetFrom(RepositoryUrls.Files(access, number, sizes.Of(access)));
            return new ChangedFiles.Known(
                [.. files.Select(f => f.Path), .. files.Select(f => f.PreviousPath).OfType<string>()], files.Length < MostFiles, commits);
        }
        catch (GitHubFaultException e)
        {
            return NotRead(access, e.Fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotRead(access, TransportFaults.Timeout);
        }
    }

    private ChangedFiles.Unknown NotRead(RepositoryAccess access, GitHubFault fault)
    {
        ReadLog.NotRead(logger, "the changed files", access, fault);
        return new ChangedFiles.Unknown(fault.Message);
    }
}
