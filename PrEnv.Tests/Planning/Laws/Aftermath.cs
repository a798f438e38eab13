using System.Collections.Immutable;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Laws;

/// <summary>The state that a plan leads to when everything succeeds and nothing else happens.</summary>
internal static class Aftermath
{
    public static Snapshot Of(Snapshot snapshot)
    {
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var effects = plan.CommandEffects ?? CommandEffects.Read(snapshot.Resource);
        var cluster = new FakeCluster();
        foreach (var release in snapshot.Releases)
            cluster.Put(release);
        foreach (var found in snapshot.Namespaces.Found)
            cluster.Namespaces.Put(found);
        var results = plan.Actions.Select(a => cluster.Run(a, snapshot.Now)).ToList();
        Assert.That(results.Where(r => !r.Succeeded), Is.Empty, "an action's precondition is not what the snapshot shows");

        var (reported, told) = (snapshot.Reported.ToDictionary(), snapshot.ReportedWithoutRelease.ToDictionary());
        var (deployments, comments) = (snapshot.Deployments.ToDictionary(), snapshot.Comments.ToDictionary());
        foreach (var decision in Conclusion.Done(plan, results))
        {
            if (decision.Deployment is { } shown)
                deployments[decision.PrNumber] = new ReportedDeployment(1, shown, null);
            if (decision.Comment is { } comment)
                comments[decision.PrNumber] = new ReportedComment(1, comment.Key);
        }

        foreach (var decision in Conclusion.Reportable(plan, results))
        {
            if (decision.Release is null)
            {
                told[decision.PrNumber] = decision.Report!;
                continue;
            }

            var release = cluster.Find(decision.Release.Value)!;
            var status = new ReportedStatus(decision.Report!, release.Metadata.Generation);
            cluster.Record(release.Metadata.Uid, status);
            reported[release.Metadata.Uid] = status;
        }

        var generations = snapshot.Releases.ToLookup(r => r.Metadata.Uid, r => r.Metadata.Generation, StringComparer.Ordinal);
        return snapshot with
        {
            // Nobody has asked a generation that was not there yet, whatever a random world says.
            Probes = snapshot.Probes
                .Where(p => generations[p.Key.ReleaseUid].Any(made => p.Key.Generation <= made))
                .ToImmutableDictionary(),
            Resource = snapshot.Resource with
            {
                Status = Conclusion.Conclude(snapshot, plan, results, []).Status,
                Metadata = snapshot.Resource.Metadata with { Annotations = With(snapshot.Resource.Metadata.Annotations, effects.ToJson()) },
            },
            Commands = [],
            ReportedWithoutRelease = told,
            Deployments = deployments,
            Comments = comments,
            Releases = cluster.Releases,
            Namespaces = snapshot.Namespaces with { Found = cluster.Namespaces.All },
            Reported = reported,
        };
    }

    private static ImmutableDictionary<string, string> With(IReadOnlyDictionary<string, string>? annotations, string? effects)
    {
        var others = (annotations ?? ImmutableDictionary<string, string>.Empty).ToImmutableDictionary(StringComparer.Ordinal)
            .Remove(PREphemeralEnvController.CommandEffectsAnnotation);
        return effects is null ? others : others.Add(PREphemeralEnvController.CommandEffectsAnnotation, effects);
    }
}
