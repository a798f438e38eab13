using k8s;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Composition;

internal static class WebhookHostExtensions
{
    // GitHub closes the connection after 10 s.
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Adds <see cref="WebhookEndpoint"/> on its own address. Needs the informer of resources, the settings and the leadership.
    /// </summary>
    public static IHostApplicationBuilder AddPrEnvWebhooks(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new BodyReader(BodyTimeout, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton(Receivers);
        services.AddSingleton(Notifier);
        services.AddSingleton<IResourceWaker>(provider => provider.GetRequiredService<LeaderNotifier>());
        services.AddHostedService(provider => provider.GetRequiredService<LeaderNotifier>());
        services.AddSingleton<WebhookEndpoint>();
        services.AddPrEnvEndpoint(provider => new EndpointDefinition(
            "The webhook endpoint", "webhook-bind-address", options => options.WebhookBindAddress,
            provider.GetRequiredService<WebhookEndpoint>().Map));
        return builder;
    }

    private static LeaderNotifier Notifier(IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        // A client of its own, because the other one does not write while another instance is the leader.
        var client = new RawKubernetes(
            provider.GetRequiredService<KubernetesClientConfiguration>(), time,
            [.. provider.GetRequiredService<Impersonation>().Handlers()]);
        return ActivatorUtilities.CreateInstance<LeaderNotifier>(
            provider, provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>().Store, new ResourceWriter(client));
    }

    private static WebhookReceivers Receivers(IServiceProvider provider)
    {
        var resources = provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>();
        return new WebhookReceivers(
            resources.Store,
            () => resources.HasSynced,
            provider.GetRequiredService<CheckedSpecs>(),
            provider.GetRequiredService<WebhookSecrets>());
    }
}
