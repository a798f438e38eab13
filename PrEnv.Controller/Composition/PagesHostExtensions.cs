using PrEnv.Controller.Cluster;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Pages;
using PrEnv.Core.Informers;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Composition;

internal static class PagesHostExtensions
{
    /// <summary>Adds the page on its own address. Needs the informers and what reconciles remember.</summary>
    public static IHostApplicationBuilder AddPrEnvPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPrEnvEndpoint(provider => new EndpointDefinition(
            "The page", "ui-bind-address", options => options.UiBindAddress, routes => Map(routes, provider)));
        return builder;
    }

    // Nothing of it exists where the page is disabled.
    private static void Map(IEndpointRouteBuilder routes, IServiceProvider provider)
    {
        var resources = provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>();
        var releases = provider.GetRequiredService<SharedInformer<HelmRelease>>();
        var cluster = provider.GetRequiredService<IClusterView>();
        var time = provider.GetRequiredService<TimeProvider>();
        var changes = new PageChanges();
        resources.AddHandler(new ChangeHandler<PREphemeralEnvController>(changes, _ => true), "page");
        releases.AddHandler(new ChangeHandler<HelmRelease>(changes, release => Ownership.OwnerOf(release) is not null), "page");
        var latest = provider.GetRequiredService<LatestReconciles>();
        latest.Changed = changes.Note;
        new PageRoutes(
            new Catalog(
                resources.Store, releases.Store, latest, changes, provider.GetRequiredService<ILeadership>(),
                provider.GetRequiredService<ControllerSettings>().DefaultApiUrl),
            () => resources.HasSynced && cluster.Flux != FluxState.Syncing,
            changes,
            new EventStreams(changes, time),
            time).Map(routes);
    }
}
