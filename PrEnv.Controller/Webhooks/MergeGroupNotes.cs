using System.Collections.Concurrent;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;
using PrEnv.Core.Timing;
using Notes = System.Collections.Immutable.ImmutableDictionary<string, string?>;

namespace PrEnv.Controller.Webhooks;

/// <summary>Is told of the merge groups that GitHub delivers. Thread-safe, and answers at once.</summary>
internal interface IMergeGroupNotes
{
    /// <summary>That group exists, or is gone.</summary>
    void Note(ResourceKey resource, MergeGroupNews news);
}

/// <summary>
/// Notes merge groups on the resource: a Service sends deliveries to any instance, the leader has to know of them, and GitHub sends each
/// only once. Thread-safe.
/// </summary>
internal sealed class MergeGroupNotes : BackgroundService, IMergeGroupNotes, IReconciler<ResourceKey>
{
    private const string Name = "merge-group";

    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly Store<PREphemeralEnvController> _resources;
    private readonly IResourceWriter _writer;
    private readonly TimeProvider _time;
    private readonly SideLoop<ResourceKey> _loop;
    private readonly ConcurrentDictionary<ResourceKey, Notes> _pending = new();

    /// <param name="resources">All that are known.</param>
    /// <param name="writer">One that may write although this process is not the leader: each annotation is one delivery's own.</param>
    /// <param name="queues">For the metrics.</param>
    /// <param name="loops">For the metrics.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public MergeGroupNotes(
        Store<PREphemeralEnvController> resources, IResourceWriter writer, QueueMetricsFactory queues, ReconcileMetricsFactory loops,
        TimeProvider time, ILogger<MergeGroupNotes> logger)
    {
        (_resources, _writer, _time) = (resources, writer, time);
        var options = new ControllerLoopOptions { Name = Name, DrainTimeout = TimeSpan.Zero };
        _loop = new SideLoop<ResourceKey>(this, options, Retries, (queues.For(Name), loops.For(Name)), time, logger);
    }

    public void Note(ResourceKey resource, MergeGroupNews news)
    {
        var (name, value) = (MergeGroups.NameOf(news.Group), news.IsGone ? null : MergeGroups.ValueOf(news.Group, _time.GetUtcNow()));
        _pending.AddOrUpdate(
            resource, static (_, note) => Notes.Empty.SetItem(note.Name, note.Value),
            static (_, known, note) => known.SetItem(note.Name, note.Value), (Name: name, Value: value));
        _loop.Add(resource);
    }

    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (!_pending.TryGetValue(key, out var notes))
            return ReconcileResult.Done;
        if (_resources.Get(key) is { } resource)
        {
            // A delivery that says that a group is gone may have been lost.
            var outdated = MergeGroups.Outdated(resource.Metadata, _time.GetUtcNow()).Where(name => !notes.ContainsKey(name));
            var annotations = notes.AddRange(outdated.Select(name => KeyValuePair.Create(name, (string?)null)));
            await _writer.SetAnnotationsAsync(resource, annotations, cancellationToken);
        }

        // What has come since is not written yet, and has queued the key again.
        _pending.TryRemove(KeyValuePair.Create(key, notes));
        return ReconcileResult.Done;
    }

    public override void Dispose()
    {
        base.Dispose();
        _loop.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunAsync(stoppingToken);
}
