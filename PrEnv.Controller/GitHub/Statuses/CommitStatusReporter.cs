using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using CommitState = PrEnv.Core.Model.CommitState;
using CommitStatus = PrEnv.Core.Model.CommitStatus;

namespace PrEnv.Controller.GitHub.Statuses;

/// <inheritdoc cref="ICommitStatusReporter"/>
internal sealed class CommitStatusReporter(GitHubChannelPool channels, TimeProvider timeProvider, ILogger<CommitStatusReporter> logger)
    : ICommitStatusReporter
{
    private static readonly ReportResult NoSuchCommit =
        new ReportResult.Failed("A commit status needs a full commit SHA.", Permanent: true);

    public async Task<ReportResult> PostAsync(RepositoryAccess access, CommitStatus status, CancellationToken cancellationToken)
    {
        if (!CommitSha.IsValid(status.Sha)) return NoSuchCommit;

        try
        {
            using var lease = channels.Rent(access);
            var uri = RepositoryUrls.NewStatus(access, status.Sha);
            if (lease.Channel.Limit is { } limit) return StatusFaults.From(limit);
            if (!lease.Channel.TryTakeWrite(out var wait)) return new ReportResult.Deferred(timeProvider.GetUtcNow() + wait);

            await lease.Channel.PostAsync(uri, ToRequest(status), cancellationToken);
        }
        catch (GitHubFaultException e)
        {
            return StatusFaults.From(e.Fault);
        }

        GitHubLog.Posted(logger, status.State.Word(), access.Owner, access.Name, status.Sha, status.Context);
        return new ReportResult.Posted();
    }

    public async Task<StatusReading> ReadAsync(
        RepositoryAccess access, string sha, string context, CancellationToken cancellationToken)
    {
        if (!CommitSha.IsValid(sha)) return new StatusReading(Known: false, null);

        try
        {
            using var lease = channels.Rent(access);
            var uri = RepositoryUrls.Statuses(access, sha);
            var page = await lease.Channel.GetAsync(uri, body => Newest(body, sha, context), cancellationToken);
            return new StatusReading(Known: true, page.Value);
        }
        catch (GitHubFaultException e)
        {
            GitHubLog.StatusUnknown(logger, access.Owner, access.Name, sha, e.Fault.Reason, e.Fault.Message);
            return new StatusReading(Known: false, null);
        }
    }

    private static Octokit.NewCommitStatus ToRequest(CommitStatus status) => new()
    {
        State = status.State switch
        {
            CommitState.Pending => Octokit.CommitState.Pending,
            CommitState.Success => Octokit.CommitState.Success,
            CommitState.Failure => Octokit.CommitState.Failure,
            _ => Octokit.CommitState.Error,
        },
        Context = status.Context,
        Description = StatusText.Description(status.Description),
        TargetUrl = StatusText.TargetUrl(status.TargetUrl),
    };

    /// <summary>
    /// GitHub lists the newest first and compares contexts without case. Only the first page is read: one that a hundred newer ones pushed
    /// off it is posted once more, which does no harm.
    /// </summary>
    private static CommitStatus? Newest(Stream body, string sha, string context)
    {
        var items = JsonSerializer.Deserialize(body, GitHubJson.Default.StatusJsonArray)
            ?? throw new GitHubFaultException(GitHubFault.Malformed("there is no list"));
        if (items.Any(item => item?.Context is null || CommitStates.Parse(item.State) is null))
            throw new GitHubFaultException(GitHubFault.Malformed("a commit status has no state or context"));

        var newest = items.FirstOrDefault(item => string.Equals(item.Context, context, StringComparison.OrdinalIgnoreCase));
        return newest is null
            ? null
            : PostedReasons.WithReason(new CommitStatus(
                sha, newest.Context!, CommitStates.Parse(newest.State)!.Value, newest.Description ?? "", newest.TargetUrl));
    }
}
