using System.Collections.Concurrent;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.FaultProxy;

/// <summary>Believes what an informer tells, by UID, and writes down what makes no sense.</summary>
internal sealed class UidMirror : IInformerHandler<HelmRelease>
{
    /// <summary>The name of the object that is made last.</summary>
    public const string End = "end";

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _live = new(StringComparer.Ordinal);
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    public Task SawEnd => _end.Task;

    public IReadOnlyCollection<string> Live => _live;

    public IReadOnlyCollection<string> Added => _added;

    public IReadOnlyCollection<string> Deleted => _deleted;

    public ConcurrentQueue<string> Faults { get; } = new();

    public void OnAdded(HelmRelease item, bool isInInitialList)
    {
        if (!_live.Add(item.Metadata.Uid))
            Faults.Enqueue($"{item.Metadata.Name} was added twice");
        _added.Add(item.Metadata.Uid);
        if (item.Metadata.Name == End)
            _end.TrySetResult();
    }

    public void OnUpdated(HelmRelease old, HelmRelease item)
    {
        if (old.Metadata.Uid != item.Metadata.Uid || !_live.Contains(item.Metadata.Uid))
            Faults.Enqueue($"{item.Metadata.Name} was not there to be updated");
    }

    public void OnDeleted(Tombstone<HelmRelease> tombstone)
    {
        if (tombstone.LastKnown is not { } last || !_live.Remove(last.Metadata.Uid))
            Faults.Enqueue($"{tombstone.Key} was not there to be deleted");
        else
            _deleted.Add(last.Metadata.Uid);
    }
}
