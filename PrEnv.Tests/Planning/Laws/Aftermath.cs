using PrEnv.Core.Planning;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>The state that a plan leads to when everything succeeds and nothing else happens.</summary>
internal static class Aftermath
{
    public static Snapshot Of(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var cluster = new FakeCluster();
        foreach (var release in snapshot.Releases) cluster.Put(release);
        var results = plan.Actions.Select(a => cluster.Run(a, snapshot.Now)).ToList();
        Assert.That(results.Where(r => !r.Succeeded), Is.Empty, "an action's precondition is not what the snapshot shows");

        var reported = snapshot.Reported;
        foreach (var decision in Conclusion.Reportable(plan, results))
        {
            var release = cluster.Find(decision.Release!.Value)!;
            var status = new ReportedStatus(decision.Report!, release.Metadata.Generation);
            cluster.Record(release.Metadata.Uid, status);
            reported = reported.SetItem(release.Metadata.Uid, status);
        }

        return snapshot with
        {
            Resource = snapshot.Resource with { Status = Conclusion.Conclude(snapshot, plan, results, []).Status },
            Releases = cluster.Releases,
            Reported = reported,
        };
    }
}
