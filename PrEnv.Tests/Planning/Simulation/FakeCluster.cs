using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>An API server's HelmReleases: server-side apply, preconditions, generations and finalizers as the real one has them.</summary>
internal sealed class FakeCluster
{
    private readonly SortedDictionary<string, HelmRelease> _releases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HelmReleaseSpec> _applied = new(StringComparer.Ordinal);
    private int _lastUid;
    private int _lastVersion;

    public ImmutableArray<HelmRelease> Releases => [.. _releases.Values];

    /// <summary>Those that do not exist.</summary>
    public HashSet<string> MissingNamespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>What an admission policy makes of every write.</summary>
    public Func<HelmRelease, HelmRelease> Admission { get; set; } = r => r;

    /// <summary>How often a spec became another.</summary>
    public int Generations { get; private set; }

    /// <summary>Every write since the beginning.</summary>
    public int Writes { get; private set; }

    public HelmRelease? Find(string uid) => _releases.Values.FirstOrDefault(r => r.Metadata.Uid == uid);

    public HelmRelease? Find(ResourceKey key) => _releases.GetValueOrDefault(key.ToString());

    /// <summary>What a person or another controller does: the release as it is from now on.</summary>
    public HelmRelease Put(HelmRelease release) => _releases[Key(release)] = release.Meta(
        m => m with { ResourceVersion = (++_lastVersion).ToString(CultureInfo.InvariantCulture) });

    /// <summary>Changes a release as the API server does: a new generation when the spec is another.</summary>
    public HelmRelease Change(HelmRelease release, Func<HelmRelease, HelmRelease> change)
    {
        Writes++;
        var changed = Admission(change(release));
        var sameSpec = JsonNode.DeepEquals(JsonNode.Parse(changed.Spec.Json), JsonNode.Parse(release.Spec.Json));
        Generations += sameSpec ? 0 : 1;
        changed = changed.Meta(m => m with { Generation = sameSpec ? release.Metadata.Generation : release.Metadata.Generation + 1 });
        return Put(changed);
    }

    /// <summary>Namespaces, but for those in which releases live.</summary>
    public FakeNamespaces Namespaces { get; } = new();

    public void Remove(HelmRelease release) => _releases.Remove(Key(release));

    public ActionResult Run(PlannedAction action, DateTimeOffset now)
    {
        if (action.IsOnNamespace)
        {
            Writes++;
            return Namespaces.Run(action, now);
        }

        var existing = Find(action.Release);
        return action switch
        {
            PlannedAction.Apply { Uid: null } when MissingNamespaces.Contains(action.Release.Namespace) =>
                Failed(action, 404, $"namespaces \"{action.Release.Namespace}\" not found", "namespaces"),
            PlannedAction.Apply { Uid: null } when existing is not null =>
                Failed(action, 409, $"helmreleases \"{action.Release.Name}\" already exists"),
            PlannedAction.Apply { Uid: null } apply => new ActionResult(action, Create(apply.Desired, now), null),
            PlannedAction.Apply apply => existing?.Metadata.Uid == apply.Uid
                ? new ActionResult(action, Change(existing!, r => Merged(r, apply.Desired)), null)
                : Failed(action, 409, "the UID in the precondition does not match"),
            PlannedAction.Delete delete => existing?.Metadata.Uid == delete.Uid
                ? Delete(delete, existing!, now)
                : new ActionResult(action, null, null),
            PlannedAction.Rebuild rebuild => existing?.Metadata.Uid == rebuild.Uid
                ? new ActionResult(
                    action, Change(existing!, r => r.Annotation(PlannedAction.Rebuild.ForceAtAnnotation, rebuild.Token)), null)
                : Failed(action, 409, "the UID in the precondition does not match"),
            PlannedAction.Orphan disown => existing?.Metadata.Uid == disown.Uid
                ? new ActionResult(action, Change(existing!, r => r.Meta(m => m with { Labels = null })), null)
                : Failed(action, 404, "not found"),
            _ => throw new InvalidOperationException(action.Verb),
        };
    }

    /// <summary>
    /// A single request that a process had sent before it ended. What it would have sent after the answer does not come any more.
    /// </summary>
    public bool Arrive(PlannedAction action, DateTimeOffset now)
    {
        if (action is PlannedAction.Delete delete && Find(delete.Release) is { } release && release.Metadata.Uid == delete.Uid)
        {
            if (delete.Unsuspend)
            {
                Change(release, r => r.Set("suspend", false));
                return true;
            }

            if (delete.Version.Length > 0 && delete.Version != release.Metadata.ResourceVersion)
                return false;
        }

        return Run(action, now).Succeeded;
    }

