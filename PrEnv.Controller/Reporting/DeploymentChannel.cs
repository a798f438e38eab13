using System.Globalization;
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
/// Shows environments on GitHub as transient deployments: one for each commit, of which the one before is made inactive, because GitHub
/// does not do that for transient environments.
/// </summary>
internal sealed class DeploymentChannel(IDeploymentWriter github, ReportNotes notes, TimeProvider time)
    : ReportChannel<DeploymentReport>(ReportKind.Deployment, OwnerLabels.DeploymentAnnotation, notes, time)
{
    /// <summary>Name of a pull request's environment on GitHub.</summary>
    public static string EnvironmentOf(int number) => string.Create(CultureInfo.InvariantCulture, $"pr-{number}");

    /// <summary>Marks a resource's own deployments.</summary>
    public static string TagOf(PREphemeralEnvController resource) => resource.Metadata.Key.ToString();

    // A pull request may be gone for good before GitHub has taken the end of its environment.
    protected override IEnumerable<DueReport<DeploymentReport>> Due(ReportJob job)
    {
        var planned = job.Plan.Environments.Select(e => e.PrNumber).ToHashSet();
        var left = job.Plan.KeepsEnvironments
            ? []
            : job.Memory.Deployments.Where(d => !planned.Contains(d.Key) && d.Value.Report.State != DeploymentState.Inactive)
                .Select(d => (Number: d.Key, Report: d.Value.Report with { State = DeploymentState.Inactive, Url = null }));
        return Conclusion.Done(job.Plan, job.Results).Where(d => d.Deployment is not null)
            .Select(d => (Number: d.PrNumber, Report: d.Deployment!))
            .Concat(left)
            .ToList()
            .Select(d => new DueReport<DeploymentReport>(d.Number, d.Report, job.Releases.GetValueOrDefault(d.Number)));
    }

    protected override bool IsReported(ResourceMemory memory, DueReport<DeploymentReport> due) => false;

    protected override string? Identity(DeploymentReport report) => report.State == DeploymentState.Inactive ? null : report.Sha;

    protected override Task<WriteResult<bool>> WriteAsync(
        RepositoryAccess access, ReportJob job, DueReport<DeploymentReport> due, CancellationToken cancellationToken)
    {
        var known = job.Memory.Deployments.GetValueOrDefault(due.PrNumber)
            ?? (due.Release is { } release ? ReportedDeployment.Read(release) : null);
        var tag = TagOf(job.Snapshot.Resource);
        return new DeploymentSteps(github, access, tag, due.PrNumber, job.Memory).ShowAsync(due.Report, known, cancellationToken);
    }

    protected override IEnumerable<KeyValuePair<int, IReported>> Reported(ReportJob job) =>
        job.Memory.Deployments.Select(d => KeyValuePair.Create<int, IReported>(d.Key, d.Value));

    protected override IReported? Reported(ReportJob job, int number) => job.Memory.Deployments.GetValueOrDefault(number);
}
