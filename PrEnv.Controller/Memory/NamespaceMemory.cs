using System.Collections.Immutable;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Memory;

/// <summary>What a process remembers of the namespaces of one resource.</summary>
internal sealed class NamespaceMemory
{
    /// <summary>The last reading and when it was made, by the monotonic clock; null before the first, and when it is out of date.</summary>
    public (NamespaceReading Reading, long At)? Last { get; set; }

    /// <summary>By name: those that others have created; null: there was none of that name. The same clock.</summary>
    public Dictionary<string, (ClusterNamespace? Found, long At)> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>By UID: what was applied and did not stick.</summary>
    public Dictionary<string, string> Overridden { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes what was written into account.</summary>
    public void Remember(IEnumerable<ActionResult> results)
    {
        foreach (var result in results.Where(r => r.Action.IsOnNamespace))
        {
            // Whatever came of it: an answer may have been lost.
            Last = null;
            Others.Clear();
            if (result is not { Namespace: { } written } || DesiredOf(result.Action) is not { } desired)
                continue;
            if (EnvironmentNamespaces.Drift(desired, written).IsEmpty)
                Overridden.Remove(written.Metadata.Uid);
            else
                Overridden[written.Metadata.Uid] = desired.Fingerprint;
        }
    }

    /// <summary>Forgets the namespaces that are gone.</summary>
    public void Keep(ImmutableArray<ClusterNamespace> found)
    {
        var uids = found.Select(n => n.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in Overridden.Keys.Where(uid => !uids.Contains(uid)).ToList())
            Overridden.Remove(gone);
    }

    private static DesiredNamespace? DesiredOf(PlannedAction action) => action switch
    {
        PlannedAction.CreateNamespace create => create.Desired,
        PlannedAction.UpdateNamespace update => update.Desired,
        _ => null,
    };
}
