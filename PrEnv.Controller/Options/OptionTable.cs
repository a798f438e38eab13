using System.Collections.Immutable;

namespace PrEnv.Controller.Options;

/// <summary>Every option of <c>prenv run</c>, in the order of <c>--help</c>.</summary>
internal static class OptionTable
{
    public static ImmutableArray<OptionDefinition> All { get; } =
    [
        new()
        {
            Name = "kubeconfig", ValueName = "file", Default = "in-cluster, else KUBECONFIG, else ~/.kube/config",
            Description = "Path to a kubeconfig file.",
            Assign = (options, text) => options.Kubeconfig = OptionParsers.Text(text),
        },
        new()
        {
            Name = "context", ValueName = "name", Default = "the current context",
            Description = "Context of the kubeconfig. If set, the pod's service account is not used.",
            Assign = (options, text) => options.Context = OptionParsers.Text(text),
        },
        new()
        {
            Name = "watch-namespaces", ValueName = "name,...", Default = "all",
            Description = "Handle only resources and HelmReleases in these namespaces. Roles there then suffice.",
            Assign = (options, text) => options.WatchNamespaces = OptionParsers.Namespaces(text),
        },
        new()
        {
            Name = "watch-label-selector", ValueName = "selector", Default = "all",
            Description = "Handle only resources with matching labels. Each shard elects its own leader; selectors must not overlap.",
            Assign = (options, text) => options.WatchLabelSelector = OptionParsers.Selector(text),
        },
        new()
        {
            Name = "concurrent", ValueName = "n", Default = "8",
            Description = "Number of resources to reconcile concurrently.",
            Assign = (options, text) => options.Concurrent = OptionParsers.WholeNumber(text, 1, 1000),
        },
        new()
        {
            Name = "leader-elect", ValueName = "bool", Default = "true in a cluster, else false", IsSwitch = true,
            Description = "Elect a leader; only the leader reconciles.",
            Assign = (options, text) => options.LeaderElect = OptionParsers.Switch(text),
        },
        new()
        {
            Name = "leader-elect-namespace", ValueName = "name", Default = "the pod's, else the context's",
            Description = "Namespace of the Lease used for leader election.",
            Assign = (options, text) => options.LeaderElectNamespace = OptionParsers.ObjectName(text),
        },
        new()
        {
            Name = LeaseTimings.LeaseDuration, ValueName = "duration", Default = "15s",
            Description = "How long the other instances wait after the leader's last renewal before one takes over. Whole seconds.",
            Assign = (options, text) => options.LeaderElectLeaseDuration = OptionParsers.Duration(text),
        },
        new()
        {
            Name = LeaseTimings.RenewDeadline, ValueName = "duration", Default = "10s",
            Description = "How long the leader tries to renew before it gives up. Must be shorter than the lease duration.",
            Assign = (options, text) => options.LeaderElectRenewDeadline = OptionParsers.Duration(text),
        },
        new()
        {
            Name = LeaseTimings.RetryPeriod, ValueName = "duration", Default = "2s",
            Description = "How often the leader renews and the other instances check. 1.2 times this must be less than the renew deadline.",
            Assign = (options, text) => options.LeaderElectRetryPeriod = OptionParsers.Duration(text),
        },
        new()
        {
            Name = "github-api-url", ValueName = "url", Default = "https://api.github.com",
            Description = "GitHub REST API for resources without apiURL. Must be https; plain http is accepted for a loopback host only.",
            Assign = (options, text) => options.GitHubApiUrl = OptionParsers.GitHubApiUrl(text),
        },
        new()
        {
            Name = "allowed-github-hosts", ValueName = "host[:port],...", Default = "the host of --github-api-url",
            Description = "Hosts that resources may send a token to.",
            Assign = (options, text) => options.AllowedGitHubHosts = [.. OptionParsers.List(text).Select(OptionParsers.Host)],
        },
        new()
        {
            Name = "github-writes-per-minute", ValueName = "n", Default = "60",
            Description =
                "Writes to GitHub per minute and credential, after a burst of 30. GitHub recommends at most one per second and 500 per "
                + "hour; a value above 60 lifts both, for an Enterprise Server.",
            Assign = (options, text) => options.GitHubWritesPerMinute = OptionParsers.WholeNumber(text, 1, 100_000),
        },
        new()
        {
            Name = "no-cross-namespace-refs", ValueName = "bool", Default = "false", IsSwitch = true,
            Description = "Allow Secrets, sources and destinations in the resource's own namespace only.",
            Assign = (options, text) => options.NoCrossNamespaceRefs = OptionParsers.Switch(text),
        },
        new()
        {
            Name = "default-service-account", ValueName = "name", Default = "none",
            Description = "Service account for HelmReleases that do not specify one.",
            Assign = (options, text) => options.DefaultServiceAccount = OptionParsers.ObjectName(text),
        },
        new()
        {
            Name = "health-check-deny-cidrs", ValueName = "cidr,...", Default = DeniedNetworks.Default.ToString(),
            Description =
                "Networks that health checks never connect to, regardless of DNS or redirects. Replaces the default; empty for none.",
            Assign = (options, text) => options.HealthCheckDenyCidrs = DeniedNetworks.Parse(text),
        },
        new()
        {
            Name = "health-check-proxy", ValueName = "url", Default = "none",
            Description = "Proxy for health checks: http(s)://[user:password@]host:port. It resolves the names; NO_PROXY is ignored.",
            Assign = (options, text) => options.HealthCheckProxy = OptionParsers.Proxy(text),
            Shown = static text => OptionParsers.WithoutUser(text),
        },
        new()
        {
            Name = "metrics-bind-address", ValueName = "[host]:port", Default = ":8080",
            Description = "Address that serves /metrics; 0 to disable.",
            Assign = (options, text) => options.MetricsBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "metrics-auth", ValueName = "bool", Default = "false", IsSwitch = true,
            Description = "Serve /metrics only to bearer tokens that may get /metrics by the cluster's own rules (RBAC).",
            Assign = (options, text) => options.MetricsAuth = OptionParsers.Switch(text),
        },
        new()
        {
            Name = "health-probe-bind-address", ValueName = "[host]:port", Default = ":8081",
            Description = "Address that serves /healthz and /readyz; 0 to disable.",
            Assign = (options, text) => options.HealthProbeBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "webhook-bind-address", ValueName = "[host]:port", Default = ":9292",
            Description = "Address that serves /webhooks/github; 0 to disable.",
            Assign = (options, text) => options.WebhookBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "ui-bind-address", ValueName = "[host]:port", Default = ":8082",
            Description = "Address that serves the page, which has no login of its own; 0 to disable.",
            Assign = (options, text) => options.UiBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "log-level", ValueName = "level", Default = "info",
            Description = "Minimum level: trace, debug, info, warn or error.",
            Assign = (options, text) => options.LogLevel = OptionParsers.Level(text),
        },
        new()
        {
            Name = "log-format", ValueName = "json|text", Default = "text on a terminal, else json",
            Description = "Format of the log, which is written to standard error.",
            Assign = (options, text) => options.LogFormat = OptionParsers.Format(text),
        },
    ];
}
