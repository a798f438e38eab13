using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Deletes what <see cref="DeploymentChannel"/> leaves behind: a resource's inactive deployments, and the environment on GitHub unless
/// others deploy to it.
/// </summary>
internal sealed class DeploymentCleanupChannel(IDeploymentWriter github, ReportNotes notes, TimeProvider time)
    : ReportChannel<DeploymentCleanup>(ReportKind.Cleanup, OwnerLabels.DeploymentAnnotation, notes, time)
{
    private const string EndDescription = "The environment has been removed";

    // That something is left on GitHub does no harm.
    protected override bool IsDispensable => true;

    protected override IEnumerable<DueReport<DeploymentCleanup>> Due(ReportJob job)
    {
        if (job.Snapshot.Spec.Spec is not { CleansUpDeployments: true })
        {
            job.Memory.DeploymentCleanups.Clear();
            return [];
        }

        // A process that died since had noted that the deployment is inactive.
        var leaving = job.Plan.Environments
            .Where(e => FurtherReports.LeavesItsDeployment(e, job.ReleaseOf(e)))
            .Select(e => e.PrNumber);
        foreach (var number in leaving)
            job.Memory.DeploymentCleanups.TryAdd(number, false);
        return job.Memory.DeploymentCleanups.Where(cleanup => !cleanup.Value).Select(cleanup => cleanup.Key).Order().ToList()
            .Select(number => new DueReport<DeploymentCleanup>(number, new DeploymentCleanup(number), null));
    }

    protected override bool IsReported(ResourceMemory memory, DueReport<DeploymentCleanup> due) => false;

    protected override string? Identity(DeploymentCleanup report) => null;

    protected override async Task<WriteResult<bool>> WriteAsync(
        RepositoryAccess access, ReportJob job, DueReport<DeploymentCleanup> due, CancellationToken cancellationToken)
    {
        var environment = DeploymentChannel.EnvironmentOf(due.PrNumber);
        var list = await github.ListAsync(access, environment, cancellationToken);
        if (list.Problem is { } problem)
            return problem;
        var tag = DeploymentChannel.TagOf(job.Snapshot.Resource);
        foreach (var (id, _) in list.Found.Where(d => d.Tag == tag))
        {
            var deleted = await DeleteAsync(access, id, cancellationToken);
            if (deleted is not WriteResult<bool>.Done)
                return deleted;
        }

        // Another resource may have been cleaning up at the same time.
        var others = list.Found.All(d => d.Tag == tag) ? list : await github.ListAsync(access, environment, cancellationToken);
        if (others.Problem is { } gone)
            return gone;
        var result = others.Found.All(d => d.Tag == tag)
            ? await github.DeleteEnvironmentAsync(access, environment, cancellationToken)
            : new WriteResult<bool>.Done(true, IsNew: false);
        if (result is WriteResult<bool>.Done)
            job.Memory.DeploymentCleanups[due.PrNumber] = true;
        return result;
    }

    // Nothing about it is noted on a HelmRelease, which is gone by then.
    protected override IEnumerable<KeyValuePair<int, IReported>> Reported(ReportJob job) => [];

    protected override IReported? Reported(ReportJob job, int number) => null;

    // GitHub deletes only inactive ones; one may have been left active by a process that died.
    private async Task<WriteResult<bool>> DeleteAsync(RepositoryAccess access, long id, CancellationToken cancellationToken)
    {
        var deleted = await github.DeleteAsync(access, id, cancellationToken);
        if (deleted is not WriteResult<bool>.Failed { Why: WriteFailure.Refused })
            return deleted;
        var end = new DeploymentReport("", DeploymentState.Inactive, EndDescription, null);
        var ended = await github.SetStateAsync(access, id, end, cancellationToken);
        return ended is WriteResult<long>.Done ? await github.DeleteAsync(access, id, cancellationToken) : ended.Map(_ => true);
    }
}

/// <summary>The end of a pull request's environment on GitHub.</summary>
/// <param name="PrNumber">The pull request.</param>
internal sealed record DeploymentCleanup(int PrNumber);
