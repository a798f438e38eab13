using k8s;
using k8s.Models;
using PrEnv.Controller.Kubernetes.Leases;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Kubernetes;

/// <summary>The Lease, on a real API server.</summary>
[Category("Integration")]
[CancelAfter(120_000)]
internal sealed class LeaseLockTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 23, 3, 4, 5, 678, TimeSpan.Zero);
    private static readonly LeaderRecord Mine = new("me", TimeSpan.FromSeconds(15), Then, Then + TimeSpan.FromMicroseconds(1), 3);

    private ClusterClient _cluster = null!;
    private LeaseLock _lease = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _cluster = await ClusterClient.ConnectAsync(CancellationToken.None);
        _lease = NewLock();
    }

    [TearDown]
    public void Disconnect() => _cluster.Dispose();

    [Test]
    public async Task Get_NoLease_IsNull(CancellationToken cancellationToken) =>
        Assert.That(await _lease.GetAsync(cancellationToken), Is.Null);

    [Test]
    public async Task Create_ThenGet_GivesTheSameRecord(CancellationToken cancellationToken)
    {
        await _lease.CreateAsync(Mine, cancellationToken);

        Assert.That(await NewLock().GetAsync(cancellationToken), Is.EqualTo(Mine));
    }

    [Test]
    public async Task Create_ThereIsOne_IsAConflict(CancellationToken cancellationToken)
    {
        await _lease.CreateAsync(Mine, cancellationToken);

        Assert.That(
            () => NewLock().CreateAsync(Mine, cancellationToken),
            Throws.TypeOf<ApiStatusException>().With.Property("Status").Property("IsConflict").True);
    }

    [Test]
    public async Task Update_AfterOwnWrite_NeedsNoGet(CancellationToken cancellationToken)
    {
        await _lease.CreateAsync(Mine, cancellationToken);
        await _lease.UpdateAsync(Mine with { LeaderTransitions = 4 }, cancellationToken);
        await _lease.UpdateAsync(Mine with { HolderIdentity = "", LeaderTransitions = 5 }, cancellationToken);

        Assert.That(await NewLock().GetAsync(cancellationToken), Is.EqualTo(Mine with { HolderIdentity = "", LeaderTransitions = 5 }));
    }

    [Test]
    public async Task Update_AnotherWasFaster_IsAConflict(CancellationToken cancellationToken)
    {
        await _lease.CreateAsync(Mine, cancellationToken);
        var other = NewLock();
        await other.GetAsync(cancellationToken);
        await other.UpdateAsync(Mine with { HolderIdentity = "other" }, cancellationToken);

        Assert.That(
            () => _lease.UpdateAsync(Mine, cancellationToken),
            Throws.TypeOf<ApiStatusException>().With.Property("Status").Property("IsConflict").True);
        Assert.That((await _lease.GetAsync(cancellationToken))!.HolderIdentity, Is.EqualTo("other"));
    }

    [Test]
    public async Task Update_LeaseWithForeignLabels_KeepsThem(CancellationToken cancellationToken)
    {
        var foreign = new V1Lease
        {
            Metadata = new V1ObjectMeta
            {
                Name = "lease",
                Labels = new Dictionary<string,
                string>(StringComparer.Ordinal)
                { ["team"] = "x" },
            },
        };
        await _cluster.Cluster.Client.CoordinationV1.CreateNamespacedLeaseAsync(
            foreign, _cluster.Namespace, cancellationToken: cancellationToken);

        Assert.That(await _lease.GetAsync(cancellationToken), Is.EqualTo(LeaderRecord.Empty));
        await _lease.UpdateAsync(Mine, cancellationToken);
        var found = await _cluster.Cluster.Client.CoordinationV1.ReadNamespacedLeaseAsync(
            "lease", _cluster.Namespace, cancellationToken: cancellationToken);
        Assert.That((found.Metadata.Labels["team"], found.Spec.HolderIdentity), Is.EqualTo(("x", "me")));
    }

    private LeaseLock NewLock() => new(_cluster.Raw, new ResourceKey(_cluster.Namespace, "lease"));
}
