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
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties()
            .WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <exception cref="StartupException">None exists, or one cannot be read.</exception>
    public static Kubeconfig Load(IReadOnlyList<string> files, string origin)
    {
        var loaded = files.Where(File.Exists).Select(file => LoadOne(file, origin)).ToArray();
        if (loaded.Length == 0)
        {
            throw new StartupException(
                $"Kubernetes: {string.Join(Path.PathSeparator, files)}, specified by {origin}, does not exist. Specify a kubeconfig with "
                + "--kubeconfig.");
        }

        return new Kubeconfig
        {
            CurrentContext = loaded.Select(config => config.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            Contexts = [.. Merge(loaded.SelectMany(config => config.Contexts ?? []))],
            Clusters = [.. Merge(loaded.SelectMany(config => config.Clusters ?? []))],
            Users = [.. Merge(loaded.SelectMany(config => config.Users ?? []))],
        };
    }

    private static IEnumerable<T> Merge<T>(IEnumerable<T?> entries)
        where T : Kubeconfig.Named =>
        entries.OfType<T>().DistinctBy(entry => entry.Name, StringComparer.Ordinal);

    private static Kubeconfig LoadOne(string file, string origin)
    {
        try
        {
            using var text = File.OpenText(file);
            var config = Yaml.Deserialize<Kubeconfig?>(text) ?? throw Unreadable(file, origin, "it is empty");
            IEnumerable<Kubeconfig.Named?> entries = [.. config.Contexts ?? [], .. config.Clusters ?? [], .. config.Users ?? []];
            foreach (var entry in entries.OfType<Kubeconfig.Named>())
                entry.File = Path.GetFullPath(file);
            return config;
        }
        catch (Exception failure) when (failure is YamlException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // A parser may quote the file, and the file contains credentials: only the position is shown. ArgumentException: half a
            // surrogate pair.
            var why = failure switch
            {
                YamlException yaml => $"it is not a valid kubeconfig, see line {yaml.Start.Line}",
                ArgumentException => "it is not a valid kubeconfig",
                _ => OneLine.Of(failure),
            };
            throw Unreadable(file, origin, why, failure);
        }
    }

    private static StartupException Unreadable(string file, string origin, string why, Exception? failure = null) =>
        new($"Kubernetes: {file}, specified by {origin}, cannot be read: {why}. Fix it, or specify another with --kubeconfig.", failure);
}
