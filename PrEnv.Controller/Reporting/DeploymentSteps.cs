using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>The steps from what a deployment shows to what it is to show. What was done is kept in the memory after each.</summary>
internal sealed class DeploymentSteps(IDeploymentBoard github, RepositoryAccess access, string tag, int number, ResourceMemory memory)
{
    /// <summary>When to go on; null when nothing waits.</summary>
    public DateTimeOffset? DeferredUntil { get; private set; }

    /// <summary>May the credential not do this?</summary>
    public bool IsDenied { get; private set; }

    /// <summary>Does what is to be done, as far as it goes; says what went wrong.</summary>
    public async Task<ReportFailure?> ShowAsync(DeploymentReport report, ReportedDeployment? known, CancellationToken cancellationToken)
    {
        if (report.State != DeploymentState.Inactive && (known is null || known.Report.Sha != report.Sha || known.Report.State == DeploymentState.Inactive))
        {
            var (made, problem) = await MakeAsync(report, known, cancellationToken);
            if (made is null) return problem;
            known = made;
        }

        if (known is null) return null;
        if (!known.Shows(report))
        {
            var (shown, problem) = await PostAsync(known.Id, report, cancellationToken);
            if (!shown) return problem;
            known = known with { Report = report };
            memory.Deployments[number] = known;
        }

        if (known.Superseded is { } old)
        {
            var (done, problem) = await PostAsync(old, report with { State = DeploymentState.Inactive, Description = "Superseded by a newer commit", Url = null }, cancellationToken);
            if (!done) return problem;
            memory.Deployments[number] = known with { Superseded = null };
        }

        return null;
    }

    private async Task<(ReportedDeployment? Made, ReportFailure? Problem)> MakeAsync(
        DeploymentReport report, ReportedDeployment? known, CancellationToken cancellationToken)
    {
        var environment = DeploymentReporter.EnvironmentOf(number);
        // A process may have died between making it and writing that down.
        var search = await github.FindAsync(access, report.Sha, environment, tag, cancellationToken);
        if (search.Problem is { } unknown) return (null, Failure(unknown, permanent: false));
        var id = search.Id;
        if (id is null)
        {
            switch (await github.CreateAsync(access, report.Sha, environment, tag, cancellationToken))
            {
                case WriteResult<long>.Done done:
                    id = done.Value;
                    break;
                case WriteResult<long>.Failed { Why: WriteFailure.Refused } refused:
                    memory.RefusedDeployments[number] = (report.Sha, refused.Message);
                    return (null, Failure(refused.Message, permanent: true));
                case WriteResult<long>.Failed failed:
                    IsDenied = failed.Why == WriteFailure.Forbidden;
                    return (null, Failure(failed.Message, permanent: false));
                case WriteResult<long>.Deferred deferred:
                    DeferredUntil = deferred.Until;
                    return (null, null);
            }
        }

        var superseded = known is { Report.State: not DeploymentState.Inactive } && known.Id != id ? known.Id : known?.Superseded;
        var made = new ReportedDeployment(id!.Value, report with { State = DeploymentState.None }, superseded);
        memory.Deployments[number] = made;
        return (made, null);
    }

    private async Task<(bool Done, ReportFailure? Problem)> PostAsync(long id, DeploymentReport report, CancellationToken cancellationToken)
    {
        switch (await github.SetStateAsync(access, id, report, cancellationToken))
        {
            case WriteResult<long>.Deferred deferred:
                DeferredUntil = deferred.Until;
                return (false, null);
            // Somebody has deleted it; one that is not there is not active.
            case WriteResult<long>.Failed { Why: WriteFailure.NotFound } when report.State == DeploymentState.Inactive:
                return (true, null);
            case WriteResult<long>.Failed failed:
                // It may be made anew next time.
                if (failed.Why == WriteFailure.NotFound) memory.Deployments[number] = new ReportedDeployment(id, report with { State = DeploymentState.Inactive }, null);
                IsDenied = failed.Why == WriteFailure.Forbidden;
                return (false, Failure(failed.Message, permanent: failed.Why.IsPermanent()));
            default:
                return (true, null);
        }
    }

    private ReportFailure Failure(string message, bool permanent) => new(number, message, permanent, ReportKind.Deployment);
}
