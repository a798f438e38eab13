using PrEnv.Controller.Cluster;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Gathers everything that a plan is based on in one immutable snapshot. It only reads: neither GitHub nor the cluster is changed, so that
/// a plan can be inspected without being carried out.
/// </summary>
internal sealed class Gatherer(
    IClusterView cluster,
    ListingPoller listings,
    ReviewReader reviews,
    FilesReader files,
    CheckReader checks,
    CommandInbox commands,
    ChartReadings charts,
    NamespaceReadings namespaces,
    FinalReports finalReports,
    IProbeSchedule probes,
    HealthUrls urls,
    CheckedSpecs specs,
    ClockWatch clock,
    TimeProvider time)
{
    public async Task<Snapshot> GatherAsync(PREphemeralEnvController resource, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot
        {
            Resource = resource,
            Spec = specs.Of(resource),
            KeepsNoFinalizer = memory.FinalizerDeniedUntil > time.GetUtcNow(),
            KeepsNoEffects = memory.EffectsDeniedUntil > time.GetUtcNow(),
            Flux = cluster.Flux,
            Unreported = memory.Unreported,
            LastFailures = memory.LastFailures,
            LastCause = memory.LastCause,
            ClockSteadySince = clock.SteadySince(),
            Now = time.GetUtcNow(),
        };
        if (resource.Metadata.DeletionTimestamp is not null)
            return resource.Spec.Suspend == true ? snapshot : await GatherTheEndAsync(snapshot, memory, cancellationToken);
        if (resource.Spec.Suspend == true || snapshot.Flux != FluxState.Synced || snapshot.Spec.Spec is not { } spec)
            return snapshot;

        await cluster.CompleteAsync(resource, cancellationToken);
        snapshot = snapshot with
        {
            Listing = await listings.ListAsync(resource, spec, memory, cancellationToken),
            Releases = cluster.ReleasesFor(resource, spec.DestinationNamespace),
        };
        if (EnvironmentReconciler.Questions(snapshot).Listing)
            snapshot = snapshot with { Listing = await listings.ListAgainAsync(resource, spec, memory, cancellationToken) };
        snapshot = snapshot with { Remembered = memory.Remembered };
        snapshot = snapshot with { Namespaces = await namespaces.ReadAsync(snapshot, memory, cancellationToken) };
        // Hardly ever: after a restore.
        if (snapshot.Releases.Any(r => Ownership.PrNumberIfStray(r, resource) is not null))
            snapshot = snapshot with { ResourceUids = cluster.ResourceUids() };
        memory.Keep(snapshot.Releases.Select(r => r.Metadata.Uid).ToHashSet(StringComparer.Ordinal), Numbers(snapshot));
        NoteHeads(snapshot.Listing, memory, time.GetUtcNow());
        if (!spec.Commands)
            memory.Commands.SwitchOff();
        if (snapshot.Listing is PullRequestListing.Complete complete)
        {
            memory.Files.Keep(complete.PullRequests, spec);
            memory.Checks.Keep(complete.PullRequests.Select(p => p.HeadSha), spec.Checks);
        }

        snapshot = snapshot with
        {
            Commands = [.. memory.Commands.Pending],
            HeadSeen = memory.Heads.ToDictionary(h => h.Key, h => h.Value.At),
            Files = memory.Files.LookAt(time.GetUtcNow()),
            Checks = memory.Checks.LookAt(time.GetUtcNow()),
        };
        return await AskAsync(snapshot, spec, memory, cancellationToken);
    }

    private async Task<Snapshot> AskAsync(
        Snapshot snapshot, EnvironmentSpec spec, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var questions = EnvironmentReconciler.Questions(snapshot);
        if (!questions.Files.IsEmpty)
        {
            await files.ReadAsync(questions.Files, memory, cancellationToken);
            snapshot = snapshot with { Files = memory.Files.Answers };
            questions = EnvironmentReconciler.Questions(snapshot);
        }

        if (questions.Commands && snapshot.Listing is PullRequestListing.Complete complete)
            await commands.ReadAsync(complete, memory, cancellationToken);
        snapshot = snapshot with { Reviews = await reviews.ReadAsync(questions.Reviews, memory, cancellationToken) };
        if (!spec.Checks.IsEmpty)
        {
            // Those of a fork's commit matter once it is approved.
            await checks.ReadAsync(EnvironmentReconciler.Questions(snapshot).Checks, spec, memory, cancellationToken);
            snapshot = snapshot with { Checks = memory.Checks.Answers };
            questions = questions with { Namespaces = EnvironmentReconciler.Questions(snapshot).Namespaces };
        }

        var confirmations = await listings.ConfirmAsync(questions.Confirmations, memory, cancellationToken);
        var causes = await charts.ReadAsync(questions.Charts, memory, cancellationToken);
        var found = await namespaces.FindAsync(snapshot.Namespaces, questions.Namespaces, memory, cancellationToken);
        var now = time.GetUtcNow();
        return snapshot with
        {
            Charts = causes,
            Namespaces = found,
            NewCommands = memory.Commands.DeferredUntil > now ? [] : [.. memory.Commands.New],
            Confirmations = confirmations,
            ReportedWithoutRelease = memory.ReportedWithoutRelease.ToDictionary(),
            Deployments = memory.Deployments.ToDictionary(),
            Comments = memory.Comments.ToDictionary(),
            HealthUrls = urls.Of(snapshot.Resource.Metadata.Key),
            Probes = probes.ObservationsOf(snapshot.Resource.Metadata.Key),
            Reported = memory.Posted.ToDictionary(StringComparer.Ordinal),
            Overridden = memory.Overridden.ToDictionary(StringComparer.Ordinal),
            ClockSteadySince = clock.SteadySince(),
            Now = now,
        };
    }

    private async Task<Snapshot> GatherTheEndAsync(Snapshot snapshot, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var (flux, owned) = await cluster.ReadOwnedAsync(snapshot.Resource, cancellationToken);
        await finalReports.PrepareAsync(snapshot.Spec, owned, memory, cancellationToken);
        // What was read before may be out of date, and the end of the resource depends on it.
        memory.Namespaces.Last = null;
        return snapshot with
        {
            Flux = flux,
            Releases = owned,
            Namespaces = await namespaces.ReadAsync(snapshot, memory, cancellationToken),
            Deployments = memory.Deployments.ToDictionary(),
            Comments = memory.Comments.ToDictionary(),
        };
    }

    // Listed, or with an environment that is still there.
    private static HashSet<int>? Numbers(Snapshot snapshot) => snapshot.Listing is PullRequestListing.Complete complete
        ? [.. complete.PullRequests.Select(p => p.Number), .. snapshot.Owned.Select(o => o.Number)]
        : null;

    private static void NoteHeads(PullRequestListing listing, ResourceMemory memory, DateTimeOffset now)
    {
        if (listing is not PullRequestListing.Complete complete)
            return;
        foreach (var pullRequest in complete.PullRequests)
        {
            if (!memory.Heads.TryGetValue(pullRequest.Number, out var head) || head.Sha != pullRequest.HeadSha)
                memory.Heads[pullRequest.Number] = (pullRequest.HeadSha, now);
        }
    }
}
