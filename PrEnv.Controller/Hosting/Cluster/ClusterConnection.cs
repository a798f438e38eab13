using k8s;
using PrEnv.Controller.Kubernetes.Client;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>How the cluster is reached.</summary>
/// <param name="Configuration">For clients.</param>
/// <param name="Context">The kubeconfig's context, or <c>in-cluster</c>.</param>
/// <param name="Source">Where that was found, for messages.</param>
internal sealed record ClusterConnection(KubernetesClientConfiguration Configuration, string Context, string Source)
{
    /// <summary>As whom requests are sent.</summary>
    public Impersonation Impersonation { get; init; } = Impersonation.None;

    /// <summary>The API server's URL.</summary>
    public string Server => Configuration.Host;
}
