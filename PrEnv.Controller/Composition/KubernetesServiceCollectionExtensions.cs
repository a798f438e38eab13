using k8s;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PrEnv.Controller.Http;
using PrEnv.Controller.Kubernetes.Access;
using PrEnv.Controller.Kubernetes.Charts;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Namespaces;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Controller.Leadership;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Composition;

/// <summary>Registers the adapters of the API server.</summary>
internal static class KubernetesServiceCollectionExtensions
{
    /// <summary>
    /// Needs a <see cref="KubernetesClientConfiguration"/> among the services, and logging. Writes are sent while the
    /// <see cref="IWriteFence"/> is open, which it always is unless another was registered before.
    /// </summary>
    public static IServiceCollection AddPrEnvKubernetes(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWriteFence, AlwaysLeading>();
        services.TryAddSingleton(Impersonation.None);
        services.AddSingleton(provider => new RawKubernetes(
            provider.GetRequiredService<KubernetesClientConfiguration>(),
            provider.GetRequiredService<TimeProvider>(),
            [
                new FencingHandler(
                    provider.GetRequiredService<IWriteFence>(),
                    () => new ApiStatusException(FencingHandler.Status),
                    AccessReviewer.IsReview),
                .. provider.GetRequiredService<Impersonation>().Handlers(),
            ]));
        services.AddSingleton<ListWatchFactory>();
        services.AddSingleton<IReleaseApplier, ReleaseApplier>();
        services.AddSingleton<IResourceWriter, ResourceWriter>();
        services.AddSingleton<IEventPublisher, EventPublisher>();
        services.AddSingleton<IAccessReviewer, AccessReviewer>();
        services.AddSingleton<ISecretReader, SecretReader>();
        services.AddSingleton<IHelmChartReader, HelmChartReader>();
        services.AddSingleton<INamespaceClient, NamespaceClient>();
        return services;
    }
}
