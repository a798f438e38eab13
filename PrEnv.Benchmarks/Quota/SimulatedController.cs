using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Composition;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Probing;
using PrEnv.Controller.Publishing;
using PrEnv.Controller.Reconcile;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Spec;

namespace PrEnv.Benchmarks.Quota;

/// <summary>
/// The real reconciler, reporter and GitHub client on a clock that is moved from one due look to the next. Only the queue is played: a
/// key that changed is looked at at once, any other when it said.
/// </summary>
internal sealed class SimulatedController : IAsyncDisposable
{
    private readonly FakeTimeProvider _time;
    private readonly ServiceProvider _services;
    private readonly SortedSet<ResourceKey> _changed = new(
        Comparer<ResourceKey>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())));
    private readonly Dictionary<ResourceKey, DateTimeOffset> _due = [];

    public SimulatedController(FakeTimeProvider time, Uri apiUrl)
    {
        _time = time;
        Cluster = new CountedCluster(key => _changed.Add(key));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        // The first rollout is not what is measured here.
        services.AddSingleton(new GitHubClientOptions { WritesPerMinute = 1_000_000, WritesPerHour = null });
        services.AddPrEnvGitHub();
        services.AddSingleton<QueueMetricsFactory>().AddSingleton<ReconcileMetricsFactory>();
        services.AddSingleton(new ControllerSettings { DefaultApiUrl = apiUrl });
        services.AddSingleton<IClusterView>(Cluster).AddSingleton<IReleaseApplier>(Cluster).AddSingleton<IResourceWriter>(Cluster);
        services.AddSingleton<IEventPublisher>(Cluster).AddSingleton<ISecretReader>(Cluster).AddSingleton<IProbeSchedule>(new NoProbes());
        services.AddSingleton<IHelmChartReader>(Cluster).AddSingleton<INamespaceClient>(Cluster);
        services.AddSingleton(new Random(1));
        services.AddSingleton(
            new RateLimitingQueue<ResourceKey>(
                new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), time));
        services.AddReconciler();
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<ReportLoop>().Wake = key => _changed.Add(key);
        _services.GetRequiredService<PublicationLoop>().Wake = key => _changed.Add(key);
    }

    public CountedCluster Cluster { get; }

    /// <summary>Looks at it as soon as the time goes on.</summary>
    public void Wake(ResourceKey key) => _changed.Add(key);

    /// <summary>Lets the time go on, and everything happen that is due in it.</summary>
    public async Task RunUntilAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_changed.Count > 0)
                await LookAsync(_changed.Min, cancellationToken);
            if (_due.Count == 0)
                break;
            var (key, next) = _due.MinBy(due => due.Value);
            if (next > end)
                break;

            if (next > _time.GetUtcNow())
                _time.SetUtcNow(next);
            _due.Remove(key);
            _changed.Add(key);
        }

        _time.SetUtcNow(end);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task LookAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        _changed.Remove(key);
        var look = await _services.GetRequiredService<ResourceReconciler>().ReconcileAsync(key, cancellationToken);
        var report = await _services.GetRequiredService<ReportLoop>().ReconcileAsync(key, cancellationToken);
        var publication = await _services.GetRequiredService<PublicationLoop>().ReconcileAsync(key, cancellationToken);
        foreach (var result in (ReconcileResult[])[look, report, publication])
        {
            if (result.Exception is { } failure)
                throw new InvalidOperationException($"{key} failed.", failure);
        }

        var delays = new[] { look.Delay, report.Delay }.Where(delay => delay > TimeSpan.Zero).ToList();
        if (delays.Count > 0)
            _due[key] = _time.GetUtcNow() + delays.Min();
    }
}
