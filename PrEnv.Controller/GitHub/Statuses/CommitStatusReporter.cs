using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Paging;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Statuses;

/// <inheritdoc cref="ICommitStatusReporter"/>
internal sealed class CommitStatusReporter(
    GitHubChannelPool channels, GitHubWriter writer, PageSizes sizes, ILogger<CommitStatusReporter> logger)
    : ICommitStatusReporter
{
    private static readonly WriteKind What = new(
        "the commit status", "the token needs write permission for commit statuses (classic tokens: the scope repo:status).",
        AppPermissions.CommitStatuses);

    private static readonly WriteResult<CommitStatus> NoSuchCommit =
        new WriteResult<CommitStatus>.Failed("A commit status needs a full commit SHA.", WriteFailure.Refused);

    public async Task<WriteResult<CommitStatus>> PostAsync(
        RepositoryAccess access, CommitStatus status, CancellationToken cancellationToken)
    {
        if (!CommitSha.IsValid(status.Sha))
            return NoSuchCommit;

        var body = new StatusBody(
            status.State.Word(), StatusText.TargetUrl(status.TargetUrl), StatusText.Description(status.Description), status.Context);
        var request = new WriteRequest(
            What, HttpMethod.Post, () => RepositoryUrls.NewStatus(access, status.Sha), JsonBody.Of(body, GitHubJson.Default.StatusBody),
            WriteTarget.List);
        return await writer.SendAsync(access, request, _ => status, cancellationToken);
    }

    public async Task<StatusReading> ReadAsync(
        RepositoryAccess access, string sha, string context, CancellationToken cancellationToken)
    {
        if (!CommitSha.IsValid(sha))
            return new StatusReading(Known: false, null);

        try
        {
            using var lease = channels.Rent(access);
            var page = await sizes.ReadAsync(
                access, size => RepositoryUrls.Statuses(access, sha, size),
                (first, _) => lease.Channel.GetAsync(first, body => Newest(body, sha, context), cancellationToken));
            return new StatusReading(Known: true, page.Value);
        }
        catch (GitHubFaultException e)
        {
            ReadLog.NotRead(logger, "the commit statuses", access, e.Fault);
            return new StatusReading(Known: false, null);
        }
    }

    /// <summary>
    /// GitHub lists the newest first and compares contexts without case. Only the first page is read: one that a hundred newer ones have
    /// pushed off it is posted again, which does no harm.
    /// </summary>
    private static CommitStatus? Newest(Stream body, string sha, string context)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.StatusJsonArray)
            ?? throw new GitHubFaultException(GitHubFault.Malformed("the list is missing"));
        if (items.Any(item => item?.Context is null || CommitStates.Parse(item.State) is null))
            throw new GitHubFaultException(GitHubFault.Malformed("a commit status has no state or context"));

        var newest = items.FirstOrDefault(item => string.Equals(item.Context, context, StringComparison.OrdinalIgnoreCase));
        return newest is null
            ? null
            : PostedReasons.WithReason(new CommitStatus(
                sha, newest.Context!, CommitStates.Parse(newest.State)!.Value, newest.Description ?? "", newest.TargetUrl));
    }
}
