using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Informers;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(120_000)]
internal sealed class MergeGroupNotesTests : IDisposable
{
    private static readonly MergeGroup Old = new(1, new string('0', 40));

    private static readonly MergeGroup New = new(2, new string('a', 40));

    private readonly Mock<IResourceWriter> _writer = new();
    private readonly Store<PREphemeralEnvController> _resources = new(WebhookReceivers.Indexes);
    private readonly MergeGroupNotes _notes;

    public MergeGroupNotesTests()
    {
        var registry = new MetricsRegistry();
        _notes = new MergeGroupNotes(
            _resources, _writer.Object, new QueueMetricsFactory(registry), new ReconcileMetricsFactory(registry),
            new FakeTimeProvider(Some.Now), NullLogger<MergeGroupNotes>.Instance);
    }

    [TearDown]
    public void Dispose() => _notes.Dispose();

    [Test]
    public async Task Reconcile_GroupsThatCameAndWent_AreOneWrite(CancellationToken cancellationToken)
    {
        Know();
        _notes.Note(Some.Key, new MergeGroupNews(Old, IsGone: false));
        _notes.Note(Some.Key, new MergeGroupNews(New, IsGone: false));
        _notes.Note(Some.Key, new MergeGroupNews(Old, IsGone: true));
        await _notes.ReconcileAsync(Some.Key, cancellationToken);
        await _notes.ReconcileAsync(Some.Key, cancellationToken);

        AssertWritten((MergeGroups.NameOf(Old), null), (MergeGroups.NameOf(New), MergeGroups.ValueOf(New, Some.Now)));
    }

    [Test]
    public async Task Reconcile_OneIsTooOld_IsRemovedWithTheNextWrite(CancellationToken cancellationToken)
    {
        Know((MergeGroups.NameOf(Old), MergeGroups.ValueOf(Old, Some.Now.AddHours(-25))));
        _notes.Note(Some.Key, new MergeGroupNews(New, IsGone: false));
        await _notes.ReconcileAsync(Some.Key, cancellationToken);

        AssertWritten((MergeGroups.NameOf(Old), null), (MergeGroups.NameOf(New), MergeGroups.ValueOf(New, Some.Now)));
    }

    [Test]
    public async Task Reconcile_WriteFails_IsTriedAgain(CancellationToken cancellationToken)
    {
        Know();
        _writer.Setup(Write()).ThrowsAsync(new ApiStatusException(new ApiStatus(500, "", "away")));
        _notes.Note(Some.Key, new MergeGroupNews(New, IsGone: false));
        Assert.That(() => _notes.ReconcileAsync(Some.Key, cancellationToken), Throws.TypeOf<ApiStatusException>());

        _writer.Setup(Write()).ReturnsAsync(Some.Resource());
        await _notes.ReconcileAsync(Some.Key, cancellationToken);
        await _notes.ReconcileAsync(Some.Key, cancellationToken);

        _writer.Verify(Write(), Times.Exactly(2));
    }

    private void Know(params (string Name, string Value)[] annotations)
    {
        var some = Some.Resource();
        _resources.Upsert(some with
        {
            Metadata = some.Metadata with
            {
                Annotations = annotations.ToImmutableDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
            },
        });
    }

    private void AssertWritten(params (string Name, string? Value)[] expected)
    {
        var written = (IReadOnlyDictionary<string, string?>)_writer.Invocations.Single().Arguments[1]!;
        Assert.That(written.Select(w => (w.Key, w.Value)), Is.EquivalentTo(expected));
    }

    private static System.Linq.Expressions.Expression<Func<IResourceWriter, Task<PREphemeralEnvController?>>> Write() =>
        w => w.SetAnnotationsAsync(
            It.IsAny<PREphemeralEnvController>(), It.IsAny<IReadOnlyDictionary<string, string?>>(), It.IsAny<CancellationToken>());
}
