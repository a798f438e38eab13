using PrEnv.Core.Informers;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Pages;

/// <summary>Notes the changes of one kind.</summary>
/// <param name="changes">Told of them.</param>
/// <param name="isShown">Is the object on any page?</param>
internal sealed class ChangeHandler<T>(PageChanges changes, Func<T, bool> isShown) : IInformerHandler<T>
    where T : class, IClusterObject
{
    public void OnAdded(T item, bool isInInitialList) => Note(item);

    public void OnUpdated(T old, T item)
    {
        // A resync repeats a known version.
        if (old.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
            Note(item);
    }

    public void OnDeleted(Tombstone<T> tombstone)
    {
        if (tombstone.LastKnown is { } last)
            Note(last);
    }

    private void Note(T item)
    {
        if (isShown(item))
            changes.Note();
    }
}
