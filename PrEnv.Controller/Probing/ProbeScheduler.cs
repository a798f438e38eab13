using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Probes its owners' targets, with bounded parallelism, on the engine's queue and loop: a release is a key, so it is never probed
/// twice at the same time. Thread-safe. Nothing is probed before <see cref="RunAsync"/>.
/// </summary>
internal sealed class ProbeScheduler : IProbeSchedule, IReconciler<ResourceKey>, IDisposable
{
    // For bugs only: a failed probe is an answer, and the rules say when to probe again.
    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly ProbeResults _results = new();
    private readonly SideLoop<ResourceKey> _loop;
    private readonly IProber _prober;
    private readonly ProbeMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="prober">Probes once.</param>
    /// <param name="metrics">Of the queue, the loop and the answers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For people.</param>
    /// <param name="workers">The bound.</param>
    public ProbeScheduler(IProber prober, ProbeMetrics metrics, TimeProvider time, ILogger<ProbeScheduler> logger, int workers = 32)
    {
        _prober = prober;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        var options = new ControllerLoopOptions { Name = ProbeMetrics.Name, Workers = workers, DrainTimeout = TimeSpan.Zero };
        _loop = new SideLoop<ResourceKey>(this, options, Retries, (metrics.Queue, metrics.Loop), time, logger);
    }

    /// <summary>
    /// Called with an owner when the verdict of one of its releases changes: first failure, first success, third failure in a row,
    /// recovery; and when what keeps it from being asked changes. From any thread, never under a lock; must be quick. Set it before
    /// <see cref="RunAsync"/>; by default nothing is woken.
    /// </summary>
    public Action<ResourceKey> Wake { get; set; } = static _ => { };

    /// <summary>
    /// Makes these the owner's targets and removes all others. A new target, and one whose revision has changed, starts without an
    /// observation and is probed immediately; answers from the previous revision are dropped. Repeating the same targets changes nothing.
    /// </summary>
    public void Replace(ResourceKey owner, IReadOnlyCollection<ProbeTarget> targets)
    {
        foreach (var release in _results.Replace(owner, targets))
            _loop.Add(release);
    }

    /// <summary>Removes all targets of the owner.</summary>
    public void Forget(ResourceKey owner) => Replace(owner, []);

    /// <summary>The observation of exactly that revision; null when it is not a target.</summary>
    public ProbeObservation? Observe(ResourceKey release, ProbeRevision revision) => _results.Observe(release, revision);

    /// <summary>The observations of the owner's targets, except those that have not been probed yet.</summary>
    public ImmutableDictionary<ProbeRevision, ProbeObservation> ObservationsOf(ResourceKey owner) => _results.ObservationsOf(owner);

    /// <summary>Probes until stopped; probes in progress are then cancelled. Call it only once.</summary>
    public Task RunAsync(CancellationToken stop) => _loop.RunAsync(stop);

    /// <summary>One probe of one release; called by the loop.</summary>
    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (_results.Find(key) is not { } entry)
            return ReconcileResult.Done;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Dropped);
        try
        {
            var result = await _prober.ProbeAsync(entry.Target, either.Token);
            return _results.Record(entry, result) is { } change ? Conclude(change, result) : ReconcileResult.Done;
        }
        catch (OperationCanceledException) when (entry.Dropped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Its successor was queued when it was dropped.
            return ReconcileResult.Done;
        }
    }

    public void Dispose() => _loop.Dispose();

    private ReconcileResult Conclude(ProbeChange change, ProbeResult result)
    {
        _metrics.Count(result.Outcome);
        Log.Probed(_logger, change.Target.Release, result.Failure ?? "answered as expected");
        if (change.After != change.Before)
        {
            Log.VerdictChanged(_logger, change.Target.Release, change.Before, change.After, result.Failure ?? "answered as expected");
            Wake(change.Target.Owner);
        }
        else if (change.Observation.Obstacle != change.Earlier.Obstacle)
        {
            Wake(change.Target.Owner);
        }

        return ReconcileResult.RequeueAfter(ProbeRules.Delay(change.Target, change.Observation, _time.GetUtcNow()));
    }
}
