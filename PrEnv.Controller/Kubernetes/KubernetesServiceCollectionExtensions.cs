using k8s;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Watching;

namespace PrEnv.Controller.Kubernetes;

/// <summary>Registers the adapters of the API server.</summary>
internal static class KubernetesServiceCollectionExtensions
{
    /// <summary>Needs a <see cref="KubernetesClientConfiguration"/> among the services, and logging.</summary>
    public static IServiceCollection AddPrEnvKubernetes(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RawKubernetes>();
        services.AddSingleton<ListWatchFactory>();
        services.AddSingleton<IReleaseApplier, ReleaseApplier>();
        services.AddSingleton<IResourceWriter, ResourceWriter>();
        services.AddSingleton<IEventPublisher, EventPublisher>();
        services.AddSingleton<ISecretReader, SecretReader>();
        return services;
    }
}
