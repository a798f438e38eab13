using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Watching;

/// <summary>Does as little as the controller's handlers do, and tells of every change.</summary>
internal sealed class CountingHandler : IInformerHandler<HelmRelease>
{
    /// <summary>Runs on each change, with the object's version.</summary>
    public Action<string>? OnChange { get; init; }

    public void OnAdded(HelmRelease item, bool isInInitialList) => OnChange?.Invoke(item.Metadata.ResourceVersion);

    public void OnUpdated(HelmRelease old, HelmRelease item) => OnChange?.Invoke(item.Metadata.ResourceVersion);

    public void OnDeleted(Tombstone<HelmRelease> tombstone) => OnChange?.Invoke(tombstone.LastKnown?.Metadata.ResourceVersion ?? "");
}