    public void Record(string uid, ReportedStatus reported) => Note(uid, OwnerLabels.ReportedAnnotation, reported.ToJson());

    public void Note(string uid, string annotation, string value)
    {
        if (Find(uid) is { } release)
            Change(release, r => r.Annotation(annotation, value));
    }

    private static ActionResult Failed(PlannedAction action, int code, string message, string? kind = null) =>
        new(action, null, new ApiStatus(code, "", message, Kind: kind));

    private ActionResult Delete(PlannedAction.Delete delete, HelmRelease release, DateTimeOffset now)
    {
        // One that has changed since is read again.
        var isAsSeen = delete.Version.Length == 0 || delete.Version == release.Metadata.ResourceVersion;
        if (isAsSeen ? delete.Unsuspend : release.Spec.Suspend == true)
            release = Change(release, r => r.Set("suspend", false));
        Writes++;
        // Flux's finalizer holds it, and a deletion is a new generation.
        Put(release.Meta(m => m with { DeletionTimestamp = now, Generation = m.Generation + 1 }));
        return new ActionResult(delete, null, null);
    }

    private HelmRelease Create(DesiredRelease desired, DateTimeOffset now)
    {
        Writes++;
        var release = new HelmRelease
        {
            Metadata = new ObjectMeta
            {
                Name = desired.Key.Name,
                Namespace = desired.Key.Namespace,
                Uid = string.Create(CultureInfo.InvariantCulture, $"{desired.Key.Name}#{++_lastUid}"),
                Generation = 1,
                CreationTimestamp = now,
                Labels = desired.Labels,
                Annotations = desired.Annotations,
            },
            Spec = desired.Spec,
        };
        release = Put(Admission(release));
        _applied[release.Metadata.Uid] = desired.Spec;
        return release;
    }

    // What its manager applied before and applies no more is removed; what others have added stays.
    private HelmRelease Merged(HelmRelease release, DesiredRelease desired)
    {
        var (before, ours) = (_applied.GetValueOrDefault(release.Metadata.Uid), JsonNode.Parse(desired.Spec.Json)!.AsObject());
        var spec = JsonNode.Parse(release.Spec.Json)!.AsObject();
        if (before is not null)
            Prune(spec, JsonNode.Parse(before.Json)!.AsObject(), ours);
        Union(spec, ours);
        _applied[release.Metadata.Uid] = desired.Spec;
        return release with
        {
            Metadata = release.Metadata with
            {
                Labels = Union(release.Metadata.Labels, desired.Labels),
                Annotations = Union(
                    Without(
                        release.Metadata.Annotations, OwnerLabels.ApprovedShaAnnotation, OwnerLabels.AsleepAnnotation,
                        OwnerLabels.FieldsAnnotation),
                    desired.Annotations),
            },
            Spec = ReleaseExtensions.Spec(spec.ToJsonString()),
        };
    }

    private static void Prune(JsonObject spec, JsonObject before, JsonObject ours)
    {
        foreach (var (name, value) in before)
        {
            if (value is JsonObject inner && spec[name] is JsonObject here)
            {
                Prune(here, inner, ours[name] as JsonObject ?? []);
                if (here.Count == 0 && !ours.ContainsKey(name))
                    spec.Remove(name);
            }
            else if (!ours.ContainsKey(name))
            {
                spec.Remove(name);
            }
        }
    }

    private static void Union(JsonObject theirs, JsonObject ours)
    {
        foreach (var (name, value) in ours)
        {
            if (value is JsonObject inner && theirs[name] is JsonObject there)
                Union(there, inner);
            else
                theirs[name] = value?.DeepClone();
        }
    }

    private static ImmutableSortedDictionary<string, string> Union(
        IReadOnlyDictionary<string, string>? theirs, IReadOnlyDictionary<string, string> ours) =>
        (theirs ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal).SetItems(ours);

    private static ImmutableDictionary<string, string> Without(IReadOnlyDictionary<string, string>? theirs, params string[] names) =>
        (theirs ?? ImmutableDictionary<string, string>.Empty).ToImmutableDictionary(StringComparer.Ordinal).RemoveRange(names);

    private static string Key(HelmRelease release) => release.Metadata.Key.ToString();
}
