using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using PrEnv.Core.Resources;
using PrEnv.Tests.Files;

namespace PrEnv.Tests.Crds;

/// <summary>An API server of one's own that serves our definition; it lives as long as this object. See <c>hack/kube-run.sh</c>.</summary>
internal sealed class CrdServer : IDisposable
{
    public const string Namespace = "default";

    private const string Run = "hack/kube-run.sh";

    private readonly Process controlPlane;
    private readonly string kubeconfig;

    private CrdServer(Process controlPlane, string kubeconfig, bool hasRules)
    {
        this.controlPlane = controlPlane;
        this.kubeconfig = kubeconfig;
        HasRules = hasRules;
        Client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
    }

    public k8s.Kubernetes Client { get; }

    /// <summary>Does it know CEL rules and strict field validation? Both came with Kubernetes 1.25.</summary>
    public bool HasRules { get; private set; }

    /// <summary>What this machine lacks, or null.</summary>
    public static string? Missing()
    {
        if (!File.Exists(RepositoryFiles.Path(Run))) return $"{Run} is missing";
        return Programs("kube-apiserver").Any(File.Exists)
            ? null
            : "there is no kube-apiserver; hack/kube-assets.sh --with-crd-server makes one";
    }

    public static async Task<CrdServer> StartAsync(CancellationToken cancellationToken)
    {
        var withRules = Programs("apiextensions-apiserver").Any(File.Exists);
        var process = Launch(Run, withRules ? "--with-crd-server" : null);
        var login = await ReadAsync(process, "kubeconfig ", cancellationToken);
        await ReadAsync(process, "ready ", cancellationToken);
        var server = new CrdServer(process, login, withRules);
        try
        {
            await server.InstallAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        // It stops everything when its input ends.
        controlPlane.StandardInput.Close();
        controlPlane.WaitForExit(TimeSpan.FromSeconds(30));
        controlPlane.Dispose();
    }

    private static IEnumerable<string> Programs(string name)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache)) cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        yield return Path.Combine(cache, "prenv", "kube", name);
        if (Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } own) yield return Path.Combine(own, name);
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var version = await Client.Version.GetCodeAsync(cancellationToken);
        HasRules |= int.Parse(version.Minor.TrimEnd('+'), System.Globalization.CultureInfo.InvariantCulture) >= 25;
        if (HasRules)
        {
            using var install = Launch("hack/kube-crd.sh", kubeconfig);
            await install.StandardInput.WriteAsync(RepositoryFiles.Text(CrdFile.RelativePath).AsMemory(), cancellationToken);
            install.StandardInput.Close();
            await install.WaitForExitAsync(cancellationToken);
            if (install.ExitCode != 0) throw new InvalidOperationException(await install.StandardOutput.ReadToEndAsync(cancellationToken));
        }
        else
        {
            await Client.CustomObjects.CreateClusterCustomObjectAsync(
                CrdFile.Definition, "apiextensions.k8s.io", "v1", "customresourcedefinitions", cancellationToken: cancellationToken);
        }

        await WaitUntilServedAsync(cancellationToken);
    }

    // A definition says Established a moment before the server answers for it, and there is nothing to watch for the rest.
    private async Task WaitUntilServedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Client.CustomObjects.ListNamespacedCustomObjectAsync<JsonObject>(
                    PREphemeralEnvController.Group, PREphemeralEnvController.Version, Namespace, PREphemeralEnvController.Plural,
                    cancellationToken: cancellationToken);
                return;
            }
            catch (HttpOperationException e) when (e.Response.StatusCode
                is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static Process Launch(string script, string? argument)
    {
        var start = new ProcessStartInfo(RepositoryFiles.Path(script))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (argument is not null) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<string> ReadAsync(Process process, string prefix, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal)) return line[prefix.Length..];
        }

        throw new InvalidOperationException($"{Run} ended without \"{prefix}\"; what it said is above.");
    }
}
