using System.Globalization;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Deployments;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Shows environments on GitHub as transient deployments: one for each commit, of which the one before is made inactive, because GitHub
/// does not do that for transient environments. Each step is written down before the next.
/// </summary>
internal sealed class DeploymentReporter(IDeploymentBoard github, ReportLedger ledger, TimeProvider time) : IReporter
{
    public async Task<ReportOutcome> ReportAsync(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var releases = ReportLedger.Releases(snapshot, plan, results);
        var failures = new List<ReportFailure>();
        DateTimeOffset? deferred = null;
        if (memory.Access is { Credential.IsAnonymous: false } access)
        {
            var tag = $"{snapshot.Resource.Metadata.Namespace}/{snapshot.Resource.Metadata.Name}";
            foreach (var (number, report) in Due(plan, results, memory))
            {
                if (deferred is not null || memory.IsOutdated(plan)) break;
                var known = memory.Deployments.GetValueOrDefault(number)
                    ?? (releases.TryGetValue(number, out var release) ? ReportedDeployment.Read(release) : null);
                var steps = new DeploymentSteps(github, access, tag, number, memory);
                var problem = Known(memory, number, report, access) ?? await steps.ShowAsync(report, known, cancellationToken);
                deferred = steps.DeferredUntil;
                if (problem is null) continue;
                failures.Add(problem);
                if (steps.IsDenied) Denials.Add(memory, ReportKind.Deployment, access, problem.Message, time.GetUtcNow());
            }
        }

        var recorded = await ledger.RecordAsync(
            OwnerLabels.DeploymentAnnotation, memory.Deployments.Select(d => KeyValuePair.Create(d.Key, d.Value.ToJson())), releases, cancellationToken);
        return new ReportOutcome(failures, deferred, recorded);
    }

    // A pull request may be gone for good before GitHub has taken its last word.
    private static List<(int Number, DeploymentReport Report)> Due(Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory)
    {
        var planned = plan.Environments.Select(e => e.PrNumber).ToHashSet();
        return
        [
            .. Conclusion.Done(plan, results).Where(d => d.Deployment is not null).Select(d => (d.PrNumber, d.Deployment!)),
            .. plan.KeepsEnvironments ? [] : memory.Deployments.Where(d => !planned.Contains(d.Key) && d.Value.Report.State != DeploymentState.Inactive)
                .Select(d => (d.Key, d.Value.Report with { State = DeploymentState.Inactive, Url = null })),
        ];
    }

    private ReportFailure? Known(ResourceMemory memory, int number, DeploymentReport report, RepositoryAccess access)
    {
        if (Denials.Find(memory, ReportKind.Deployment, access, time.GetUtcNow()) is { } denied)
            return new ReportFailure(number, denied, Permanent: false, ReportKind.Deployment);
        return memory.RefusedDeployments.TryGetValue(number, out var refused) && refused.Sha == report.Sha && report.State != DeploymentState.Inactive
            ? new ReportFailure(number, refused.Message, Permanent: true, ReportKind.Deployment)
            : null;
    }

    /// <summary>Name of a pull request's environment on GitHub.</summary>
    public static string EnvironmentOf(int number) => string.Create(CultureInfo.InvariantCulture, $"pr-{number}");
}
