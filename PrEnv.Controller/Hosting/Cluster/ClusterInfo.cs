using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// A cluster as a credential plugin is told of it. See
/// https://kubernetes.io/docs/reference/config-api/client-authentication.v1/#client-authentication-k8s-io-v1-Cluster.
/// </summary>
internal static class ClusterInfo
{
    private const string ConfigExtension = "client.authentication.k8s.io/exec";

    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    public static JsonObject Of(Kubeconfig.NamedCluster cluster)
    {
        var entry = cluster.Cluster ?? new Kubeconfig.ClusterEntry();
        var info = new JsonObject { ["server"] = entry.Server };
        if (entry.TlsServerName is { Length: > 0 } name)
            info["tls-server-name"] = name;
        if (entry.InsecureSkipTlsVerify)
            info["insecure-skip-tls-verify"] = true;
        if (AuthorityOf(cluster, entry) is { } authority)
            info["certificate-authority-data"] = authority;
        if (entry.ProxyUrl is { Length: > 0 } proxy)
            info["proxy-url"] = proxy;
        if (entry.Extensions?.FirstOrDefault(e => e?.Name == ConfigExtension)?.Extension is { } config)
            info["config"] = JsonNode.Parse(Json.Serialize(config));
        return info;
    }

    private static string? AuthorityOf(Kubeconfig.NamedCluster cluster, Kubeconfig.ClusterEntry entry) =>
        entry.CertificateAuthorityData is { Length: > 0 } data
            ? data
            : entry.CertificateAuthority is { Length: > 0 } path ? Convert.ToBase64String(File.ReadAllBytes(cluster.PathOf(path))) : null;
}
