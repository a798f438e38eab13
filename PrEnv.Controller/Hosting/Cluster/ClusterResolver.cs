using k8s;
using k8s.Exceptions;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Core.Texts;

namespace PrEnv.Controller.Hosting.Cluster;

/// <summary>
/// Finds the cluster: <c>--kubeconfig</c>, else the pod's service account, else <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.
/// A <c>--context</c> refers to a kubeconfig, so the service account is skipped if it is set.
/// </summary>
internal static class ClusterResolver
{
    private const string Variable = "KUBECONFIG";

    // https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
    private const string PodsToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private static readonly TextCleaner Line = new(VisibleText.OnOneLine);

    /// <exception cref="StartupException">There is no usable configuration.</exception>
    public static ClusterConnection Resolve(ControllerOptions options, Surroundings surroundings)
    {
        if (options.Kubeconfig is { } file)
            return FromFiles([file], options.Context, "--kubeconfig");
        if (surroundings.IsInCluster && options.Context is null)
        {
            var configuration = KubernetesClientConfiguration.InClusterConfig();
            configuration.TokenProvider = new TokenFile(PodsToken, TimeProvider.System);
            return new ClusterConnection(configuration, "in-cluster", "the pod's service account");
        }

        if (surroundings.Variables.TryGetValue(Variable, out var list) && Files(list) is { Length: > 0 } listed)
            return FromFiles(listed, options.Context, Variable);
        var home = Path.Combine(surroundings.HomeDirectory, ".kube", "config");
        return File.Exists(home)
            ? FromFiles([home], options.Context, home)
            : throw new StartupException(
                $"Kubernetes: not running in a pod, {Variable} is not set and {home} does not exist. Specify a kubeconfig with "
                + "--kubeconfig.");
    }

    private static string[] Files(string list) =>
        list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ClusterConnection FromFiles(string[] files, string? wanted, string origin)
    {
        var merged = KubeconfigFiles.Load(files, origin);
        var name = wanted ?? merged.CurrentContext;
        var source = string.Join(Path.PathSeparator, files);
        if (string.IsNullOrEmpty(name))
            throw new StartupException($"Kubernetes: {source} has no current context. Choose one with --context: {Contexts(merged)}.");
        if (merged.Contexts?.FirstOrDefault(context => context!.Name == name) is not { } chosen)
        {
            throw new StartupException(
                $"Kubernetes: {source} has no context {OptionParsers.Quote(name)}. Choose one with --context: {Contexts(merged)}.");
        }

        try
        {
            var (configuration, impersonation) = KubeconfigReader.Read(merged, chosen, TimeProvider.System);
            return new ClusterConnection(configuration, name, source) { Impersonation = impersonation };
        }
        catch (KubeConfigException failure)
        {
            throw new StartupException(
                $"Kubernetes: context {OptionParsers.Quote(name)} of {source} cannot be used: {OneLine.Of(failure)}. Fix it, or choose "
                + "another with --context.", failure);
        }
    }

    private static string Contexts(Kubeconfig merged)
    {
        var names = string.Join(", ", (merged.Contexts ?? []).Select(context => context!.Name));
        return names.Length > 0 ? Line.Clean(names) : "it has none";
    }
}
