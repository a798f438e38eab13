using System.Collections.Concurrent;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Reconcile;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Reports to GitHub beside the reconciles, on a queue of its own: GitHub may be slow, or want us to be, and no HelmRelease waits for that.
/// Of each resource it holds the newest plan only. What cannot be sent is sent later, and from a plan that is the newest then; a process
/// that dies forgets nothing, because the next plan has what is not on the HelmRelease yet. Thread-safe.
/// </summary>
internal sealed class ReportLoop : IReportSink, IReconciler<ResourceKey>, IDisposable
{
    /// <summary>Names the queue and the loop in the metrics.</summary>
    public const string Name = "report";

    // One credential sends one request at a time anyway.
    private const int Workers = 8;

    // A report that failed is tried again so soon, and at least so often.
    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(100);

    /// <summary>GitHub may be away for longer than anybody wants to wait for a deletion.</summary>
    public static readonly TimeSpan LongestWaitAtTheEnd = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookAtTheEnd = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ResourceKey, ReportJob> _jobs = new();
    private readonly IReportChannel[] _channels;
    private readonly TimeProvider _time;
    private readonly SideLoop<ResourceKey> _loop;

    public ReportLoop(
        IEnumerable<IReportChannel> channels, QueueMetricsFactory queues, ReconcileMetricsFactory loops, TimeProvider time,
        ILogger<ReportLoop> logger)
    {
        _channels = [.. channels];
        _time = time;
        var options = new ControllerLoopOptions { Name = Name, Workers = Workers, DrainTimeout = TimeSpan.Zero };
        _loop = new SideLoop<ResourceKey>(this, options, Retries, (queues.For(Name), loops.For(Name)), time, logger);
    }

    /// <summary>Called with a resource when there is news of its reports for its status. From any thread; must be quick.</summary>
    public Action<ResourceKey> Wake { get; set; } = static _ => { };

    /// <inheritdoc/>
    public IReadOnlyCollection<ReportFailure> Hand(
        ResourceKey key, Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory) =>
        Hand(key, new ReportJob(snapshot, plan, results, memory));

    /// <inheritdoc cref="IReportSink.Hand"/>
    public IReadOnlyCollection<ReportFailure> Hand(ResourceKey key, ReportJob job)
    {
        CommitStatusChannel.NoteRollouts(job.Results, job.Memory);
        job.Memory.NewestPlan = job.Plan;
        _jobs[key] = job;
        _loop.Add(key);
        var numbers = job.Plan.Environments.Select(e => e.PrNumber).ToHashSet();
        // What is left of an environment on GitHub is told although the environment is gone.
        return [.. job.Memory.ReportFailures.Where(f => f.What == ReportKind.Cleanup || numbers.Contains(f.PrNumber))];
    }

    /// <summary>
    /// For a resource whose environments are gone: how long it should stay until this is asked again, because GitHub was not told all of
    /// their end yet. Null: it may go. GitHub is waited for no longer than <see cref="LongestWaitAtTheEnd"/> in all.
    /// </summary>
    public TimeSpan? WaitBeforeTheEnd(ResourceKey key)
    {
        if (!_jobs.TryGetValue(key, out var job) || job.IsThrough || !job.IsOfTheEnd)
            return null;
        var now = _time.GetUtcNow();
        return now < (job.WaitsUntil ??= now + LongestWaitAtTheEnd) ? LookAtTheEnd : null;
    }

    /// <inheritdoc/>
    public void Forget(ResourceKey key) => _jobs.TryRemove(key, out _);

    /// <summary>Reports until stopped, or until the lead is lost. Once only.</summary>
    public Task RunAsync(CancellationToken stop, CancellationToken lost) => _loop.RunAsync(stop, lost);

    /// <summary>Reports for one resource; called by the loop, for one resource once at a time.</summary>
    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (!_jobs.TryGetValue(key, out var job))
            return ReconcileResult.Done;

        var (memory, before) = (job.Memory, job.Memory.ReportFailures);
        var outcome = ReportOutcome.Nothing;
        foreach (var channel in _channels)
            outcome = outcome.And(await channel.ReportAsync(job, cancellationToken));
        // It was cut short by a newer plan, for which the key is queued already.
        if (!ReferenceEquals(memory.NewestPlan, job.Plan))
            return ReconcileResult.Done;

        job.IsThrough = outcome.DeferredUntil is null && outcome.Failures.All(failure => failure.Permanent);
        memory.ReportFailures = outcome.Failures;
        if (!outcome.Failures.SequenceEqual(before))
            Wake(key);
        return Next(outcome, memory);
    }

    public void Dispose() => _loop.Dispose();

    private ReconcileResult Next(ReportOutcome outcome, ResourceMemory memory)
    {
        if (!outcome.Recorded)
            return ReconcileResult.Failed(new InvalidOperationException("A HelmRelease could not be told what was posted to GitHub."));
        if (outcome.DeferredUntil is { } until)
        {
            var wait = until - _time.GetUtcNow();
            return ReconcileResult.RequeueAfter(wait > Soonest ? wait : Soonest);
        }

        memory.FailedReports = outcome.Failures.Any(failure => !failure.Permanent) ? memory.FailedReports + 1 : 0;
        return memory.FailedReports == 0 ? ReconcileResult.Done : ReconcileResult.RequeueAfter(Retries.After(memory.FailedReports));
    }
}
