using Microsoft.Extensions.Options;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Controller.Publishing;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Hosting;

/// <summary>Runs the informers from start to stop, and the loop while this process is the leader.</summary>
internal sealed partial class ControllerService(
    SharedInformer<PREphemeralEnvController> resources,
    SharedInformer<HelmRelease> releases,
    RateLimitingQueue<ResourceKey> queue,
    ControllerLoop<ResourceKey> loop,
    IClusterView cluster,
    ProbeScheduler probes,
    ILeadership leadership,
    ReportLoop reports,
    PublicationLoop publications,
    IOptions<ControllerOptions> options,
    ILogger<ControllerService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        probes.Wake = queue.Add;
        reports.Wake = queue.Add;
        publications.Wake = queue.Add;
        resources.AddHandler(new ResourceHandler(queue));
        releases.AddHandler(new ReleaseHandler(queue, resources.Store, cluster));
        releases.ListFailureChanged += (_, change) => FluxChanged(change.Failure);
        resources.ListFailureChanged += (_, change) => DefinitionChanged(change.Failure);

        // The informers outlive the loop: reconciles in progress are finished with their view of the cluster.
        using var informers = new CancellationTokenSource();
        var reading = Task.WhenAll(
            resources.RunAsync(informers.Token), RunReleasesAsync(informers.Token), WakeOnSyncAsync(informers.Token));
        try
        {
            // The caches are filled before the election: an instance that cannot read the cluster does not become a candidate.
            await WaitForSyncAsync(resources, releases, stoppingToken);
            await leadership.RunAsync(lost => WorkAsync(stoppingToken, lost), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before the caches were filled.
        }
        finally
        {
            await informers.CancelAsync();
            await reading;
        }
    }

    private Task WorkAsync(CancellationToken stop, CancellationToken lost)
    {
        var reconciling = loop.RunAsync(stop, lost);
        return Task.WhenAll(reconciling, reports.RunAsync(stop, lost), publications.RunAsync(reconciling, stop, lost));
    }

    /// <summary>
    /// Completes when work can begin: all resources are known, and so are all HelmReleases, unless the cluster does not have that kind.
    /// </summary>
    internal static async Task WaitForSyncAsync(
        SharedInformer<PREphemeralEnvController> resources, SharedInformer<HelmRelease> releases, CancellationToken cancellationToken)
    {
        await resources.WaitForSyncAsync(cancellationToken);
        var missing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChange(object? sender, ListFailureChangedEventArgs change)
        {
            if (change.Failure is { IsNotFound: true })
                missing.TrySetResult();
        }

        releases.ListFailureChanged += OnChange;
        try
        {
            if (releases.LastListFailure is { IsNotFound: true })
                return;
            await await Task.WhenAny(releases.WaitForSyncAsync(cancellationToken), missing.Task).WaitAsync(cancellationToken);
        }
        finally
        {
            releases.ListFailureChanged -= OnChange;
        }
    }

    // What a shard keeps of a release depends on its resources.
    private async Task RunReleasesAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Value.WatchLabelSelector is not null)
                await resources.WaitForSyncAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        await releases.RunAsync(cancellationToken);
    }

    // Flux's definitions were installed after this process had started.
    private async Task WakeOnSyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            await releases.WaitForSyncAsync(cancellationToken);
            WakeAll();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before it started.
        }
    }

    private void FluxChanged(ApiStatus? failure)
    {
        if (failure is { IsNotFound: true })
            LogFluxMissing();
        WakeAll();
    }

    private void DefinitionChanged(ApiStatus? failure)
    {
        if (failure is { IsNotFound: true })
            LogDefinitionMissing();
    }

    // All resources are affected at once, so changes to a single one come first.
    private void WakeAll()
    {
        foreach (var resource in resources.Store.List())
            queue.Add(resource.Metadata.Key, KeyPriority.Low);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "HelmRelease is not installed in the cluster: install Flux's helm-controller and source-controller. Waiting for it")]
    private partial void LogFluxMissing();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "PREphemeralEnvController is not installed in the cluster: run 'kubectl apply -k crds'. Waiting for it")]
    private partial void LogDefinitionMissing();
}
