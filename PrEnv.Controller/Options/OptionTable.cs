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
            Description = "How to reach the cluster.",
            Assign = (options, text) => options.Kubeconfig = OptionParsers.Text(text),
        },
        new()
        {
            Name = "context", ValueName = "name", Default = "the kubeconfig's current one",
            Description = "Context of the kubeconfig. With it, the credentials of the pod are not used.",
            Assign = (options, text) => options.Context = OptionParsers.Text(text),
        },
        new()
        {
            Name = "watch-label-selector", ValueName = "selector", Default = "all",
            Description = "Which resources this instance looks after. Each shard elects a leader of its own; selectors must not overlap.",
            Assign = (options, text) => options.WatchLabelSelector = OptionParsers.Selector(text),
        },
        new()
        {
            Name = "concurrent", ValueName = "n", Default = "8",
            Description = "Resources that are reconciled at a time.",
            Assign = (options, text) => options.Concurrent = OptionParsers.WholeNumber(text, 1, 1000),
        },
        new()
        {
            Name = "leader-elect", ValueName = "bool", Default = "true in a cluster, else false", IsSwitch = true,
            Description = "One of several instances works, the others wait.",
            Assign = (options, text) => options.LeaderElect = OptionParsers.Switch(text),
        },
        new()
        {
            Name = "leader-elect-namespace", ValueName = "name", Default = "the pod's, else the context's",
            Description = "Where the Lease is by which the leader is elected.",
            Assign = (options, text) => options.LeaderElectNamespace = OptionParsers.ObjectName(text),
        },
        new()
        {
            Name = LeaseTimings.LeaseDuration, ValueName = "duration", Default = "15s",
            Description = "How long the others wait after the leader's last sign before one takes over. Whole seconds.",
            Assign = (options, text) => options.LeaderElectLeaseDuration = OptionParsers.Duration(text),
        },
        new()
        {
            Name = LeaseTimings.RenewDeadline, ValueName = "duration", Default = "10s",
            Description = "How long after its last renewal the leader gives up. Shorter than the lease duration.",
            Assign = (options, text) => options.LeaderElectRenewDeadline = OptionParsers.Duration(text),
        },
        new()
        {
            Name = LeaseTimings.RetryPeriod, ValueName = "duration", Default = "2s",
            Description = "How often the leader renews and the others look. 1.2 times it is shorter than the renew deadline.",
            Assign = (options, text) => options.LeaderElectRetryPeriod = OptionParsers.Duration(text),
        },
        new()
        {
            Name = "github-api-url", ValueName = "url", Default = "https://api.github.com",
            Description = "GitHub's REST API, for resources without apiURL. https; plain http for a loopback host only.",
            Assign = (options, text) => options.GitHubApiUrl = OptionParsers.GitHubApiUrl(text),
        },
        new()
        {
            Name = "allowed-github-hosts", ValueName = "host[:port],...", Default = "the host of --github-api-url",
            Description = "Where resources may send a token.",
            Assign = (options, text) => options.AllowedGitHubHosts = [.. OptionParsers.List(text).Select(OptionParsers.Host)],
        },
        new()
        {
            Name = "github-writes-per-minute", ValueName = "n", Default = "60",
            Description =
                "Writes to GitHub per minute and credential, after a burst of 30. GitHub asks for one a second and 500 an hour; more than "
                + "60 lifts both, for an Enterprise Server.",
            Assign = (options, text) => options.GitHubWritesPerMinute = OptionParsers.WholeNumber(text, 1, 100_000),
        },
        new()
        {
            Name = "no-cross-namespace-refs", ValueName = "bool", Default = "false", IsSwitch = true,
            Description = "Secrets and destinations only in the resource's own namespace.",
            Assign = (options, text) => options.NoCrossNamespaceRefs = OptionParsers.Switch(text),
        },
        new()
        {
            Name = "default-service-account", ValueName = "name", Default = "none",
            Description = "Service account of a HelmRelease that names none.",
            Assign = (options, text) => options.DefaultServiceAccount = OptionParsers.ObjectName(text),
        },
        new()
        {
            Name = "health-check-deny-cidrs", ValueName = "cidr,...", Default = DeniedNetworks.Default.ToString(),
            Description =
                "Networks that no health check connects to, whatever DNS or a redirect says. Replaces the default; empty for none.",
            Assign = (options, text) => options.HealthCheckDenyCidrs = DeniedNetworks.Parse(text),
        },
        new()
        {
            Name = "metrics-bind-address", ValueName = "[host]:port", Default = ":8080",
            Description = "Serves /metrics. 0 switches it off.",
            Assign = (options, text) => options.MetricsBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "health-probe-bind-address", ValueName = "[host]:port", Default = ":8081",
            Description = "Serves /healthz and /readyz. 0 switches it off.",
            Assign = (options, text) => options.HealthProbeBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "webhook-bind-address", ValueName = "[host]:port", Default = ":9292",
            Description = "Serves /webhooks/github. 0 switches it off.",
            Assign = (options, text) => options.WebhookBindAddress = BindAddress.Parse(text),
        },
        new()
        {
            Name = "log-level", ValueName = "level", Default = "info",
            Description = "trace, debug, info, warn or error.",
            Assign = (options, text) => options.LogLevel = OptionParsers.Level(text),
        },
        new()
        {
            Name = "log-format", ValueName = "json|text", Default = "text on a terminal, else json",
            Description = "How log lines look. They go to standard error.",
            Assign = (options, text) => options.LogFormat = OptionParsers.Format(text),
        },
    ];
}
