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
        services.AddSingleton(MergeGroups);
        services.AddSingleton<IMergeGroupNotes>(provider => provider.GetRequiredService<MergeGroupNotes>());
        services.AddHostedService(provider => provider.GetRequiredService<MergeGroupNotes>());
        services.AddSingleton<WebhookEndpoint>();
        services.AddPrEnvEndpoint(provider => new EndpointDefinition(
            "The webhook endpoint", "webhook-bind-address", options => options.WebhookBindAddress,
            routes => Map(routes, provider)));
        return builder;
    }

    // Nothing of it exists where the endpoint is disabled.
    private static void Map(IEndpointRouteBuilder routes, IServiceProvider provider)
    {
        provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>()
            .AddHandler(provider.GetRequiredService<WebhookMetrics>(), "webhook metrics");
        provider.GetRequiredService<WebhookEndpoint>().Map(routes);
    }

    private static LeaderNotifier Notifier(IServiceProvider provider) => ActivatorUtilities.CreateInstance<LeaderNotifier>(
        provider, provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>().Store, WriterOfAnyInstance(provider));

    private static MergeGroupNotes MergeGroups(IServiceProvider provider) => ActivatorUtilities.CreateInstance<MergeGroupNotes>(
        provider, provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>().Store, WriterOfAnyInstance(provider));

    // With a client of its own, because the other one does not write while another instance is the leader.
    private static ResourceWriter WriterOfAnyInstance(IServiceProvider provider) => new(new RawKubernetes(
        provider.GetRequiredService<KubernetesClientConfiguration>(), provider.GetRequiredService<TimeProvider>(),
        [.. provider.GetRequiredService<Impersonation>().Handlers()]));

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
