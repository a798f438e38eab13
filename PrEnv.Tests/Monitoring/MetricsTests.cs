using System.Globalization;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Reconciling;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Monitoring;

/// <summary>The names, labels and buckets that dashboards for Kubernetes controllers ask for.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MetricsTests
{
    private readonly MetricsRegistry _registry = new();

    [Test]
    public async Task LeaderElectionMetrics_Reports_BearTheNamesOfClientGo()
    {
        var metrics = new LeaderElectionMetrics(_registry, "demo");
        Assert.That(await ScrapeAsync("leader_election_"), Is.SupersetOf([
            "leader_election_master_status{name=\"demo\"} 0", "leader_election_slowpath_total{name=\"demo\"} 0",
        ]));

        metrics.StartedLeading();
        metrics.SlowPathTaken();
        Assert.That(await ScrapeAsync("leader_election_"), Is.SupersetOf([
            "leader_election_master_status{name=\"demo\"} 1", "leader_election_slowpath_total{name=\"demo\"} 1",
        ]));
        metrics.StoppedLeading();
        Assert.That(await ScrapeAsync("leader_election_"), Has.Member("leader_election_master_status{name=\"demo\"} 0"));
    }

    [Test]
    public async Task QueueMetrics_Reports_BearTheNamesOfClientGo()
    {
        var metrics = new QueueMetricsFactory(_registry).For("demo");

        metrics.SetDepth(3, 0);
        metrics.SetDepth(2, -100);
        metrics.Added();
        metrics.QueueLatency(TimeSpan.FromMilliseconds(5));
        metrics.WorkDuration(TimeSpan.FromSeconds(2));
        metrics.SetUnfinishedWork(TimeSpan.FromSeconds(1.5));
        metrics.SetLongestRunning(TimeSpan.FromSeconds(1));
        metrics.Retried();

        Assert.That(await ScrapeAsync("workqueue_"), Is.SupersetOf([
            "workqueue_depth{name=\"demo\",priority=\"0\"} 3",
            "workqueue_depth{name=\"demo\",priority=\"-100\"} 2",
            "workqueue_adds_total{name=\"demo\"} 1",
            "workqueue_queue_duration_seconds_sum{name=\"demo\"} 0.005",
            "workqueue_queue_duration_seconds_count{name=\"demo\"} 1",
            "workqueue_queue_duration_seconds_bucket{name=\"demo\",le=\"0.001\"} 0",
            "workqueue_queue_duration_seconds_bucket{name=\"demo\",le=\"0.01\"} 1",
            "workqueue_work_duration_seconds_sum{name=\"demo\"} 2",
            "workqueue_unfinished_work_seconds{name=\"demo\"} 1.5",
            "workqueue_longest_running_processor_seconds{name=\"demo\"} 1",
            "workqueue_retries_total{name=\"demo\"} 1",
        ]));
    }

    [TestCase("workqueue_queue_duration_seconds")]
    [TestCase("workqueue_work_duration_seconds")]
    public async Task QueueMetrics_Buckets_AreTwelveFromTenNanosecondsByTens(string name)
    {
        new QueueMetricsFactory(_registry).For("demo").Added();

        var limits = (await ScrapeAsync(name + "_bucket")).Select(line => line.Split("le=\"")[1].Split('"')[0]).ToArray();

        Assert.That(limits[^1], Is.EqualTo("+Inf"));
        Assert.That(
            limits[..^1].Select(limit => Math.Log10(double.Parse(limit, CultureInfo.InvariantCulture))),
            Is.EqualTo(new double[] { -8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3 }).Within(1e-9));
    }

    [Test]
    public async Task ReconcileMetrics_Reports_BearTheNamesOfControllerRuntime()
    {
        var metrics = new ReconcileMetricsFactory(_registry).For("demo");

        metrics.Reconciled(ReconcileResultKind.Success, TimeSpan.FromMilliseconds(20));
        metrics.Reconciled(ReconcileResultKind.RequeueAfter, TimeSpan.Zero);
        metrics.Reconciled(ReconcileResultKind.Error, TimeSpan.Zero);
        metrics.Reconciled(ReconcileResultKind.TerminalError, TimeSpan.Zero);
        metrics.Failed();
        metrics.FailedForGood();
        metrics.Panicked();
        metrics.TimedOut();
        metrics.SetActiveWorkers(2);
        metrics.SetMaxConcurrent(8);

        Assert.That(await ScrapeAsync("controller_runtime_"), Is.SupersetOf([
            "controller_runtime_reconcile_total{controller=\"demo\",result=\"success\"} 1",
            "controller_runtime_reconcile_total{controller=\"demo\",result=\"requeue_after\"} 1",
            "controller_runtime_reconcile_total{controller=\"demo\",result=\"requeue\"} 0",
            "controller_runtime_reconcile_total{controller=\"demo\",result=\"error\"} 2",
            "controller_runtime_reconcile_errors_total{controller=\"demo\"} 1",
            "controller_runtime_terminal_reconcile_errors_total{controller=\"demo\"} 1",
            "controller_runtime_reconcile_panics_total{controller=\"demo\"} 1",
            "controller_runtime_reconcile_timeouts_total{controller=\"demo\"} 1",
            "controller_runtime_reconcile_time_seconds_count{controller=\"demo\"} 4",
            "controller_runtime_reconcile_time_seconds_bucket{controller=\"demo\",le=\"0.005\"} 3",
            "controller_runtime_reconcile_time_seconds_bucket{controller=\"demo\",le=\"60\"} 4",
            "controller_runtime_active_workers{controller=\"demo\"} 2",
            "controller_runtime_max_concurrent_reconciles{controller=\"demo\"} 8",
        ]));
    }

    [Test]
    public async Task Registry_TwoInOneProcess_ShareNothing()
    {
        new QueueMetricsFactory(new MetricsRegistry()).For("demo").Added();
        new QueueMetricsFactory(_registry).For("demo").SetDepth(0, 0);

        Assert.That(await ScrapeAsync("workqueue_adds_total"), Is.EqualTo(["workqueue_adds_total{name=\"demo\"} 0"]));
    }

    private Task<string[]> ScrapeAsync(string prefix) => Scrapes.LinesAsync(_registry, prefix);
}
