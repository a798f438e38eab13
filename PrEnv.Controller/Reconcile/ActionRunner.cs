using System.Collections.Concurrent;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

/// <summary>Carries a plan's actions out, each with a result of its own: one failure stops no other.</summary>
internal sealed partial class ActionRunner(
    IReleaseApplier applier, INamespaceClient namespaces, IClusterView cluster, ILogger<ActionRunner> logger)
{
    /// <summary>The most writes at a time.</summary>
    private const int Parallelism = 16;

    public async Task<IReadOnlyCollection<ActionResult>> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<ActionResult>();
        // Deletions come first, and are through before anything is made; a release whose namespace could not be made is not made either.
        foreach (var step in plan.Actions.GroupBy(a => a.Step).OrderBy(g => g.Key))
        {
            var before = results.Where(r => !r.Succeeded).ToList();
            await Parallel.ForEachAsync(
                step.Where(a => !ActionResults.IsBlocked(a, before)),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (action, token) => results.Add(await RunAsync(action, token)));
        }

        return results;
    }

    private async Task<ActionResult> RunAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        if (action.IsOnNamespace)
            return Told(await RunOnNamespaceAsync(action, cancellationToken));
        var result = action switch
        {
            PlannedAction.Apply make => await applier.ApplyAsync(make.Desired, make.Uid, cancellationToken),
            PlannedAction.Delete delete =>
                await applier.DeleteAsync(delete.Release, delete.Uid, delete.Version, delete.Unsuspend, cancellationToken),
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

        return Told(ActionResults.Of(action, result.Object, result.Failure));
    }

    private async Task<ActionResult> RunOnNamespaceAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        var result = action switch
        {
            PlannedAction.CreateNamespace create => await namespaces.CreateAsync(create.Desired, cancellationToken),
            PlannedAction.UpdateNamespace update => await namespaces.ApplyAsync(update.Desired, update.Uid, cancellationToken),
            PlannedAction.DeleteNamespace delete => await namespaces.DeleteAsync(delete.Name, delete.Uid, cancellationToken),
            PlannedAction.OrphanNamespace orphan => await namespaces.OrphanAsync(orphan.Name, orphan.Uid, cancellationToken),
            _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
        };
        return ActionResults.OfNamespace(action, result.Namespace, result.Failure);
    }

    private ActionResult Told(ActionResult result)
    {
        var action = result.Action;
        if (result.Failure is { } failure)
            LogFailed(action.Verb, action.Target, action.PrNumber, failure.Code, failure.Reason, failure.Message);
        else
            LogDone(action);
        return result;
    }

    private void LogDone(PlannedAction action)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var (done, why) = (Done(action), WhyOf(action));
        LogDone(done, action.Target, action.PrNumber, why);
    }

    private static string WhyOf(PlannedAction action) => action switch
    {
        PlannedAction.Apply apply => apply.Why,
        PlannedAction.UpdateNamespace update => update.Why,
        _ => "",
    };

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
        PlannedAction.Apply { Uid: null } or PlannedAction.CreateNamespace => "Created",
        PlannedAction.Apply or PlannedAction.UpdateNamespace => "Updated",
        PlannedAction.Delete or PlannedAction.DeleteNamespace => "Deleted",
        PlannedAction.Rebuild => "Rebuilt",
        PlannedAction.Orphan or PlannedAction.OrphanNamespace => "Orphaned",
        _ => throw new InvalidOperationException($"Unknown action {action.GetType().Name}."),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Done} {Target} for PR {PrNumber} {Why}")]
    private partial void LogDone(string done, string target, int prNumber, string why);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Could not {Verb} {Target} for PR {PrNumber}: {Code} {Reason} {Message}")]
    private partial void LogFailed(string verb, string target, int prNumber, int code, string reason, string message);
}
