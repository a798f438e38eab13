using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>An API server's namespaces, and the controller that empties them before they go.</summary>
internal sealed class FakeNamespaces
{
    private readonly SortedDictionary<string, ClusterNamespace> _namespaces = new(StringComparer.Ordinal);
    private int _lastUid;

    public ImmutableArray<ClusterNamespace> All => [.. _namespaces.Values];

    /// <summary>How long it takes to empty one.</summary>
    public TimeSpan TimeToEmpty { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What an admission policy makes of every write.</summary>
    public Func<ClusterNamespace, ClusterNamespace> Admission { get; set; } = n => n;

    public void Put(ClusterNamespace found) => _namespaces[found.Metadata.Name] = found;

    public void Remove(string name) => _namespaces.Remove(name);

    public ClusterNamespace? Find(string name) => _namespaces.GetValueOrDefault(name);

    /// <summary>Those that bear the owner's UID.</summary>
    public ImmutableArray<ClusterNamespace> Of(PREphemeralEnvController owner) =>
        [.. All.Where(n => n.Metadata.Label(OwnerLabels.Uid) == owner.Metadata.Uid)];

    /// <summary>When one will be gone.</summary>
    public DateTimeOffset Next =>
        _namespaces.Values.Min(n => n.Metadata.DeletionTimestamp + TimeToEmpty) ?? DateTimeOffset.MaxValue;

    /// <summary>Lets time pass; the names of those that are gone now.</summary>
    public ImmutableArray<string> Step(DateTimeOffset now)
    {
        ImmutableArray<string> gone = [.. All.Where(n => n.Metadata.DeletionTimestamp + TimeToEmpty <= now).Select(n => n.Metadata.Name)];
        foreach (var name in gone)
            _namespaces.Remove(name);
        return gone;
    }

    public ActionResult Run(PlannedAction action, DateTimeOffset now) => action switch
    {
        PlannedAction.UpdateNamespace { Desired.Name: var name, Uid: var uid } when Find(name)?.Metadata.Uid != uid => Refused(action),
        PlannedAction.DeleteNamespace { Name: var name, Uid: var uid } when Find(name)?.Metadata.Uid != uid => Refused(action),
        PlannedAction.OrphanNamespace { Name: var name, Uid: var uid } when Find(name)?.Metadata.Uid != uid => Refused(action),
        PlannedAction.CreateNamespace { Desired: var desired } when Find(desired.Name) is not null =>
            new ActionResult(action, null, new ApiStatus(409, "AlreadyExists", $"namespaces \"{desired.Name}\" already exists")),
        PlannedAction.CreateNamespace { Desired: var desired } => new ActionResult(action, null, null)
        {
            Namespace = Write(new ClusterNamespace
            {
                Metadata = new ObjectMeta
                {
                    Name = desired.Name,
                    Uid = string.Create(CultureInfo.InvariantCulture, $"{desired.Name}#{++_lastUid}"),
                    CreationTimestamp = now,
                    Labels = desired.Labels,
                    Annotations = desired.Annotations,
                },
            }),
        },
        PlannedAction.UpdateNamespace update => new ActionResult(action, null, null)
        {
            Namespace = Write(Exactly(update.Desired.Name, update.Uid) with
            {
                Metadata = Exactly(update.Desired.Name, update.Uid).Metadata with
                {
                    Labels = update.Desired.Labels,
                    Annotations = update.Desired.Annotations,
                },
            }),
        },
        PlannedAction.DeleteNamespace delete => Changed(action, Exactly(delete.Name, delete.Uid), m => m with { DeletionTimestamp = now }),
        PlannedAction.OrphanNamespace orphan => Changed(
            action, Exactly(orphan.Name, orphan.Uid), m => m with { Labels = null, Annotations = null }),
        _ => throw new InvalidOperationException(action.Verb),
    };

    private static ActionResult Refused(PlannedAction action) =>
        new(action, null, new ApiStatus(409, "Conflict", "the UID in the precondition does not match"));

    private ActionResult Changed(PlannedAction action, ClusterNamespace found, Func<ObjectMeta, ObjectMeta> change)
    {
        Put(found with { Metadata = change(found.Metadata) });
        return new ActionResult(action, null, null);
    }

    private ClusterNamespace Exactly(string name, string uid) => Find(name) is { } found && found.Metadata.Uid == uid
        ? found
        : throw new InvalidOperationException($"Namespace {name} is not what the precondition names.");

    private ClusterNamespace Write(ClusterNamespace written)
    {
        written = Admission(written);
        Put(written);
        return written;
    }
}
