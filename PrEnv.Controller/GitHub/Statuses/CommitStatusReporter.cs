using System.Collections.Frozen;
using System.Text.Json;
using Octokit;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;
using PrEnv.Controller.GitHub.Writing;
using CommitStatus = PrEnv.Core.Model.CommitStatus;

namespace PrEnv.Controller.GitHub.Statuses;

/// <inheritdoc cref="ICommitStatusReporter"/>
internal sealed class CommitStatusReporter(GitHubChannelPool channels, TimeProvider timeProvider, ILogger<CommitStatusReporter> logger)
    : ICommitStatusReporter
{
    private static readonly FrozenDictionary<string, CommitState> States = new Dictionary<string, CommitState>(StringComparer.Ordinal)
    {
        ["pending"] = CommitState.Pending,
        ["success"] = CommitState.Success,
        ["failure"] = CommitState.Failure,
        ["error"] = CommitState.Error,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly ReportResult NoSuchState =
        new ReportResult.Failed("A commit status is one of pending, success, failure and error.", Permanent: true);

    private static readonly ReportResult NoSuchCommit =
        new ReportResult.Failed("A commit status needs a full commit SHA.", Permanent: true);

    public async Task<ReportResult> PostAsync(RepositoryAccess access, CommitStatus status, CancellationToken cancellationToken)
    {
        if (!CommitSha.IsValid(status.Sha)) return NoSuchCommit;
        if (!States.TryGetValue(status.State, out var state)) return NoSuchState;

        try
        {
            using var lease = channels.Rent(access);
            var uri = RepositoryUrls.NewStatus(access, status.Sha);
            if (lease.Channel.Limit is { } limit) return StatusFaults.From(limit);
            if (!lease.Channel.TryTakeWrite(out var wait)) return new ReportResult.Deferred(timeProvider.GetUtcNow() + wait);

            await lease.Channel.PostAsync(uri, ToRequest(status, state), cancellationToken);
        }
        catch (GitHubFaultException e)
        {
            return StatusFaults.From(e.Fault);
        }

        GitHubLog.Posted(logger, status.State, access.Owner, access.Name, status.Sha, status.Context);
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

    private static NewCommitStatus ToRequest(CommitStatus status, CommitState state) => new()
    {
        State = state,
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
        if (items.Any(item => item is not { State: not null, Context: not null }))
            throw new GitHubFaultException(GitHubFault.Malformed("a commit status has no state or context"));

        var newest = items.FirstOrDefault(item => string.Equals(item.Context, context, StringComparison.OrdinalIgnoreCase));
        return newest is null ? null : new CommitStatus(sha, newest.Context!, newest.State!, newest.Description ?? "", newest.TargetUrl);
    }
}
