using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Options;

/// <summary>
/// The settings of one process; <see cref="OptionTable"/> says how each is written. Changed by the options setup only, read-only
/// afterwards.
/// </summary>
internal sealed class ControllerOptions
{
    /// <summary>A kubeconfig file; null to look in the cluster, in <c>KUBECONFIG</c> and at home.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>A context of the kubeconfig; null for its current one.</summary>
    public string? Context { get; set; }

    /// <summary>The only namespaces that are listed and watched; empty for the whole cluster.</summary>
    public ImmutableArray<string> WatchNamespaces { get; set; } = [];

    /// <summary>The shard: the resources that this process handles; null for all.</summary>
    public LabelSelector? WatchLabelSelector { get; set; }

    /// <summary>Workers: how many resources are reconciled at a time.</summary>
    public int Concurrent { get; set; } = 8;

    /// <summary>Whether a leader is elected; null for the default, which is to do so in a cluster.</summary>
    public bool? LeaderElect { get; set; }

    /// <summary>The Lease's namespace; null for the pod's or the context's own.</summary>
    public string? LeaderElectNamespace { get; set; }

    /// <summary>How long the other instances wait after the leader's last renewal before one takes over.</summary>
    public TimeSpan LeaderElectLeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after its last renewal the leader gives up.</summary>
    public TimeSpan LeaderElectRenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the leader renews and the other instances check.</summary>
    public TimeSpan LeaderElectRetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The REST API for resources without <c>apiURL</c>; absolute, with a trailing slash.</summary>
    public Uri GitHubApiUrl { get; set; } = new("https://api.github.com/");

    /// <summary>
    /// Where resources may send a token; empty for the host of <see cref="GitHubApiUrl"/> only. Ask <see cref="AllowsGitHub"/>.
    /// </summary>
    public ImmutableArray<HostAndPort> AllowedGitHubHosts { get; set; } = [];

    /// <summary>Writes per minute and credential.</summary>
    public int GitHubWritesPerMinute { get; set; } = 60;

    /// <summary>Are Secrets, sources and destinations in other namespaces forbidden?</summary>
    public bool NoCrossNamespaceRefs { get; set; }

    /// <summary>The service account for HelmReleases that do not specify one; null to leave it to Flux.</summary>
    public string? DefaultServiceAccount { get; set; }

    /// <summary>What no probe may connect to.</summary>
    public DeniedNetworks HealthCheckDenyCidrs { get; set; } = DeniedNetworks.Default;

    /// <summary>The proxy of every probe, with its user and password if it has them; null: probes connect directly.</summary>
    public Uri? HealthCheckProxy { get; set; }

    /// <summary>Where <c>/metrics</c> listens.</summary>
    public BindAddress MetricsBindAddress { get; set; } = BindAddress.Any(8080);

    /// <summary>Are metrics shown only to those who may get <c>/metrics</c>?</summary>
    public bool MetricsAuth { get; set; }

    /// <summary>Where <c>/healthz</c> and <c>/readyz</c> listen.</summary>
    public BindAddress HealthProbeBindAddress { get; set; } = BindAddress.Any(8081);

    /// <summary>Where <c>/webhooks/github</c> listens.</summary>
    public BindAddress WebhookBindAddress { get; set; } = BindAddress.Any(9292);

    /// <summary>Where the page listens.</summary>
    public BindAddress UiBindAddress { get; set; } = BindAddress.Any(8082);

    /// <summary>The minimum level that is logged.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>The format of the log; null to choose by its destination.</summary>
    public LogFormat? LogFormat { get; set; }

    /// <summary>May tokens be sent to this API?</summary>
    public bool AllowsGitHub(Uri apiUrl) =>
        new ControllerSettings { DefaultApiUrl = GitHubApiUrl, AllowedGitHubHosts = [.. AllowedGitHubHosts] }.Allows(apiUrl);
}

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}
