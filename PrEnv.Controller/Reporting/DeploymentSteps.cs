using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>The steps from what a deployment shows to what it is to show. What was done is kept in the memory after each.</summary>
internal sealed class DeploymentSteps(IDeploymentWriter github, RepositoryAccess access, string tag, int number, ResourceMemory memory)
{
    private const string Superseded = "Superseded by a newer commit";

    private static readonly WriteResult<bool> Shown = new WriteResult<bool>.Done(true, IsNew: false);

    /// <summary>Does what is to be done, as far as it goes.</summary>
    public async Task<WriteResult<bool>> ShowAsync(DeploymentReport report, ReportedDeployment? known, CancellationToken cancellationToken)
    {
        var isOver = report.State == DeploymentState.Inactive;
        if (!isOver && (known is null || known.Report.Sha != report.Sha || known.Report.State == DeploymentState.Inactive))
        {
            var made = await MakeAsync(report, known, cancellationToken);
            if (made is not WriteResult<ReportedDeployment>.Done { Value: var fresh })
                return made.Map(_ => false);
            known = fresh;
        }

        if (known is null)
            return Shown;
        if (!known.Shows(report))
        {
            var posted = await PostAsync(known.Id, report, cancellationToken);
            if (posted is not WriteResult<bool>.Done)
                return posted;
            known = known with { Report = report };
            memory.Deployments[number] = known;
        }

        if (isOver)
            memory.DeploymentCleanups.TryAdd(number, false);
        if (known.Superseded is not { } old)
            return Shown;
        var end = report with { State = DeploymentState.Inactive, Description = Superseded, Url = null };
        var ended = await PostAsync(old, end, cancellationToken);
        if (ended is WriteResult<bool>.Done)
            memory.Deployments[number] = known with { Superseded = null };
        return ended;
    }

    private async Task<WriteResult<ReportedDeployment>> MakeAsync(
        DeploymentReport report, ReportedDeployment? known, CancellationToken cancellationToken)
    {
        var environment = DeploymentChannel.EnvironmentOf(number);
        memory.DeploymentCleanups.TryRemove(number, out _);
        // A process may have died between making it and noting that.
        var search = await github.FindAsync(access, report.Sha, environment, tag, cancellationToken);
        var found = search switch
        {
            { Problem: { } problem } => problem,
            { Id: { } id } => new WriteResult<long>.Done(id, IsNew: false),
            _ => await github.CreateAsync(access, report.Sha, environment, tag, cancellationToken),
        };
        return found.Map(made =>
        {
            var isReplaced = known is { Report.State: not DeploymentState.Inactive } && known.Id != made;
            var superseded = isReplaced ? known!.Id : known?.Superseded;
            return memory.Deployments[number] = new ReportedDeployment(made, report with { State = DeploymentState.None }, superseded);
        });
    }

    private async Task<WriteResult<bool>> PostAsync(long id, DeploymentReport report, CancellationToken cancellationToken)
    {
        var result = await github.SetStateAsync(access, id, report, cancellationToken);
        if (result is WriteResult<long>.Failed { Why: WriteFailure.NotFound })
        {
            // Somebody has deleted it; one that does not exist is not active.
            if (report.State == DeploymentState.Inactive)
                return Shown;
            // It may be made again next time.
            memory.Deployments[number] = new ReportedDeployment(id, report with { State = DeploymentState.Inactive }, null);
        }

        return result.Map(_ => true);
    }
}
