using k8s.KubeConfigModels;
using PrEnv.Controller.Startup;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// Reads kubeconfig files as kubectl does: files in a list that do not exist are skipped, the first that defines a name wins, and
/// relative paths are relative to the file that contains them. The client merges too, but not in its public API.
/// See https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/.
/// </summary>
internal static class KubeconfigFiles
{
    // The client's own reader inspects each of Kubernetes' thousand types first, which permanently takes 20 MiB.
    private static readonly IDeserializer Yaml =
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    /// <exception cref="StartupException">None exists, or one cannot be read.</exception>
    public static K8SConfiguration Load(IReadOnlyList<string> files, string origin)
    {
        var loaded = files.Where(File.Exists).Select(file => LoadOne(file, origin)).ToArray();
        if (loaded.Length == 0)
        {
            throw new StartupException(
                $"Kubernetes: {string.Join(Path.PathSeparator, files)}, specified by {origin}, does not exist. Specify a kubeconfig with "
                + "--kubeconfig.");
        }

        return new K8SConfiguration
        {
            CurrentContext = loaded.Select(config => config.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            Contexts = [.. loaded.SelectMany(config => config.Contexts ?? []).DistinctBy(context => context.Name, StringComparer.Ordinal)],
            Clusters = [.. loaded.SelectMany(config => config.Clusters ?? []).DistinctBy(cluster => cluster.Name, StringComparer.Ordinal)],
            Users = [.. loaded.SelectMany(config => config.Users ?? []).DistinctBy(user => user.Name, StringComparer.Ordinal)],
        };
    }

    private static K8SConfiguration LoadOne(string file, string origin)
    {
        try
        {
            using var text = File.OpenText(file);
            var config = Yaml.Deserialize<K8SConfiguration?>(text)
                ?? throw Unreadable(file, origin, "it is empty");
            MakePathsAbsolute(config, Path.GetDirectoryName(Path.GetFullPath(file)) ?? "");
            return config;
        }
        catch (Exception failure) when (failure is YamlException or IOException or UnauthorizedAccessException)
        {
            // A parser may quote the file, and the file contains credentials: only the position is shown.
            var why = failure is YamlException yaml ? $"it is not a valid kubeconfig, see line {yaml.Start.Line}" : OneLine.Of(failure);
            throw Unreadable(file, origin, why, failure);
        }
    }

    private static StartupException Unreadable(string file, string origin, string why, Exception? failure = null) =>
        new($"Kubernetes: {file}, specified by {origin}, cannot be read: {why}. Fix it, or specify another with --kubeconfig.", failure);

    private static void MakePathsAbsolute(K8SConfiguration config, string directory)
    {
        foreach (var cluster in config.Clusters?.Select(cluster => cluster.ClusterEndpoint).OfType<ClusterEndpoint>() ?? [])
            cluster.CertificateAuthority = Absolute(cluster.CertificateAuthority);
        foreach (var user in config.Users?.Select(user => user.UserCredentials).OfType<UserCredentials>() ?? [])
        {
            user.ClientCertificate = Absolute(user.ClientCertificate);
            user.ClientKey = Absolute(user.ClientKey);
        }

        string? Absolute(string? path) => string.IsNullOrEmpty(path) ? path : Path.Combine(directory, path);
    }
}
