using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Quota;

/// <summary>
/// The controller's ports to Kubernetes, in memory: what is written is there at once, and every write is counted. A release is ready as
/// soon as it is applied.
/// </summary>
internal sealed class CountedCluster(
    Action<ResourceKey> changed) : IClusterView, IReleaseApplier, IResourceWriter, IEventPublisher, ISecretReader, IHelmChartReader,
        INamespaceClient
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKey, PREphemeralEnvController> _resources = [];
    private readonly Dictionary<ResourceKey, HelmRelease> _releases = [];
    private int _lastUid;

    public Task<ChartReading> ReadAsync(ResourceKey chart, CancellationToken cancellationToken) => Task.FromResult(ChartReading.Nothing);

    /// <summary>Writes of every kind since it was set to zero.</summary>
    public int Writes { get; set; }

    public FluxState Flux => FluxState.Synced;

    public int Releases
    {
        get
        {
            lock (_lock)
                return _releases.Count;
        }
    }

    public void Add(PREphemeralEnvController resource)
    {
        lock (_lock)
            _resources.Add(resource.Metadata.Key, resource);
    }

    public PREphemeralEnvController? Resource(ResourceKey key)
    {
        lock (_lock)
            return _resources.GetValueOrDefault(key);
    }

    public Task<PREphemeralEnvController?> SetAnnotationsAsync(
        PREphemeralEnvController resource, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing that is measured sets several annotations.");

    public ImmutableArray<HelmRelease> ReleasesFor(PREphemeralEnvController owner, string destination)
    {
        lock (_lock)
            return [.. _releases.Values.Where(r => r.Metadata.Label(OwnerLabels.Uid) == owner.Metadata.Uid)];
    }

    public IReadOnlySet<string> ResourceUids() => ImmutableHashSet<string>.Empty;

    public Task CompleteAsync(PREphemeralEnvController owner, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<(FluxState Flux, ImmutableArray<HelmRelease> Releases)> ReadOwnedAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken) => Task.FromResult((Flux, ReleasesFor(owner, "")));

    public bool IsOwnWrite(HelmRelease release) => false;

    public void Forget(ResourceKey release)
    {
        // Nothing is noted.
    }

    public void Remember(HelmRelease written)
    {
        // It is in the store already.
    }

    public void Remember(PREphemeralEnvController written)
    {
        // It is in the store already.
    }

    public Task<ApplyResult> ApplyAsync(DesiredRelease desired, string? uid, CancellationToken cancellationToken)
    {
        var release = Write(desired.Key, before =>
        {
            var generation = (before?.Metadata.Generation ?? 0) + 1;
            return new HelmRelease
            {
                Metadata = new ObjectMeta
                {
                    Namespace = desired.Key.Namespace,
                    Name = desired.Key.Name,
                    Uid = before?.Metadata.Uid ?? NextUid(),
                    ResourceVersion = NextUid(),
                    Generation = generation,
                    Labels = desired.Labels,
                    Annotations = desired.Annotations,
                },
                Spec = desired.Spec,
                Status = new HelmReleaseStatus
                {
                    ObservedGeneration = generation,
                    Conditions =
                    [
                        new Condition
                        {
                            Type = "Ready",
                            Status = "True",
                            Reason = "InstallSucceeded",
                            Message = "",
                            ObservedGeneration = generation,
                        },
                    ],
                },
            };
        });
        return Task.FromResult(new ApplyResult(release, null));
    }

    public Task<ApplyResult> DeleteAsync(
        ResourceKey key, string uid, string version, bool unsuspend, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Writes++;
            if (_releases.Remove(key, out var gone) && Ownership.OwnerOf(gone) is { } owner)
                changed(owner);
        }

        return Task.FromResult(new ApplyResult(null, null));
    }

    public Task<ApplyResult> OrphanAsync(ResourceKey key, string uid, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is orphaned here.");

    public Task<ApplyResult> NoteAsync(ResourceKey key, string uid, string annotation, string value, CancellationToken cancellationToken) =>
        Task.FromResult(new ApplyResult(
            Write(key, before => before! with
            {
                Metadata = before.Metadata with
                {
                    ResourceVersion = NextUid(),
                    Annotations = (before.Metadata.Annotations ?? ImmutableDictionary<string, string>.Empty).ToImmutableDictionary()
                    .SetItem(annotation, value),
                },
            }),
            null));

    public Task<ApplyResult> RebuildAsync(ResourceKey key, string uid, string token, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody gives commands here.");

    public Task<PREphemeralEnvController?> SetAnnotationAsync(
        PREphemeralEnvController resource, string name, string? value, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody gives commands here.");

    public Task<PREphemeralEnvController?> SetFinalizerAsync(
        PREphemeralEnvController resource, bool present, CancellationToken cancellationToken) =>
        Write(resource, before => before with
        {
            Metadata = before.Metadata with { Finalizers = present ? [PREphemeralEnvController.Finalizer] : [] },
        });

    public Task<PREphemeralEnvController?> PatchStatusAsync(
        PREphemeralEnvController resource, PREphemeralEnvControllerStatus status, CancellationToken cancellationToken) =>
        Write(resource, before => before with { Status = status });

    public Task PublishAsync(PREphemeralEnvController resource, PlannedEvent planned, CancellationToken cancellationToken)
    {
        lock (_lock)
            Writes++;
        return Task.CompletedTask;
    }

    public Task<SecretReading> ReadAsync(string @namespace, string name, string key, CancellationToken cancellationToken) =>
        Task.FromResult(new SecretReading(name, null));

    public Task<SecretValues> ReadAsync(
        string @namespace, string name, IReadOnlyList<string> required, IReadOnlyList<string> optional,
        CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no Apps here.");

    public Task<SecretValues> ReadAllAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no headers here.");

    public Task<(ImmutableArray<ClusterNamespace> Found, ApiStatus? Failure)> ListAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken) => throw WithoutNamespaces();

    public Task<NamespaceResult> FindAsync(string name, CancellationToken cancellationToken) => throw WithoutNamespaces();

    public Task<NamespaceResult> CreateAsync(DesiredNamespace desired, CancellationToken cancellationToken) => throw WithoutNamespaces();

    public Task<NamespaceResult> ApplyAsync(DesiredNamespace desired, string uid, CancellationToken cancellationToken) =>
        throw WithoutNamespaces();

    public Task<NamespaceResult> DeleteAsync(string name, string uid, CancellationToken cancellationToken) => throw WithoutNamespaces();

    public Task<NamespaceResult> OrphanAsync(string name, string uid, CancellationToken cancellationToken) => throw WithoutNamespaces();

    private static NotSupportedException WithoutNamespaces() => new("No environment has a namespace of its own here.");

    private HelmRelease Write(ResourceKey key, Func<HelmRelease?, HelmRelease> change)
    {
        lock (_lock)
        {
            Writes++;
            var after = _releases[key] = change(_releases.GetValueOrDefault(key));
            if (Ownership.OwnerOf(after) is { } owner)
                changed(owner);
            return after;
        }
    }

    private Task<PREphemeralEnvController?> Write(
        PREphemeralEnvController resource, Func<PREphemeralEnvController, PREphemeralEnvController> change)
    {
        lock (_lock)
        {
            Writes++;
            changed(resource.Metadata.Key);
            return Task.FromResult<PREphemeralEnvController?>(
                _resources[resource.Metadata.Key] = change(_resources[resource.Metadata.Key]));
        }
    }

    private string NextUid() => (++_lastUid).ToString(CultureInfo.InvariantCulture);
}
