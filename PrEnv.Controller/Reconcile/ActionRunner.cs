using System.Collections.Concurrent;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

/// <summary>Carries a plan's actions out, each with a result of its own: one failure stops no other.</summary>
internal sealed partial class ActionRunner(IReleaseApplier applier, IClusterView cluster, ILogger<ActionRunner> logger)
{
    /// <summary>The most writes at a time.</summary>
    private const int Parallelism = 16;

    public async Task<IReadOnlyCollection<ActionResult>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<ActionResult>();
        // Deletions come first, and are through before anything is made.
        foreach (var phase in plan.Actions.GroupBy(a => a is PlannedAction.Apply).OrderBy(g => g.Key))
        {
            await Parallel.ForEachAsync(
                phase,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (action, token) => results.Add(await RunAsync(action, token)));
        }

        return results;
    }

    private async Task<ActionResult> RunAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        var result = action switch
        {
            PlannedAction.Apply make => await applier.ApplyAsync(make.Desired, make.Uid, cancellationToken),
            PlannedAction.Delete delete => await applier.DeleteAsync(delete.Release, delete.Uid, delete.Unsuspend, cancellationToken),
            PlannedAction.Rebuild rebuild => await applier.RebuildAsync(rebuild.Release, rebuild.Uid, rebuild.Token, cancellationToken),
            PlannedAction.Orphan orphan => await applier.OrphanAsync(orphan.Release, orphan.Uid, cancellationToken),
            _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
        };
        if (result.Object is { } written)
        {
            cluster.Remember(written);
            if (action is PlannedAction.Apply applied)
                await NoteAsync(applied.Desired, written, cancellationToken);
        }

        var done = Done(action);
        var judged = ActionResults.Of(action, result.Object, result.Failure);
        if (judged.Failure is { } failure)
            LogFailed(action.Verb, action.Release, action.PrNumber, failure.Code, failure.Reason, failure.Message);
        else
            LogDone(done, action.Release, action.PrNumber, action is PlannedAction.Apply apply ? apply.Why : "");
        return judged;
    }

    // After a restart, only the release itself tells what does not stick. A note that is lost costs one more apply.
    private async Task NoteAsync(DesiredRelease desired, HelmRelease written, CancellationToken cancellationToken)
    {
        if (Overrides.NoteOf(desired, written) is not { } note)
            return;
        var (key, uid) = (written.Metadata.Key, written.Metadata.Uid);
        var noted = await applier.NoteAsync(key, uid, OwnerLabels.OverriddenAnnotation, note, cancellationToken);
        if (noted.Object is { } shown)
            cluster.Remember(shown);
    }

    private static string Done(PlannedAction action) => action switch
    {
        PlannedAction.Apply { Uid: null } => "Created",
        PlannedAction.Apply => "Updated",
        PlannedAction.Delete => "Deleted",
        PlannedAction.Rebuild => "Rebuilt",
        PlannedAction.Orphan => "Orphaned",
        _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Done} HelmRelease {Release} for PR {PrNumber} {Why}")]
    private partial void LogDone(string done, ResourceKey release, int prNumber, string why);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Could not {Verb} HelmRelease {Release} for PR {PrNumber}: {Code} {Reason} {Message}")]
    private partial void LogFailed(string verb, ResourceKey release, int prNumber, int code, string reason, string message);
}
