using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Checks;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Files;
using PrEnv.Controller.GitHub.PullRequests;
using PrEnv.Controller.GitHub.Reviews;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Probing;
using PrEnv.Controller.Reading;
using PrEnv.Controller.Reconcile;
using PrEnv.Core.Informers;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Queueing;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Timing;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reconcile;

/// <summary>
/// The reconciler with its queue and its handlers, between ports that are played: each write is answered first and shown by the watch
/// afterwards, the note of a report and the status among them. Nobody plays Flux.
/// </summary>
internal sealed class PushWorld : IDisposable
{
    private const int Most = 20;

    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly RateLimitingQueue<ResourceKey> _queue;
    private readonly OwnWrites _writes = new();
    private readonly Queue<Action> _watch = new();
    private readonly Queue<CommitStatus> _due = new();
    private readonly Mock<IClusterView> _cluster = new();
    private readonly Mock<IPullRequestSource> _github = new();
    private readonly ReleaseHandler _releases;
    private readonly ResourceHandler _resources;
    private readonly PullRequestHints _hints;
    private readonly ResourceReconciler _reconciler;
    private PREphemeralEnvController _resource = Some.Resource();
    private int _version = 10;

    public PushWorld()
    {
        _queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), _time);
        var known = new Store<PREphemeralEnvController>();
        known.Upsert(_resource);
        _releases = new ReleaseHandler(_queue, known, _cluster.Object);
        _resources = new ResourceHandler(_queue);
        _hints = new PullRequestHints(_queue);
        PlayCluster();
        _reconciler = Reconciler();
    }

    /// <summary>What is installed.</summary>
    public HelmRelease? Release { get; private set; }

    /// <summary>Keys that a worker took.</summary>
    public int Reconciles { get; private set; }

    /// <summary>Snapshots that were made of the resource, each with one reading of its spec and one plan.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Reports that were noted on the release.</summary>
    public int Notes { get; private set; }

    /// <summary>Statuses that were written.</summary>
    public int Statuses { get; private set; }

    public void Dispose() => _queue.Dispose();

    /// <summary>Somebody pushes, and GitHub's delivery says so.</summary>
    public void Push(string sha)
    {
        _github.Setup(g => g.GetAsync(It.IsAny<RepositoryAccess>(), 22, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PullRequestReading(PullRequestState.Open, Some.PullRequest(22, sha)));
        _hints.PullRequestChanged(Some.Key, 22);
    }

    /// <summary>Works until nothing is left to be done before the next listing.</summary>
    public async Task SettleAsync()
    {
        _queue.Add(Some.Key);
        await RunAsync();
    }

    /// <inheritdoc cref="SettleAsync"/>
    public async Task RunAsync()
    {
        while (_queue.Count > 0)
        {
            Assert.That(++Reconciles, Is.LessThan(Most), "each reconcile wakes the next");
            var key = await _queue.TakeAsync();
            var result = await _reconciler.ReconcileAsync(key, CancellationToken.None);
            Assert.That(result.Exception, Is.Null);
            _queue.Done(key);
            ShowWrites();
            while (_due.TryDequeue(out var status))
            {
                Note(status);
                ShowWrites();
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private void PlayCluster()
    {
        _cluster.Setup(c => c.Flux).Returns(FluxState.Synced);
        _cluster.Setup(c => c.Resource(Some.Key)).Returns(() => _resource);
        _cluster.Setup(c => c.ReleasesFor(It.IsAny<PREphemeralEnvController>(), "envs")).Returns(() =>
        {
            Snapshots++;
            ImmutableArray<HelmRelease> all = Release is null ? [] : [Release];
            return all;
        });
        _cluster.Setup(c => c.IsOwnWrite(It.IsAny<HelmRelease>())).Returns<HelmRelease>(_writes.Recognises);
        _cluster.Setup(c => c.Remember(It.IsAny<HelmRelease>())).Callback<HelmRelease>(_writes.Note);
    }

    private ResourceReconciler Reconciler()
    {
        var secrets = new Mock<ISecretReader>();
        secrets.Setup(s => s.ReadAsync("default", "tokensecret", "token", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new SecretReading("t0ken", null));
        _github.Setup(g => g.ListAsync(It.IsAny<RepositoryAccess>(), It.IsAny<CancellationToken>())).ReturnsAsync(Some.Listing(22));
        var applier = new Mock<IReleaseApplier>();
        applier.Setup(a => a.ApplyAsync(It.IsAny<DesiredRelease>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((DesiredRelease desired, string? _, CancellationToken _) => new ApplyResult(Apply(desired), null));
        var probes = new Mock<IProbeSchedule>();
        probes.Setup(p => p.ObservationsOf(Some.Key)).Returns(ImmutableDictionary<ProbeRevision, ProbeObservation>.Empty);
        var credentials = new CredentialReader(secrets.Object);
        var commands = new Mock<ICommandSource>();
        var urls = new HealthUrls(new ControllerSettings());
        var gatherer = new Gatherer(
            _cluster.Object,
            new ListingPoller(
                _github.Object, credentials, _hints, new EnvironmentMetrics(new MetricsRegistry()), _time, new Random(1)),
            new ReviewReader(new Mock<IReviewSource>().Object), new FilesReader(new Mock<IFilesSource>().Object, _time),
            new CheckReader(new Mock<ICheckSource>().Object, _time),
            new CommandInbox(commands.Object, _time),
            new ChartReadings(new Mock<IHelmChartReader>().Object, _time),
            new NamespaceReadings(new Mock<INamespaceClient>().Object, _time), new FinalReports(credentials),
            probes.Object, urls, new CheckedSpecs(new ControllerSettings(), _time), new ClockWatch(_time), _time);
        return new ResourceReconciler(
            _cluster.Object, gatherer, _hints, Runner(applier.Object),
            Reports(), new CommandClaims(commands.Object, _time), new Mock<IResourceWriter>().Object, Publisher(), probes.Object, urls,
            new LatestReconciles(), _time, NullLogger<ResourceReconciler>.Instance);
    }

    private ActionRunner Runner(IReleaseApplier applier) =>
        new(applier, new Mock<INamespaceClient>().Object, _cluster.Object, NullLogger<ActionRunner>.Instance);

    private void ShowWrites()
    {
        while (_watch.TryDequeue(out var shown))
            shown();
    }

    private IReportSink Reports()
    {
        var reports = new Mock<IReportSink>();
        reports.Setup(r => r.Hand(
                Some.Key, It.IsAny<Snapshot>(), It.IsAny<Plan>(), It.IsAny<IReadOnlyCollection<ActionResult>>(),
                It.IsAny<ResourceMemory>()))
            .Returns((ResourceKey _, Snapshot _, Plan plan, IReadOnlyCollection<ActionResult> _, ResourceMemory _) =>
            {
                foreach (var status in plan.Environments.Select(e => e.Report).OfType<CommitStatus>())
                    _due.Enqueue(status);
                return [];
            });
        return reports.Object;
    }

    private IPublisher Publisher()
    {
        var publisher = new Mock<IPublisher>();
        publisher.Setup(p => p.Show(It.IsAny<PREphemeralEnvController>())).Returns((PREphemeralEnvController r) => r);
        publisher.Setup(p => p.Hand(It.IsAny<PREphemeralEnvController>(), It.IsAny<Publication>(), It.IsAny<bool>()))
            .Returns((PREphemeralEnvController resource, Publication publication, bool _) =>
            {
                var old = _resource;
                _resource = resource with
                {
                    Metadata = resource.Metadata with { ResourceVersion = NextVersion() },
                    Status = publication.Status,
                };
                var written = _resource;
                Statuses++;
                _watch.Enqueue(() => _resources.OnUpdated(old, written));
                return true;
            });
        return publisher.Object;
    }

    private HelmRelease Apply(DesiredRelease desired) => Write(new HelmRelease
    {
        Metadata = new ObjectMeta
        {
            Namespace = desired.Key.Namespace,
            Name = desired.Key.Name,
            Uid = "uid-22",
            ResourceVersion = NextVersion(),
            Generation = (Release?.Metadata.Generation ?? 0) + 1,
            Labels = desired.Labels,
            Annotations = new Dictionary<string, string>(desired.Annotations, StringComparer.Ordinal),
        },
        Spec = desired.Spec,
    });

    private void Note(CommitStatus status)
    {
        Notes++;
        var meta = Release!.Metadata;
        var annotations = new Dictionary<string, string>(meta.Annotations!, StringComparer.Ordinal)
        {
            [OwnerLabels.ReportedAnnotation] = new ReportedStatus(status, meta.Generation).ToJson(),
        };
        var noted = Release with { Metadata = meta with { ResourceVersion = NextVersion(), Annotations = annotations } };
        _cluster.Object.Remember(Write(noted));
    }

    private HelmRelease Write(HelmRelease written)
    {
        var old = Release;
        Release = written;
        if (old is null)
            _watch.Enqueue(() => _releases.OnAdded(written, isInInitialList: false));
        else
            _watch.Enqueue(() => _releases.OnUpdated(old, written));
        return written;
    }

    private string NextVersion() => (++_version).ToString(CultureInfo.InvariantCulture);
}
