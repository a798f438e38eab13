using System.Collections.Concurrent;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Probing;
using PrEnv.Controller.Reading;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

/// <summary>
/// One resource, once through: gather, plan, apply. Status, events and the reports to GitHub are handed over; nothing here waits for them.
/// </summary>
internal sealed partial class ResourceReconciler(
    IClusterView cluster,
    Gatherer gatherer,
    PullRequestHints hints,
    ActionRunner actions,
    IReportSink reports,
    CommandClaims commands,
    IResourceWriter writer,
    IPublisher publications,
    IProbeSchedule probes,
    HealthUrls urls,
    LatestReconciles latest,
    TimeProvider time,
    ILogger<ResourceReconciler> logger) : IReconciler<ResourceKey>
{
    // Where an admission policy removes what is written to the resource.
    private static readonly TimeSpan DeniedRetry = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ResourceKey, (string Uid, ResourceMemory Memory)> _memories = new();

    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (cluster.Resource(key) is not { } resource)
        {
            Forget(key);
            return ReconcileResult.Done;
        }

        // The cache of HelmReleases is being filled: a plan would take what it cannot see for missing. Its end wakes every resource.
        if (cluster.Flux == FluxState.Syncing)
            return ReconcileResult.Done;
        if (await StartAsync(publications.Show(resource), cancellationToken) is not { } started)
            return ReconcileResult.Done;

        var memory = MemoryOf(key, started);
        var (snapshot, plan) = await PlanAsync(started, memory, cancellationToken);
        // Once the resource is gone, the end of its environments can no longer be reported.
        if (plan.Finalizer == FinalizerChange.Remove && reports.WaitBeforeTheEnd(key) is { } wait)
            return ReconcileResult.RequeueAfter(wait);
        if (await PrepareAsync(snapshot, plan, cancellationToken) is not { } prepared)
            return ReconcileResult.Done;
        snapshot = prepared;
        if (plan.Finalizer == FinalizerChange.Add && !Teardown.HasFinalizer(snapshot.Resource))
            memory.FinalizerDeniedUntil = time.GetUtcNow() + DeniedRetry;
        plan = WithoutExpiry(snapshot, plan, memory);
        var results = await actions.RunAsync(plan, cancellationToken);
        await commands.AnswerAsync(plan.Answers, results, memory, cancellationToken);
        var unreported = reports.Hand(key, snapshot, plan, results, memory);
        urls.Remember(key, plan);
        probes.Replace(key, [.. plan.Environments.Select(e => e.Probe).OfType<ProbeTarget>()]);
        var isLast = plan.Finalizer == FinalizerChange.Remove;
        ReportFailure[] failures = [.. memory.Commands.Failures, .. unreported];
        var publication = Conclusion.Conclude(snapshot, plan, results, failures);
        memory.Remember(plan, results, failures);
        latest.Remember(key, snapshot, plan, publication);
        Log(snapshot.Resource, publication.Events);
        // The publisher wakes it when the last words are written.
        if (publications.Hand(snapshot.Resource, publication, isLast) && isLast)
            return ReconcileResult.Done;
        if (isLast)
            await SetFinalizerAsync(snapshot.Resource, present: false, cancellationToken);
        var question = snapshot.Listing is null ? null : memory.Expected.NextCheck;
        var isListed = snapshot.Listing is PullRequestListing.Complete;
        return Outcome.Map(
            plan, results, snapshot, memory.Listing,
            [
                memory.Commands.DeferredUntil, question, isListed ? memory.Files.NextCheck : null,
                isListed ? memory.Checks.NextCheck : null,
            ],
            time.GetUtcNow());
    }

    // Commands take part in the plan only once they are claimed.
    private async Task<(Snapshot Snapshot, Plan Plan)> PlanAsync(
        PREphemeralEnvController resource, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var snapshot = await gatherer.GatherAsync(resource, memory, cancellationToken);
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        if (!await commands.ClaimAsync(plan.Claims, memory, cancellationToken))
            return (snapshot, plan);
        snapshot = await gatherer.GatherAsync(resource, memory, cancellationToken);
        return (snapshot, EnvironmentReconciler.Reconcile(snapshot));
    }

    // What is to be written to the resource itself before its plan is carried out; null when the resource is gone.
    private async Task<Snapshot?> PrepareAsync(Snapshot snapshot, Plan plan, CancellationToken cancellationToken)
    {
        if (plan.Finalizer == FinalizerChange.Add)
        {
            // Before anything is made that it would have to clean up.
            if (await SetFinalizerAsync(snapshot.Resource, present: true, cancellationToken) is not { } kept)
                return null;
            snapshot = snapshot with { Resource = kept };
        }

        if (plan.NotesNamespaces)
        {
            // So that what is left of them is found again whatever becomes of the spec.
            if (await NoteNamespacesAsync(snapshot.Resource, cancellationToken) is not { } noted)
                return null;
            snapshot = snapshot with { Resource = noted };
        }

        if (plan.CommandEffects is not { } effects)
            return snapshot;
        // Before they are carried out, so that a restart in between does not forget them.
        var recorded = await RecordAsync(snapshot.Resource, effects, cancellationToken);
        return recorded is null ? null : snapshot with { Resource = recorded };
    }

    // Who expires but is not recorded as such would come back at the next look, and expire again.
    private Plan WithoutExpiry(Snapshot snapshot, Plan plan, ResourceMemory memory)
    {
        if (plan.CommandEffects is not { } effects || effects == CommandEffects.Read(snapshot.Resource))
            return plan;
        memory.EffectsDeniedUntil = time.GetUtcNow() + DeniedRetry;
        return effects.Expired.IsEmpty
            ? plan
            : EnvironmentReconciler.Reconcile(snapshot with { KeepsNoEffects = true }) with { CommandEffects = effects };
    }

    private ResourceMemory MemoryOf(ResourceKey key, PREphemeralEnvController resource) =>
        _memories.AddOrUpdate(
            key,
            _ => (resource.Metadata.Uid, new ResourceMemory()),
            (_, known) => known.Uid == resource.Metadata.Uid ? known : (resource.Metadata.Uid, new ResourceMemory())).Memory;

    private void Forget(ResourceKey key)
    {
        _memories.TryRemove(key, out _);
        hints.Forget(key);
        reports.Forget(key);
        probes.Forget(key);
        urls.Forget(key);
        latest.Forget(key);
        publications.Forget(key);
    }

    // The first listing may take a while; until then its status shows that work has begun.
    private async Task<PREphemeralEnvController?> StartAsync(PREphemeralEnvController resource, CancellationToken cancellationToken)
    {
        if (resource.Status?.Message is not null || resource.Metadata.DeletionTimestamp is not null)
            return resource;
        var starting = Conclusion.Starting(resource, time.GetUtcNow());
        return Written(await writer.PatchStatusAsync(resource, starting, cancellationToken));
    }

    private async Task<PREphemeralEnvController?> SetFinalizerAsync(
        PREphemeralEnvController resource, bool present, CancellationToken cancellationToken) =>
        Written(await writer.SetFinalizerAsync(resource, present, cancellationToken));

    private async Task<PREphemeralEnvController?> NoteNamespacesAsync(
        PREphemeralEnvController resource, CancellationToken cancellationToken) =>
        Written(
            await writer.SetAnnotationAsync(
                resource, PREphemeralEnvController.NamespacesAnnotation, PREphemeralEnvController.HasNamespaces, cancellationToken));

    private async Task<PREphemeralEnvController?> RecordAsync(
        PREphemeralEnvController resource, CommandEffects effects, CancellationToken cancellationToken) =>
        Written(
            await writer.SetAnnotationAsync(
                resource, PREphemeralEnvController.CommandEffectsAnnotation, effects.ToJson(), cancellationToken));

    private void Log(PREphemeralEnvController resource, IEnumerable<PlannedEvent> events)
    {
        foreach (var news in events)
            LogEvent(news.Type, news.Reason, resource.Metadata.Namespace, resource.Metadata.Name, news.Note);
    }

    private PREphemeralEnvController? Written(PREphemeralEnvController? written)
    {
        if (written is null)
            return null;
        cluster.Remember(written);
        return publications.Show(written);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Type} {Reason} {Namespace}/{Name}: {Note}")]
    private partial void LogEvent(string type, string reason, string @namespace, string name, string note);
}
