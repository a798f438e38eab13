using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Finds out which reports of a plan GitHub shows already: those of pull requests without a release are noted nowhere else. It only reads.
/// </summary>
internal sealed class PostedReports(ICommitStatusReporter statuses, ICommentWriter comments, IDeploymentWriter deployments)
{
    /// <summary>The plan without them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="snapshot">What it was made from.</param>
    /// <param name="memory">Has the access to GitHub.</param>
    /// <param name="only">The only pull request that GitHub is asked about; null: all of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Plan> LeaveOutAsync(
        Plan plan, Snapshot snapshot, ResourceMemory memory, int? only, CancellationToken cancellationToken)
    {
        if (memory.Access is not { } access)
            return plan;
        var environments = ImmutableArray.CreateBuilder<EnvironmentDecision>(plan.Environments.Length);
        foreach (var decision in plan.Environments)
        {
            environments.Add(only is null || decision.PrNumber == only
                ? await LeaveOutAsync(decision, snapshot, access, cancellationToken)
                : decision);
        }

        return plan with { Environments = environments.MoveToImmutable() };
    }

    /// <summary>What else GitHub is to be told, without what it shows.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="snapshot">What it was made from.</param>
    /// <param name="memory">Has the access to GitHub.</param>
    /// <param name="only">The only pull request that matters; null: all of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FurtherReports> FurtherAsync(
        Plan plan, Snapshot snapshot, ResourceMemory memory, int? only, CancellationToken cancellationToken)
    {
        if (memory.Access is not { Credential.IsAnonymous: false } access)
            return FurtherReports.None;
        var due = FurtherReports.Of(snapshot, plan);
        var (mergeGroups, cleanups) = (new List<(int, CommitStatus)>(), new List<int>());
        foreach (var (number, status) in due.MergeGroups.SelectMany(group => group.Select(status => (group.Key, status))))
        {
            if (only is not null && number != only)
                continue;
            var reading = await statuses.ReadAsync(access, status.Sha, status.Context, cancellationToken);
            if (!MergeGroupChannel.IsPosted(status, reading))
                mergeGroups.Add((number, status));
        }

        foreach (var number in due.Cleanups.Where(number => only is null || number == only))
        {
            var list = await deployments.ListAsync(access, DeploymentChannel.EnvironmentOf(number), cancellationToken);
            if (list.Problem is not null || list.Found.Any(d => d.Tag == DeploymentChannel.TagOf(snapshot.Resource)))
                cleanups.Add(number);
        }

        return FurtherReports.Of(mergeGroups, cleanups);
    }

    private async Task<EnvironmentDecision> LeaveOutAsync(
        EnvironmentDecision decision, Snapshot snapshot, RepositoryAccess access, CancellationToken cancellationToken)
    {
        if (decision.Report is { } report)
        {
            var (shown, release) = (report.Shown ?? report, snapshot.Releases.FirstOrDefault(r => r.Metadata.Key == decision.Release));
            var reading = await statuses.ReadAsync(access, shown.Sha, shown.Context, cancellationToken);
            if (CommitStatusChannel.IsPosted(new DueReport<CommitStatus>(decision.PrNumber, report, release), reading))
                decision = decision with { Posted = decision.Status };
        }

        if (decision.Comment is { } comment && !access.Credential.IsAnonymous && !IsNoted(snapshot, decision))
        {
            var search = await comments.FindAsync(access, decision.PrNumber, comment.Marker, cancellationToken);
            if (search.Found is { } found && CommentChannel.Says(found, comment))
                decision = decision with { Comment = null };
        }

        return decision;
    }

    private static bool IsNoted(Snapshot snapshot, EnvironmentDecision decision) =>
        snapshot.Releases.FirstOrDefault(r => r.Metadata.Key == decision.Release) is { } release
        && ReportedComment.Read(release) is not null;
}
