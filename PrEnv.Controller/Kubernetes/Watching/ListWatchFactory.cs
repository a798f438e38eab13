using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>Creates the list-watches of the two kinds that the controller follows.</summary>
internal sealed class ListWatchFactory(RawKubernetes client, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>
    /// The HelmReleases, whoever made them: a foreign one with a name that a pull request needs must be seen.
    /// </summary>
    /// <param name="namespace">Null for all.</param>
    /// <param name="labelSelector">Null for no selection.</param>
    public IListWatch<HelmRelease> Releases(string? @namespace = null, string? labelSelector = null) =>
        new CustomResourceListWatch<HelmRelease>(
            client,
            new ListWatchTarget(ApiResource.HelmReleases, @namespace, labelSelector),
            WatchedJson.Default.HelmRelease,
            Trimming.Trim,
            time,
            loggers.CreateLogger<CustomResourceListWatch<HelmRelease>>(),
            ReleaseReader.Read);

    /// <summary>The custom resources.</summary>
    /// <param name="namespace">Null for all.</param>
    /// <param name="labelSelector">Null for no selection.</param>
    public IListWatch<PREphemeralEnvController> Resources(string? @namespace = null, string? labelSelector = null) =>
        new CustomResourceListWatch<PREphemeralEnvController>(
            client,
            new ListWatchTarget(ApiResource.Controllers, @namespace, labelSelector),
            WatchedJson.Default.PREphemeralEnvController,
            Trimming.Trim,
            time,
            loggers.CreateLogger<CustomResourceListWatch<PREphemeralEnvController>>());
}
